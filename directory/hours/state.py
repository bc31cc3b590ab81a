"""Is it open? When does it close, when does it open again? Said in a few words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from directory.hours.evaluation import Interval, effective_rules, intervals_on
from directory.hours.holidays import is_public_holiday, zone_of
from directory.hours.rules import HoursError
from directory.hours.wording import closing_time, day_of, opening_time

# Beyond this a closing time is not news: « jour et nuit ».
CLOSING_HORIZON = 8
# Longest wait for an opening that we look for: a place open in summer only, seen in September.
OPENING_HORIZON = 400


@dataclass(frozen=True)
class Schedule:
    """The hours of one place (OSM text, maybe empty), all of them by appointment or not."""

    osm: str
    by_appointment: bool = False


@dataclass(frozen=True)
class Closure:
    """A temporary closure, both days included; without days it lasts until further notice."""

    first: date | None = None
    last: date | None = None
    active: bool = False

    def covers(self, day: date) -> bool:
        """With days, they decide, so that a closure ends on the day that was announced."""
        days = self.days
        return days is not None and days[0] <= day <= days[1]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first day and the last that it covers, however far; None when it covers none."""
        if self.first is None and self.last is None and not self.active:
            return None
        return self.first or date.min, self.last or date.max


@dataclass(frozen=True)
class OpenState:
    """Times are in the place's zone; `by_appointment` is about what is open, or what opens next."""

    state: Literal["open", "closed", "unknown"]
    closes_at: datetime | None
    next_opening: datetime | None
    by_appointment: bool
    label: str


def open_state(
    schedules: Sequence[Schedule],
    at: datetime,
    department: str,
    *,
    suspended_from: date | None = None,
    suspended_until: date | None = None,
    suspended: bool = False,
    ended: bool = False,
) -> OpenState:
    """The state of a service with one or several places at `at` (aware), in a department or INSEE commune.

    Open when any place is. Places without hours, or with hours that cannot be read, say nothing; when all are
    so the state is unknown. `ended`: closed for good. Raises ValueError for a naive `at`.
    """
    if at.tzinfo is None:
        raise ValueError("open_state needs an aware datetime")
    if ended:
        return OpenState("closed", None, None, False, _("Fermé définitivement"))
    closure = Closure(suspended_from, suspended_until, suspended)
    calendar = _Calendar(_readable(schedules), department, closure, at)
    if closure.covers(calendar.now.date()):
        return _suspended(calendar)
    if not calendar.schedules:
        appointment = any(schedule.by_appointment for schedule in schedules)
        return _unknown(_("Sur rendez-vous") if appointment else _("Horaires à confirmer"), appointment)
    return _state(calendar)


def openings_on(osm: str, day: date, department: str) -> list[Interval]:
    """What is surely open of the hours that start on `day`, in a department, closures left aside."""
    holiday = is_public_holiday(day, department)
    intervals = intervals_on(osm, day, holiday, zone_of(department), appointment=False)
    return [interval for interval in intervals if interval.certain]


class _Calendar:
    """The openings of several schedules around a moment."""

    def __init__(self, schedules: list[Schedule], department: str, closure: Closure, at: datetime) -> None:
        self.schedules = schedules
        self.department = department
        self.closure = closure
        self.zone = zone_of(department)
        self.at = at.astimezone(UTC)
        self.now = at.astimezone(self.zone)

    def intervals(self, day: date) -> list[Interval]:
        """What starts on `day`, in any place; nothing during a closure."""
        if self.closure.covers(day):
            return []
        holiday = is_public_holiday(day, self.department)
        return [
            interval
            for schedule in self.schedules
            for interval in intervals_on(
                schedule.osm, day, holiday, self.zone, appointment=schedule.by_appointment
            )
        ]

    def around(self) -> list[Interval]:
        """What may be going on now: a range that began yesterday may still run."""
        today = self.now.date()
        return [*self.intervals(today - timedelta(days=1)), *self.intervals(today)]

    def closing(self, current: list[Interval]) -> datetime | None:
        """When the last of a chain of touching intervals ends; None beyond the horizon."""
        appointment = all(interval.appointment for interval in current)
        end = max(interval.end for interval in current)
        for shift in range(CLOSING_HORIZON + 1):
            day = self.now.date() + timedelta(days=shift)
            for interval in sorted(self.intervals(day)):
                if interval.certain and interval.start <= end and interval.appointment <= appointment:
                    end = max(end, interval.end)
            if end.astimezone(self.zone).date() <= day:
                break
        return None if end - self.at > timedelta(days=CLOSING_HORIZON - 1) else end.astimezone(self.zone)

    def next(self) -> Interval | None:
        """The first opening after now."""
        return min(next(self._coming(), []), key=lambda item: (item.start, item.appointment), default=None)

    def _coming(self) -> Iterator[list[Interval]]:
        for shift in range(OPENING_HORIZON):
            day = self.now.date() + timedelta(days=shift)
            if coming := [item for item in self.intervals(day) if item.certain and item.start > self.at]:
                yield coming


def _readable(schedules: Sequence[Schedule]) -> list[Schedule]:
    return [schedule for schedule in schedules if is_readable(schedule.osm)]


def is_readable(osm: str) -> bool:
    """Whether hours are written, and written so that they say something."""
    try:
        return bool(effective_rules(osm))
    except HoursError:
        return False


def _state(calendar: _Calendar) -> OpenState:
    running = [item for item in calendar.around() if item.start <= calendar.at < item.end]
    certain = [item for item in running if item.certain]
    # A place open to all counts before one that needs an appointment.
    current = [item for item in certain if not item.appointment] or certain
    if current:
        return _open(calendar, current)
    return _unknown(_("Horaires à confirmer"), False) if running else _closed(calendar)


def _open(calendar: _Calendar, current: list[Interval]) -> OpenState:
    appointment = all(item.appointment for item in current)
    closes_at = calendar.closing(current)
    when = closing_time(closes_at, calendar.now) if closes_at else ""
    if appointment:
        label = (
            _("Sur rendez-vous, ferme %(when)s") % {"when": when}
            if when
            else _("Sur rendez-vous, jour et nuit")
        )
    else:
        label = _("Ouvert, ferme %(when)s") % {"when": when} if when else _("Ouvert jour et nuit")
    return OpenState("open", closes_at, None, appointment, label)


def _closed(calendar: _Calendar) -> OpenState:
    coming = calendar.next()
    if coming is None:
        return OpenState("closed", None, None, False, _("Fermé"))
    start = coming.start.astimezone(calendar.zone)
    label = _("Fermé, rouvre %(when)s") % {"when": opening_time(start, calendar.now)}
    if coming.appointment:
        label = _("%(label)s, sur rendez-vous") % {"label": label}
    return OpenState("closed", None, start, coming.appointment, label)


def _suspended(calendar: _Calendar) -> OpenState:
    last = calendar.closure.last
    coming = calendar.next() if last else None
    start = coming.start.astimezone(calendar.zone) if coming else None
    label = _("Fermé temporairement")
    if last:
        label = _("Fermé temporairement jusqu’au %(day)s") % {"day": day_of(last, calendar.now.date())}
    return OpenState("closed", None, start, bool(coming and coming.appointment), label)


def _unknown(label: str, appointment: bool) -> OpenState:
    return OpenState("unknown", None, None, appointment, label)
