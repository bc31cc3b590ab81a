"""Hours said in a text: « à 14h30 », « 14 heures », « vers midi », « 9 h du soir », « avant 20h »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HOUR = re.compile(r"(\d{1,2}) ?h(?:eures?)?(?![a-z])(?: ?(\d{2})(?!\d| (?:ans?|mois)\b))?")
_NAMED = {"midi": 12, "minuit": 24}
_AT = frozenset({"a", "vers"})
_FROM = frozenset({"de", "des", "entre"})
_AROUND = frozenset({"apres", "avant", *_FROM})
_TO = frozenset({"a", "et"})
_LATE = (("du", "soir"), ("de", "l", "apres", "midi"))
_HALVES = (("du", "matin"), ("du", "mat"), *_LATE)
HALF_HOUR = 30  # minutes
_WINDOW = 4  # tokens that an hour is said in, and the one after


@dataclass(frozen=True)
class HourSaid:
    """`minutes` after the midnight that begins the day (1440: the one that ends it); `end`: after its tokens.
    `is_exact`: « à », « vers », « du matin » make a moment of it without a day; `is_near`: « avant »,
    « après » do when somebody is asked for. `is_set`: its half of the day was said."""

    minutes: int
    end: int
    is_exact: bool
    is_near: bool
    is_set: bool


def hour_at(tokens: Sequence[str], index: int) -> HourSaid | None:
    """The hour that begins at this token, with the word that leads it."""
    first = tokens[index] if index < len(tokens) else ""
    lead = first if first in _AT | _AROUND else ""
    found = _bare_hour(tokens, index + bool(lead), lead)
    if found is None:
        return None
    hour, minute, end = found
    if tokens[end : end + 1] == ["et"] and tokens[end + 1 : end + 2] in (["demie"], ["demi"]):
        minute, end = HALF_HOUR, end + 2
    half = next((said for said in _HALVES if tuple(tokens[end : end + len(said)]) == said), ())
    hour += 12 if hour < 12 and half in _LATE else 0
    # « avant 9h »: what is open before it, not at it.
    minutes = max(0, hour * 60 + minute - (HALF_HOUR if lead == "avant" else 0))
    end = _end_of_span(tokens, end + len(half)) if lead in _FROM else end + len(half)
    return HourSaid(minutes, end, bool(lead in _AT or half), lead in _AROUND, bool(half))


def _end_of_span(tokens: Sequence[str], end: int) -> int:
    """« de 14h à 16h »: the end of the second hour."""
    until = _bare_hour(tokens, end + 1, "") if tokens[end : end + 1] and tokens[end] in _TO else None
    return until[2] if until else end


def _bare_hour(tokens: Sequence[str], index: int, lead: str) -> tuple[int, int, int] | None:
    """Hour, minute, end. « après-midi » is no hour."""
    named = _NAMED.get(tokens[index]) if index < len(tokens) else None
    if named is not None:
        return (named, 0, index + 1) if lead not in ("apres", "de", "des") else None
    if not tokens[index : index + 1] or not tokens[index][0].isdigit():
        return None
    found = _HOUR.match(" ".join(tokens[index : index + _WINDOW]))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return (hour, minute, index + len(found[0].split())) if hour <= 23 and minute <= 59 else None
