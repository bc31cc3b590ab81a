"""Moments in a text: « ce soir », « samedi matin », « à 3 h du matin », on the clock of a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from directory.hours import zone_of
from search.moments import Moment, moment_of

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PARTS = {
    "matin": (time(9), time(12)),
    "midi": (time(12), time(14)),
    "apres midi": (time(14), time(18)),
    "soir": (time(18), time(22)),
    "nuit": (time(22), time(23, 59)),
}
_WHOLE_DAY = (time(10), time(18))
# « en ce moment » tells of a danger more often than of an hour: the lexicon reads it.
_NOW = ("maintenant", "tout de suite", "immediatement", "a l instant")
_TONIGHT = ("ce soir", "cette nuit", "cet apres midi tard", "pour la nuit")
_WEEK_END = ("ce week end", "ce weekend", "le week end", "le weekend", "week end", "weekend")
_HOUR = re.compile(r"(\d{1,2}) ?h(?:eures?)?(?![a-z])(?: ?(\d{2}))?")


_LATE = (("du", "soir"), ("de", "l", "apres", "midi"))
_HALVES = (("du", "matin"), ("du", "mat"), *_LATE)


@dataclass(frozen=True)
class Said:
    """A moment said in a text; `start` and `end` are its tokens, `label` its own words."""

    moment: Moment
    label: str
    start: int
    end: int


def moment_said(tokens: Sequence[str], at: datetime, department: str = "") -> Said | None:
    """The first moment that the text says, seen from `at` (aware); None when it says none."""
    here = at.astimezone(zone_of(department or "75"))
    for index in range(len(tokens)):
        found = _phrase_at(tokens, index, here, department) or _day_at(tokens, index, here)
        found = found or _hour_at(tokens, index, here)
        if found:
            return found
    return None


def _phrase_at(tokens: Sequence[str], index: int, here: datetime, department: str) -> Said | None:
    for phrases, when in ((_NOW, "maintenant"), (_TONIGHT, "ce-soir"), (_WEEK_END, "week-end")):
        for phrase in phrases:
            words = phrase.split()
            if list(tokens[index : index + len(words)]) == words:
                moment = moment_of(when, here, department)  # type: ignore[arg-type]
                assert moment is not None
                return Said(moment, phrase, index, index + len(words))
    return None


def _day_at(tokens: Sequence[str], index: int, here: datetime) -> Said | None:
    """ "dimanche", "samedi matin", "demain soir"."""
    day_said = tokens[index].removesuffix("s")  # « ouvert dimanches »
    if day_said in _DAYS:
        shift = (_DAYS.index(day_said) - here.weekday()) % 7
    elif day_said == "demain":
        shift = 1
    else:
        return None
    part, length = _part_at(tokens, index + 1)
    first, last = _PARTS.get(part, _WHOLE_DAY)
    day = here.date() + timedelta(days=shift)
    start = datetime.combine(day, first, tzinfo=here.tzinfo)
    end = datetime.combine(day, last, tzinfo=here.tzinfo)
    if end <= here:
        start, end = start + timedelta(days=7), end + timedelta(days=7)
    label = " ".join(tokens[index : index + 1 + length])
    return Said(Moment("", max(start, here), end), label, index, index + 1 + length)


def _part_at(tokens: Sequence[str], index: int) -> tuple[str, int]:
    for length in (2, 1):
        words = tokens[index : index + length]
        part = " ".join(words)
        if part in _PARTS:
            return part, len(words)
    return "", 0


def _hour_at(tokens: Sequence[str], index: int, here: datetime) -> Said | None:
    """ "à 3 h du matin", "à 23h", "7h du soir", "2h du mat": the next time that the clock says it."""
    is_led = tokens[index] in ("a", "vers")
    first = index + is_led
    found = _HOUR.match(" ".join(tokens[first : first + 3]))
    if not found:
        return None
    end = first + len(found.group(0).split())
    half = next((said for said in _HALVES if list(tokens[end : end + len(said)]) == list(said)), ())
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if hour > 23 or minute > 59 or not (is_led or half):
        return None
    hour += 12 * (hour < 12 and half in _LATE)
    length = end + len(half) - index
    start = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    start = start if start >= here else start + timedelta(days=1)
    label = " ".join(tokens[index : index + length])
    return Said(Moment("", start, start), label, index, index + length)
