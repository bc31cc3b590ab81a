"""What a day's hours are: rules applied to a date, and intervals of real time.

A day owns the ranges that start on it, nights included: closing a holiday closes its whole night and leaves
the night before alone, which the library does not do. The library says which dates a selector holds.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from directory.hours.osm import rules_of
from directory.hours.rules import Minutes, Rule, with_holidays

NOON = time(12)


class Span(NamedTuple):
    """A range of a day, in minutes from its midnight (the end may pass 1440). `certain` is False for hours
    that are written but to be confirmed ("unknown")."""

    start: int
    end: int
    certain: bool = True
    appointment: bool = False


class Interval(NamedTuple):
    """A span in real time, in UTC: times of one zone compare by their clocks, which go back once a year."""

    start: datetime
    end: datetime
    certain: bool
    appointment: bool


@lru_cache(maxsize=16384)
def spans_on(osm: str, day: date, holiday: bool) -> tuple[Span, ...]:
    """The ranges that start on `day`, sorted. Raises HoursError when `osm` cannot be read."""
    spans: tuple[Span, ...] = ()
    for rule in effective_rules(osm):
        if _applies(rule, day, holiday):
            spans = compose(spans, rule)
    return spans


@lru_cache(maxsize=4096)
def effective_rules(osm: str) -> tuple[Rule, ...]:
    """The rules, with the closing of public holidays that is understood when they do not speak of it."""
    return with_holidays(rules_of(osm))


def compose(spans: tuple[Span, ...], rule: Rule) -> tuple[Span, ...]:
    """The ranges of a day once `rule`, which holds that day, is applied after those before it."""
    if rule.kind == "off":
        return tuple(part for span in spans for part in _outside(span, rule.times)) if rule.times else ()
    new = tuple(Span(start, end, rule.kind == "open", rule.appointment) for start, end in rule.times)
    return tuple(sorted({*spans, *new})) if rule.adds else new


def intervals_on(osm: str, day: date, holiday: bool, zone: ZoneInfo, *, appointment: bool) -> list[Interval]:
    """The spans of a day as real time; all by appointment when the schedule is."""
    intervals = [
        Interval(
            _moment(day, span.start, zone, fold=0),
            _moment(day, span.end, zone, fold=1),
            span.certain,
            span.appointment or appointment,
        )
        for span in spans_on(osm, day, holiday)
    ]
    # A range that a clock change skips entirely is empty.
    return [interval for interval in intervals if interval.start < interval.end]


def _applies(rule: Rule, day: date, holiday: bool) -> bool:
    if rule.holidays == "only" and not holiday:
        return False
    if rule.holidays == "also" and holiday and _holds(rule.calendar_osm, day):
        return True
    days = ",".join(days.to_osm() for days in rule.days)
    return _holds(f"{rule.calendar_osm} {days}".strip(), day)


def _holds(selector: str, day: date) -> bool:
    return not selector or _matcher(selector).is_open(datetime.combine(day, NOON))


@lru_cache(maxsize=4096)
def _matcher(selector: str) -> OpeningHours:
    return OpeningHours(selector)


def _outside(span: Span, cuts: tuple[Minutes, ...]) -> Iterator[Span]:
    """What is left of a span when the cuts are taken out."""
    start = span.start
    for cut_start, cut_end in cuts:
        if cut_start > start and cut_start < span.end:
            yield span._replace(start=start, end=cut_start)
        start = max(start, min(cut_end, span.end)) if cut_start < span.end else start
    if start < span.end:
        yield span._replace(start=start)


def _moment(day: date, minutes: int, zone: ZoneInfo, *, fold: int) -> datetime:
    """Clock time → instant. An hour that a clock change skips is when the clock jumps; one that comes twice
    begins the first time (fold 0) and ends the second (fold 1)."""
    clock = datetime.combine(day, time()) + timedelta(minutes=minutes)
    moment = clock.replace(tzinfo=zone, fold=fold)
    while _skipped(moment):
        moment += timedelta(minutes=1)
    return moment.astimezone(UTC)


def _skipped(moment: datetime) -> bool:
    """Whether no clock of the zone ever shows this time."""
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first < second
