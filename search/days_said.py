"""Days said in a text: « samedi matin », « lundi prochain », « jour férié », « 1er mai »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from directory.hours import (
    ASCENSION,
    EASTER_MONDAY,
    WHIT_MONDAY,
    easter,
    is_public_holiday,
    next_public_holiday,
)
from search.moments import MORNING

_WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PARTS = ("matin", "midi", "apres midi", "soir", "nuit")
_NEXT = frozenset({"prochain", "prochaine", "prochains"})
_LAST = frozenset({"dernier", "derniere", "derniers", "passe"})
_THIS_NIGHT = ("cette", "nuit")  # that comes, or that is over
# « aujourd’hui » and « hier » alone tell a story: an hour makes a moment of them.
_NEAR = {
    ("apres", "demain"): (2, "", False),
    ("demain",): (1, "", False),
    ("aujourd", "hui"): (0, "", True),
    ("aujourdhui",): (0, "", True),
    ("ce", "matin"): (0, "matin", True),
    ("cet", "apres", "midi"): (0, "apres midi", True),
    ("ce", "soir"): (0, "soir", True),
    _THIS_NIGHT: (0, "nuit", True),
    ("avant", "hier"): (-2, "", True),
    ("hier",): (-1, "", True),
}
_NEAR_WORDS = frozenset(words[0] for words in _NEAR)
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_FIRST = frozenset({"1er", "premier"})
_NAMED_DAYS = {"noel": (12, 25), "l an": (1, 1), "toussaint": (11, 1), "assomption": (8, 15)}
_MOVING_DAYS = {"paques": EASTER_MONDAY, "ascension": ASCENSION, "pentecote": WHIT_MONDAY}
# « Noël » is a first name, « à Noël » a time of the year: « jour de Noël » is a day.
_DAY_OF = ("jour de la", "jour de l", "jour de", "lundi de", "jeudi de l")
_PHRASES = {
    tuple(f"{lead} {name}".split()): (name, bool(lead))
    for name in (*_NAMED_DAYS, *_MOVING_DAYS)
    for lead in (*_DAY_OF, *(("",) if name != "l an" else ()))
}
_HOLIDAYS = (("jour", "ferie"), ("jours", "feries"), ("ferie",), ("feries",))
_LONGEST = max(map(len, _PHRASES))
_YEAR = re.compile(r"(?:19|20)\d\d")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DaySaid:
    """`part`: of the day, "" for all of it; `end`: after its tokens. `needs_hour`: no moment without one.
    `comes_back`: another week's when it is over. `is_ahead`: cannot have happened."""

    day: date
    part: str
    end: int
    needs_hour: bool = False
    comes_back: bool = False
    is_ahead: bool = False


@dataclass(frozen=True)
class HolidaySaid:
    """`is_clear`: told of nothing else (« Noël » is a first name, too; a date may be that of a hearing)."""

    day: date
    end: int
    is_clear: bool


def day_at(tokens: Sequence[str], index: int, here: datetime) -> DaySaid | None:
    return _week_day_at(tokens, index, here.date()) or _near_day_at(tokens, index, here)


def part_at(tokens: Sequence[str], index: int) -> tuple[str, int]:
    """The part of a day that begins at this token, and where it ends."""
    for length in (2, 1):
        part = " ".join(tokens[index : index + length])
        if part in _PARTS:
            return part, index + len(part.split())
    return "", index


def _week_day_at(tokens: Sequence[str], index: int, today: date) -> DaySaid | None:
    name = tokens[index].removesuffix("s")  # « ouvert dimanches »
    if name not in _WEEK:
        return None
    if dated := _date_at(tokens, index + 1, today):
        return DaySaid(dated[0], *part_at(tokens, dated[1]))
    shift = (_WEEK.index(name) - today.weekday()) % 7
    part, end = part_at(tokens, index + 1)
    word = tokens[end] if end < len(tokens) else ""
    is_next, is_last = word in _NEXT, word in _LAST
    if is_next or is_last:
        end += 1
        part, end = (part, end) if part else part_at(tokens, end)
    shift += 7 if is_next and not shift else -7 if is_last else 0
    day = today + timedelta(days=shift)
    return DaySaid(day, part, end, comes_back=not (is_next or is_last), is_ahead=is_next)


def _near_day_at(tokens: Sequence[str], index: int, here: datetime) -> DaySaid | None:
    if tokens[index] not in _NEAR_WORDS:
        return None
    for words, (shift, part, needs_hour) in _NEAR.items():
        end = index + len(words)
        if tuple(tokens[index:end]) != words:
            continue
        # At one o'clock « cette nuit » began the day before.
        night_has_begun = part in ("soir", "nuit") and here.time() < MORNING
        day = here.date() + timedelta(days=shift - night_has_begun)
        if not part:
            part, end = part_at(tokens, end)
        return DaySaid(day, part, end, needs_hour=needs_hour, is_ahead=shift >= 0 and words != _THIS_NIGHT)
    return None


def holiday_at(tokens: Sequence[str], index: int, today: date, department: str) -> HolidaySaid | None:
    """The coming public holiday or date of the year: « jour férié », « jour de Noël », « 1er mai »."""
    for words in _HOLIDAYS:
        end = index + len(words)
        if tuple(tokens[index:end]) == words and list(tokens[max(0, index - 2) : index]) != ["accueil", "de"]:
            return HolidaySaid(next_public_holiday(today, department), end, True)
    for length in range(_LONGEST, 0, -1):
        named = _PHRASES.get(tuple(tokens[index : index + length]))
        if named:
            return HolidaySaid(_named(named[0], today), index + length, named[1])
    if dated := _date_at(tokens, index, today):
        return HolidaySaid(*dated, is_clear=is_public_holiday(dated[0], department))
    return None


def _named(name: str, today: date) -> date:
    if name in _NAMED_DAYS:
        days = (date(year, *_NAMED_DAYS[name]) for year in (today.year, today.year + 1))
    else:
        shift = timedelta(days=_MOVING_DAYS[name])
        days = (easter(year) + shift for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def _date_at(tokens: Sequence[str], index: int, today: date) -> tuple[date, int] | None:
    """ "25 décembre", "1er janvier": the coming one, and where it ends; no street, no year past."""
    number, month = (*tokens[index : index + 2], "", "")[:2]
    is_day = number in _FIRST or (number.isdigit() and len(number) <= 2)
    before, after = (
        "".join(tokens[index - 1 : index]) if index else "",
        "".join(tokens[index + 2 : index + 3]),
    )
    if not is_day or month not in _MONTHS or before == "du" or _YEAR.fullmatch(after):
        return None
    day = 1 if number in _FIRST else int(number)
    coming = map(partial(_date, month=_MONTHS.index(month) + 1, day=day), (today.year, today.year + 1))
    found = next((one for one in coming if one and one >= today), None)
    return (found, index + 2) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
