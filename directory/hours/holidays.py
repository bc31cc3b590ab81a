"""Public holidays and time zones of the departments, overseas and Alsace-Moselle included.

`opening-hours-py` knows the holidays of France but not of its overseas departments, nor Alsace-Moselle's, and
takes no list of ours: national ones are computed here, local ones come from data/public_holidays.toml.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TABLE = Path(__file__).parent.parent / "data" / "public_holidays.toml"
MAINLAND = "Europe/Paris"
ORDINARY = "75"
OVERSEAS_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# Code du travail, article L3133-1.
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
EASTER_MONDAY, ASCENSION, WHIT_MONDAY = 1, 39, 50


@dataclass(frozen=True)
class LocalHoliday:
    """A row of the table. `day`: "MM-DD" or "easter±n"; the years are included."""

    name: str
    day: str
    departments: tuple[str, ...]
    source: str
    checked: bool
    first_year: int = 1
    last_year: int = 9999

    def on(self, year: int) -> date | None:
        """Its date that year, None when it was not a holiday then."""
        if not self.first_year <= year <= self.last_year:
            return None
        if self.day.startswith("easter"):
            return easter(year) + timedelta(days=int(self.day.removeprefix("easter")))
        month, day = self.day.split("-")
        return date(year, int(month), int(day))


def zone_of(department: str) -> ZoneInfo:
    """The time zone of a department, or of a commune's INSEE code; Europe/Paris when it says nothing else."""
    return _zone(OVERSEAS_ZONES.get(department[:3], MAINLAND))


@cache
def _zone(name: str) -> ZoneInfo:
    # The library keeps eight of them: a question judged in every territory read the others again each time.
    return ZoneInfo(name)


def is_public_holiday(day: date, department: str) -> bool:
    """Whether `day` is a public holiday in a department (or commune's INSEE code)."""
    return day in _holidays(day.year, department_of(department))


def next_public_holiday(day: date, department: str) -> date:
    """The first public holiday of a department (or commune's INSEE code), `day` included."""
    code = department_of(department)
    coming = (one for year in (day.year, day.year + 1) for one in sorted(_holidays(year, code)))
    return next(one for one in coming if one >= day)


@lru_cache(maxsize=1)
def calendars() -> tuple[str, ...]:
    """One department a calendar: those that have a clock or public holidays of their own, and Paris."""
    local = {code for holiday in local_holidays() for code in holiday.departments}
    return tuple(sorted({ORDINARY, *OVERSEAS_ZONES, *local}))


def calendar_of(code: str) -> str:
    """The department of `calendars` whose clock and public holidays those of a department or commune are."""
    department = department_of(code)
    return department if department in calendars() else ORDINARY


def department_of(code: str) -> str:
    """The department of a department's or commune's INSEE code: 05 → 05, 05061 → 05, 97411 → 974."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus, as published in Nature, 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    lunar = (century - (century - (century + 8) // 25 + 1) // 3 - leap_centuries + 19 * golden + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - lunar - leap_rest) % 7
    shift = (golden + 11 * lunar + 22 * weekday) // 451
    month, day = divmod(lunar + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def _holidays(year: int, department: str) -> frozenset[date]:
    sunday = easter(year)
    days = {date(year, month, day) for month, day in FIXED}
    days |= {sunday + timedelta(days=shift) for shift in (EASTER_MONDAY, ASCENSION, WHIT_MONDAY)}
    local = (holiday.on(year) for holiday in local_holidays() if department in holiday.departments)
    return frozenset(days | {day for day in local if day})


@lru_cache(maxsize=1)
def local_holidays() -> tuple[LocalHoliday, ...]:
    with TABLE.open("rb") as file:
        return tuple(_row(row) for row in tomllib.load(file)["holiday"])


def _row(row: dict[str, Any]) -> LocalHoliday:
    return LocalHoliday(
        name=row["name"],
        day=row["day"],
        departments=tuple(row["departments"]),
        source=row["source"],
        checked=row["checked"],
        first_year=row.get("from", 1),
        last_year=row.get("until", 9999),
    )
