"""The words that typos are compared with: those of the types, the pages, the public entries, no other."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from directory.models import ActorType
from search.documents import Document
from search.lexicon import words_of_lexicon
from search.models import SearchWord
from search.ordinary import ordinary_words
from search.words import (
    EVERYDAY_WORDS,
    best_corrections,
    content_words,
    root,
    typo_keys,
    typos_allowed,
)

MAX_LENGTH = 80
_TRIGRAMS_FROM = 8  # letters: below, a deletion index finds what trigrams miss (isgc ~ iscg is 0.25)

# For the words whose root nobody holds: those that share a word less one letter, or most of their trigrams.
_NEAR = """
SELECT asked.word, near.word
FROM unnest(%s::text[], %s::text[], %s::text[]) AS asked (word, root, keys)
CROSS JOIN LATERAL (
    SELECT word FROM search_searchword WHERE keys && string_to_array(asked.keys, ' ')::varchar[]
    UNION
    SELECT word FROM search_searchword WHERE length(asked.word) >= %s AND word %% asked.word
) AS near
WHERE NOT EXISTS (SELECT 1 FROM search_searchword known WHERE known.root = asked.root)"""
_ORPHANS = """
DELETE FROM search_searchword word
WHERE word.root = ANY(%s) AND NOT word.is_lasting AND NOT EXISTS (
    SELECT 1 FROM search_searchentry entry
    WHERE entry.audience = 'public' AND entry.text @@ ('''' || word.root || '''')::tsquery
) AND NOT EXISTS (
    SELECT 1 FROM search_searchpage page WHERE page.text @@ ('''' || word.root || '''')::tsquery
)"""
_ROOTS = """
SELECT DISTINCT unnest(tsvector_to_array(text)) FROM search_searchentry
WHERE service_id = ANY(%s) AND audience = 'public'"""
_PAGE_ROOTS = """
SELECT DISTINCT unnest(tsvector_to_array(text)) FROM search_searchpage WHERE source = %s AND key = ANY(%s)"""


def corrections(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each folded word that is not known, the known ones it was probably meant to be: one query."""
    known = ordinary_words()
    unknown = (word for word in set(words) - EVERYDAY_WORDS if word not in known)
    asked = sorted(word for word in unknown if typos_allowed(word))
    if not asked:
        return {}
    keys = [" ".join(typo_keys(word)) for word in asked]
    near: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [asked, [root(word) for word in asked], keys, _TRIGRAMS_FROM])
        for word, other in cursor.fetchall():
            near.setdefault(word, []).append(other)
    found = {word: tuple(best_corrections(word, others)) for word, others in near.items()}
    return {word: others for word, others in found.items() if others}


def learn(documents: Iterable[Document]) -> None:
    """The words of these documents: all of a public one's, those of the type of any other."""
    learn_types(document.type_text for document in documents)
    learn_words(word for document in documents if document.audience == "public" for word in document.words)


def learn_words(words: Iterable[str]) -> None:
    """Folded words that anybody may read."""
    _add(set(words), False)


def learn_types(texts: Iterable[str] | None = None) -> None:
    """The words of the types that are in use, whether a service has them or not."""
    texts = _texts_of_types() if texts is None else texts
    _add({word for text in set(texts) for word in content_words(text)}, True)


def _texts_of_types() -> list[str]:
    types = ActorType.objects.filter(is_open=True)
    names = [" ".join([one.acronym, one.name, *one.aliases]) for one in types]
    return [*names, *words_of_lexicon()]


def _add(words: Collection[str], is_lasting: bool) -> None:
    rows = [
        SearchWord(word=word, root=root(word), keys=typo_keys(word), is_lasting=is_lasting)
        for word in sorted(words)
        if len(word) <= MAX_LENGTH
    ]
    if is_lasting:
        SearchWord.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["word"], update_fields=["is_lasting"]
        )
    else:
        SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def roots_held(ids: Collection[int]) -> set[str]:
    """The roots that the public entries among `ids` hold now: what may have to be forgotten."""
    return _roots(_ROOTS, [list(ids)])


def roots_of_pages(source: str, keys: Collection[str]) -> set[str]:
    """The same, of pages."""
    return _roots(_PAGE_ROOTS, [source, list(keys)])


def _roots(sql: str, params: list[Any]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {row[0] for row in cursor.fetchall()}


def forget(roots: Collection[str]) -> None:
    """Drop the words of these roots that no public entry and no page holds any more (domain.md C3, P2)."""
    if roots:
        with connection.cursor() as cursor:
            cursor.execute(_ORPHANS, [sorted(roots)])
