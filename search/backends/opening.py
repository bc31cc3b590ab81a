"""Entries open at a moment: half-hours in the index, and hours.py for what half-hours cannot tell."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q

from directory.hours import Schedule, is_public_holiday, open_state
from directory.hours.holidays import OVERSEAS_ZONES, local_holidays
from search.moments import moment_of
from search.question import When

MAINLAND = "75"
WEEK_DAY = 48  # half-hours

Window = tuple[date, bool, range]  # a day, whether it is a public holiday, its half-hours (0..47) that count


class Judged(NamedTuple):
    """An entry whose hours half-hours cannot tell: columns of *SearchEntry*."""

    pk: int
    schedules: Sequence[Sequence[Any]]  # [osm, by appointment]
    clock: str
    closed_from: date | None
    closed_until: date | None
    is_suspended: bool


def open_at(when: When, at: datetime, judged: Iterable[Judged]) -> Q:
    """What is open at the moment asked for; `judged`: the entries to be judged one by one."""
    return _regular(when, at) | Q(pk__in=[one.pk for one in judged if _is_open(when, at, one)])


def closed_on(day: date) -> Q:
    """`Service.is_suspended_on` as a filter: the days announced decide, when there are any."""
    announced = Q(closed_from__isnull=False) | Q(closed_until__isnull=False)
    started = Q(closed_from__isnull=True) | Q(closed_from__lte=day)
    lasting = Q(closed_until__isnull=True) | Q(closed_until__gte=day)
    return (announced & started & lasting) | (~announced & Q(is_suspended=True))


def _is_open(when: When, at: datetime, entry: Judged) -> bool:
    moment = moment_of(when, at, entry.clock)
    assert moment is not None
    state = open_state(
        [Schedule(osm, by_appointment) for osm, by_appointment in entry.schedules],
        moment.start,
        entry.clock,
        suspended=entry.is_suspended,
        suspended_from=entry.closed_from,
        suspended_until=entry.closed_until,
    )
    later = state.next_opening
    return state.state == "open" or (not moment.is_instant and later is not None and later < moment.end)


def _regular(when: When, at: datetime) -> Q:
    """The same half-hours for all, but where the clock or the public holidays differ."""
    usual = _windows(when, at, MAINLAND)
    elsewhere: dict[tuple[Window, ...], list[str]] = {}
    for department in _particular_departments():
        windows = _windows(when, at, department)
        if windows != usual:
            elsewhere.setdefault(windows, []).append(department)
    found = _open_during(usual) & ~Q(clock__in=[code for codes in elsewhere.values() for code in codes])
    for windows, codes in elsewhere.items():
        found |= _open_during(windows) & Q(clock__in=codes)
    return found


def _particular_departments() -> list[str]:
    return sorted({*OVERSEAS_ZONES, *(code for holiday in local_holidays() for code in holiday.departments)})


def _windows(when: When, at: datetime, department: str) -> tuple[Window, ...]:
    moment = moment_of(when, at, department)
    assert moment is not None
    return tuple((day, is_public_holiday(day, department), moment.half_hours(day)) for day in moment.days)


def _open_during(windows: tuple[Window, ...]) -> Q:
    found = Q(pk__in=[])
    for day, is_holiday, half_hours in windows:
        if is_holiday:
            slots = Q(holiday_slots__overlap=list(half_hours))
        else:
            slots = Q(slots__overlap=[day.weekday() * WEEK_DAY + half_hour for half_hour in half_hours])
        found |= slots & ~closed_on(day)
    return found
