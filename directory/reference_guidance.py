"""The lexicon and the doors into the database, with the news of their files. Idempotent; edits stay."""

from typing import Any

from django.db import transaction

from directory.events import announce_words
from directory.folding import fold
from directory.models import DoorRule, LexiconEntry
from directory.reference import bring_news, is_as_shipped, shipped_rows


@transaction.atomic
def load_lexicon() -> int:
    """Every entry of lexicon.toml, known by its first word. One that is no longer there goes, unless somebody
    edited it: its words are in another by now."""
    rows = shipped_rows("lexicon.toml", "entry")
    existing = {one.key: one for one in LexiconEntry.objects.all()}
    for row in rows:
        key = fold(row["words"][0])[:120]
        instance = existing.pop(key, None) or LexiconEntry(key=key)
        values = {name: row.get(name, default) for name, default in _ENTRY.items()}
        if bring_news(instance, values):
            instance.changed_by = ""  # the file changed it, not whoever did before
            instance.save()
    left = [
        one.pk
        for one in existing.values()
        if one.shipped and all(is_as_shipped(one, name) for name in _ENTRY)
    ]
    LexiconEntry.objects.filter(pk__in=left).delete()
    announce_words()
    return len(rows)


_ENTRY: dict[str, Any] = {
    "words": [],
    "concepts": [],
    "minor": [],
    "adult": [],
    "clue": False,
    "exact": False,
    "note": "",
}


@transaction.atomic
def load_doors() -> int:
    """Every rule of doors.toml, by its key."""
    rows = shipped_rows("doors.toml", "rule")
    existing = {one.key: one for one in DoorRule.objects.all()}
    for row in rows:
        instance = existing.get(row["key"]) or DoorRule(key=row["key"])
        values = {name: row.get(name, default) for name, default in _RULE.items()}
        if bring_news(instance, values | {"steps": row.get("step", [])}):
            instance.changed_by = ""  # the file changed it, not whoever did before
            instance.save()
    return len(rows)


_RULE: dict[str, Any] = {
    "label": "",
    "rank": 100,
    "source": "",
    "source_date": "",
    "when": {},
    "never": {},
}
