"""A week of hours for a table and its bars, and the half-hours that the search index keeps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from directory.hours.evaluation import Span, compose, effective_rules, spans_on
from directory.hours.holidays import is_public_holiday, zone_of
from directory.hours.rules import DAY, Minutes, Rule, merge_times
from directory.hours.state import Closure, is_readable
from directory.hours.wording import time_range, weekday

# The bars run from 8 h to 20 h on a scale of 0 to 120.
BAR_START, BAR_END, BAR_MINUTES = 8 * 60, 20 * 60, 6
HALF_HOUR = 30
DAY_SLOTS, WEEK_SLOTS = 48, 336


@dataclass(frozen=True)
class WeekDay:
    """One line of the week. `slots`: minutes 0..1440 of that day when it is open, the end of the night before
    included; `text` gives the ranges that start that day."""

    date: date
    name: str
    is_today: bool
    text: str
    slots: tuple[Minutes, ...]


@dataclass(frozen=True)
class WeekSlots:
    """Half-hours when it may be open: `regular` 0..335 from Monday 00:00, `on_holidays` 0..47 of a holiday.
    `irregular`: some of them hold for certain weeks or seasons only."""

    regular: frozenset[int]
    on_holidays: frozenset[int]
    irregular: bool


def week_of(
    osm: str,
    at: datetime,
    department: str,
    *,
    suspended_from: date | None = None,
    suspended_until: date | None = None,
    suspended: bool = False,
) -> list[WeekDay]:
    """The seven days, Monday first, of the week of `at` (aware); empty when the hours are not known."""
    if not is_readable(osm):
        return []
    closure = Closure(suspended_from, suspended_until, suspended)
    today = at.astimezone(zone_of(department)).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=shift) for shift in range(-1, 7)]
    spans = [
        () if closure.covers(day) else spans_on(osm, day, is_public_holiday(day, department)) for day in days
    ]
    return [
        WeekDay(
            date=day,
            name=weekday(day.weekday()).capitalize(),
            is_today=day == today,
            text=_closed_text(closure, day) or _day_text(spans[index], is_public_holiday(day, department)),
            slots=_slots(spans[index - 1], spans[index]),
        )
        for index, day in enumerate(days)
        if index
    ]


def bars_of(day: WeekDay) -> list[tuple[int, int]]:
    """(x, width) of each open stretch between 8 h and 20 h, on a scale of 0 to 120 (whole numbers: a
    template would write a decimal comma, which SVG does not read)."""
    clipped = [(max(start, BAR_START), min(end, BAR_END)) for start, end in day.slots]
    ends = [(_bar_x(start), _bar_x(end)) for start, end in clipped if start < end]
    return [(start, max(1, end - start)) for start, end in ends]


def slots_of(osm: str) -> WeekSlots:
    """What the index keeps of the hours: never less than they may be open. Raises HoursError."""
    rules = effective_rules(osm)
    week = [_possible(rules, number, holiday=False) for number in range(7)]
    on_holidays = {slot % DAY_SLOTS for number in range(7) for slot in _possible(rules, number, holiday=True)}
    night_before = {slot - DAY_SLOTS for day in week for slot in day if slot >= DAY_SLOTS}
    return WeekSlots(
        regular=frozenset(
            (number * DAY_SLOTS + slot) % WEEK_SLOTS for number in range(7) for slot in week[number]
        ),
        on_holidays=frozenset(on_holidays | night_before),
        irregular=any(not rule.is_plain and rule.holidays != "only" for rule in rules),
    )


def _bar_x(minutes: int) -> int:
    return round((minutes - BAR_START) / BAR_MINUTES)


def _closed_text(closure: Closure, day: date) -> str:
    return _("Fermé temporairement") if closure.covers(day) else ""


def _day_text(spans: tuple[Span, ...], holiday: bool) -> str:
    text = ", ".join(_span_text(span) for span in spans) or _("Fermé")
    return _("%(hours)s (jour férié)") % {"hours": text} if holiday else text


def _span_text(span: Span) -> str:
    text = _("Jour et nuit") if (span.start, span.end) == (0, DAY) else time_range((span.start, span.end))
    if not span.certain:
        return _("%(times)s (à confirmer)") % {"times": text}
    return _("%(times)s (sur rendez-vous)") % {"times": text} if span.appointment else text


def _slots(before: tuple[Span, ...], spans: tuple[Span, ...]) -> tuple[Minutes, ...]:
    night = [(0, span.end - DAY) for span in before if span.end > DAY]
    return merge_times((*night, *((span.start, min(span.end, DAY)) for span in spans)))


def _possible(rules: tuple[Rule, ...], number: int, *, holiday: bool) -> set[int]:
    """The half-hours, from that weekday's midnight and past the next, that some such day may have."""
    spans: tuple[Span, ...] = ()
    extra: list[Span] = []
    for rule in rules:
        if not _may_hold(rule, number, holiday):
            continue
        if rule.is_holiday_rule and not (rule.adds or rule.times and rule.kind == "off"):
            extra = []
        if rule.is_plain or (rule.holidays == "only" and not rule.calendar_osm):
            spans = compose(spans, rule)
        else:
            extra += compose((), rule)
    return {
        slot
        for span in (*spans, *extra)
        for slot in range(span.start // HALF_HOUR, -(-span.end // HALF_HOUR))
    }


def _may_hold(rule: Rule, number: int, holiday: bool) -> bool:
    if rule.holidays and holiday and not (rule.holidays == "only" and rule.days):
        return True
    if rule.holidays == "only" and not holiday:
        return False
    return not rule.days or any(number in days.numbers for days in rule.days)
