"""Entries open at a moment: half-hours in the index, and hours.py for what half-hours cannot tell."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import and_

from django.db.models import Q

from directory.hours import calendars, is_public_holiday
from search.moments import Moment, moment_of
from search.odd_hours import clock_of, opening_days
from search.question import When

WEEK_DAY = 48  # half-hours

# Closed on any of these, it is not open, whatever its hours say.
_Days = frozenset[date]


def open_at(when: When, at: datetime, odd_hours: Iterable[str]) -> Q:
    """What is open at the moment asked for; `odd_hours`: all those that entries have."""
    moments = {clock: _moment(when, at, clock) for clock in calendars()}
    found: defaultdict[_Days, Q] = defaultdict(Q)
    for days, is_open in [*_regular(moments).items(), *_odd(moments, odd_hours).items()]:
        found[days] |= is_open
    return reduce(Q.__or__, (is_open & _opened(days) for days, is_open in found.items()), Q(pk__in=[]))


def closed_on(day: date) -> Q:
    """`Service.is_suspended_on` as a filter."""
    return Q(closed_from__lte=day, closed_until__gte=day)


def _opened(days: _Days) -> Q:
    return reduce(and_, (~closed_on(day) for day in sorted(days)))


def _moment(when: When, at: datetime, clock: str) -> Moment:
    moment = moment_of(when, at, clock)
    assert moment is not None
    return moment


def _regular(moments: dict[str, Moment]) -> dict[_Days, Q]:
    """The same half-hours for all whose clocks and public holidays agree that day."""
    clocks: defaultdict[tuple[date, bool, range], list[str]] = defaultdict(list)
    for clock, moment in moments.items():
        for day in moment.days:
            clocks[day, is_public_holiday(day, clock), moment.half_hours(day)].append(clock)
    found: defaultdict[_Days, Q] = defaultdict(Q)
    for (day, is_holiday, half_hours), sharing in clocks.items():
        is_there = Q(clock__in=sharing) if len(sharing) < len(moments) else Q()
        found[frozenset({day})] |= _during(day, is_holiday, half_hours) & is_there
    return found


def _during(day: date, is_holiday: bool, half_hours: range) -> Q:
    if is_holiday:
        return Q(holiday_slots__overlap=list(half_hours))
    return Q(slots__overlap=[day.weekday() * WEEK_DAY + half_hour for half_hour in half_hours])


def _odd(moments: dict[str, Moment], odd_hours: Iterable[str]) -> dict[_Days, Q]:
    """A night that goes on is not open when a closure begins at midnight."""
    keys: defaultdict[_Days, list[str]] = defaultdict(list)
    for key in odd_hours:
        moment = moments[clock_of(key)]
        for day in opening_days(key, moment):
            keys[frozenset({day, max(day, moment.days[0])})].append(key)
    return {days: Q(odd_hours__in=sorted(held)) for days, held in keys.items()}
