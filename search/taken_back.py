"""What the reader took back by its chip (`sans`): its words are plain words again, and say nothing else."""

from collections.abc import Collection, Iterable

from search.ages import Age
from search.lexicon import Entry
from search.mentions import Mention
from search.times import Said

_MOMENT = "time:moment"


def moment_kept(said: Said | None, without: Collection[str]) -> Said | None:
    return None if _MOMENT in without else said


def ages_kept(ages: Iterable[Age], without: Collection[str]) -> list[Age]:
    """« Adolescent·e » taken back: nobody is fourteen any more."""
    return [one for one in ages if f"public:{one.band}" not in without]


def mentions_kept(mentions: Iterable[Mention], without: Collection[str]) -> list[Mention]:
    """Without those of which nothing is left, for whomever they are read."""
    if not without:
        return list(mentions)
    removed = frozenset(without)
    return [one for one in mentions if one.entry is None or not _is_taken_back(one.entry, removed)]


def _is_taken_back(entry: Entry, removed: frozenset[str]) -> bool:
    readings = filter(None, (entry.concepts, entry.minor, entry.adult))
    return any(removed.issuperset(f"{kind}:{slug}" for kind, slug in said) for said in readings)
