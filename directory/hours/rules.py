"""The rules that opening hours are made of, and how they are written in OSM `opening_hours` syntax.

Times are minutes from midnight of the day the rule applies to: a night from 22:00 to 06:00 is (1320, 1800).
Weekdays run from 0 (Monday) to 6. Only what a directory needs is kept of OSM's syntax: no sunrise, no Easter,
no school holidays, no open end, and no free comment, where a phone number or an address could hide.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

DAY = 24 * 60
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
APPOINTMENT = "sur rendez-vous"

Minutes = tuple[int, int]


class HoursError(ValueError):
    """Hours that cannot be read; its text, in French, says what to write instead."""


@dataclass(frozen=True)
class Days:
    """Weekdays `first` to `last` (Friday to Monday wraps); `nth` of the month, -1 for the last."""

    first: int
    last: int
    nth: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple((self.first + step) % 7 for step in range((self.last - self.first) % 7 + 1))

    def to_osm(self) -> str:
        text = WEEKDAYS[self.first]
        if self.last != self.first:
            text += f"-{WEEKDAYS[self.last]}"
        return text + (f"[{','.join(map(str, self.nth))}]" if self.nth else "")


@dataclass(frozen=True)
class Months:
    """Whole months, 1 to 12, of every year or of the rule's years."""

    first: int
    last: int

    def to_osm(self) -> str:
        text = MONTHS[self.first - 1]
        return text if self.last == self.first else f"{text}-{MONTHS[self.last - 1]}"


@dataclass(frozen=True)
class Date:
    """A day of every year, or of one."""

    month: int
    day: int
    year: int | None = None

    def to_osm(self) -> str:
        return (f"{self.year} " if self.year else "") + f"{MONTHS[self.month - 1]} {self.day}"


@dataclass(frozen=True)
class Dates:
    """From one day to another, both included."""

    first: Date
    last: Date

    def to_osm(self) -> str:
        return self.first.to_osm() + ("" if self.first == self.last else f"-{self.last.to_osm()}")


@dataclass(frozen=True)
class Weeks:
    """ISO weeks; `step` 2 for every other one."""

    first: int
    last: int
    step: int = 1

    def to_osm(self) -> str:
        text = f"{self.first:02}" + ("" if self.first == self.last else f"-{self.last:02}")
        return text + (f"/{self.step}" if self.step > 1 else "")


@dataclass(frozen=True)
class Years:
    first: int
    last: int

    def to_osm(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Rule:
    """What happens on some days.

    `holidays`: "also" for these days and public holidays, "only" for public holidays (which fall on these
    days, if any is named). `adds` to the rules before instead of replacing them. "off" without times: a day.
    """

    kind: Literal["open", "off", "unknown"] = "open"
    times: tuple[Minutes, ...] = ()
    days: tuple[Days, ...] = ()
    dates: tuple[Months | Dates, ...] = ()
    weeks: tuple[Weeks, ...] = ()
    years: tuple[Years, ...] = ()
    holidays: Literal["", "also", "only"] = ""
    adds: bool = False
    appointment: bool = False

    @property
    def is_plain(self) -> bool:
        """It holds every week of the year alike (a column of public holidays counts as an eighth day)."""
        regular = not (self.dates or self.weeks or self.years or any(days.nth for days in self.days))
        return regular and not (self.holidays == "only" and self.days)

    @property
    def is_holiday_rule(self) -> bool:
        return self.is_plain and self.holidays == "only"

    @property
    def is_one_day(self) -> bool:
        """It names single dates (« le 14 juillet »), which win over the rule of public holidays."""
        return bool(self.dates) and not self.days and all(_is_single(item) for item in self.dates)

    @property
    def is_round_the_clock(self) -> bool:
        return (
            self.kind == "open"
            and self.is_plain
            and not self.holidays
            and self.is_all_week
            and self.is_all_day
        )

    @property
    def is_all_week(self) -> bool:
        return not self.days or len({number for days in self.days for number in days.numbers}) == 7

    @property
    def is_all_day(self) -> bool:
        return self.times == ((0, DAY),)

    @property
    def calendar_osm(self) -> str:
        """The part that says in which years, months, dates and weeks."""
        weeks = f"week{_commas(self.weeks)}" if self.weeks else ""
        return " ".join(filter(None, (_commas(self.years), _commas(self.dates), weeks)))

    def to_osm(self) -> str:
        if self.is_round_the_clock and not self.appointment:
            return "24/7"
        kind = "" if self.kind == "open" else self.kind
        comment = f'"{APPOINTMENT}"' if self.appointment else ""
        times = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in self.times)
        return " ".join(filter(None, (self.calendar_osm, self._days_osm(), times, kind, comment)))

    def _days_osm(self) -> str:
        days = _commas(self.days)
        if self.holidays == "also":
            return f"{days},PH"
        return " ".join(filter(None, ("PH" if self.holidays else "", days)))


def to_osm(rules: tuple[Rule, ...]) -> str:
    text = ""
    for rule in rules:
        text += (", " if rule.adds else "; ") * bool(text) + rule.to_osm()
    return text


def arrange(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The particular after the general, since later rules win: week, seasons, holidays, single dates.

    « PH off ; lun-ven 9h-12h » plainly means closed on holidays, whatever the order of writing.
    """
    blocks: list[list[Rule]] = []
    for rule in rules:
        if rule.adds and blocks:
            blocks[-1].append(rule)
        else:
            blocks.append([replace(rule, adds=False)])
    return tuple(rule for block in sorted(blocks, key=lambda block: _rank(block[0])) for rule in block)


def with_holidays(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Closed on public holidays unless the hours speak of them or are round the clock."""
    if not rules or any(rule.holidays or rule.is_round_the_clock for rule in rules):
        return rules
    return arrange((*rules, Rule(kind="off", holidays="only")))


def merge_times(times: tuple[Minutes, ...]) -> tuple[Minutes, ...]:
    """Sorted, those that touch or overlap joined."""
    merged: list[Minutes] = []
    for start, end in sorted(times):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _rank(rule: Rule) -> int:
    tests: tuple[Callable[[Rule], bool], ...] = (
        lambda rule: rule.is_plain and not rule.is_holiday_rule,
        lambda rule: not (rule.is_holiday_rule or rule.is_one_day),
        lambda rule: rule.is_holiday_rule,
    )
    return next((rank for rank, test in enumerate(tests) if test(rule)), len(tests))


def _is_single(item: Months | Dates) -> bool:
    return isinstance(item, Dates) and item.first == item.last


def _commas(items: tuple[Days | Months | Dates | Weeks | Years, ...]) -> str:
    return ",".join(item.to_osm() for item in items)


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes if minutes <= DAY else minutes - DAY, 60)
    return f"{hours:02}:{rest:02}"
