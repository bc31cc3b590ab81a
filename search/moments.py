"""« Maintenant », « ce soir », « ce week-end »: from when to when, on the clock of a place."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.hours import zone_of
from search.question import When

EVENING = time(18)
MORNING = time(6)
SATURDAY = 5


@dataclass(frozen=True)
class Moment:
    """`start` and `end` are aware, on the clock of the place; equal for « maintenant ». Opening is judged at
    `start`, except over a week-end, when being open at some time is enough."""

    when: When
    start: datetime
    end: datetime

    @property
    def is_instant(self) -> bool:
        return self.when != "week-end"

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it touches; for an instant, its own."""
        count = 1 if self.is_instant else (self.end.date() - self.start.date()).days
        return tuple(self.start.date() + timedelta(days=shift) for shift in range(count))

    def half_hours(self, day: date) -> range:
        """Those of `day` (0..47) that count: a single one for an instant."""
        first = _half_hour(self.start) if day == self.start.date() else 0
        return range(first, first + 1) if self.is_instant else range(first, 48)


def moment_of(when: When, at: datetime, department: str = "") -> Moment | None:
    """The moment asked for, seen from `at` (aware), on the clock of a department; None when any will do."""
    here = at.astimezone(zone_of(department) if department else zone_of("75"))
    if when == "maintenant":
        return Moment(when, here, here)
    if when == "ce-soir":
        return _evening(here)
    return _week_end(here) if when == "week-end" else None


def _evening(here: datetime) -> Moment:
    """From 18:00 to 06:00; what is left of the night when it has begun."""
    night_has_begun = here.time() < MORNING
    day = here.date() - timedelta(days=1) if night_has_begun else here.date()
    start = max(here, _clock(day, EVENING, here.tzinfo))
    return Moment("ce-soir", start, _clock(day + timedelta(days=1), MORNING, here.tzinfo))


def _week_end(here: datetime) -> Moment:
    """The coming Saturday and Sunday, or what is left of them."""
    saturday = here.date() + timedelta(days=SATURDAY - here.weekday())
    start = max(here, _clock(saturday, time(), here.tzinfo))
    return Moment("week-end", start, _clock(saturday + timedelta(days=2), time(), here.tzinfo))


def _clock(day: date, hour: time, zone: object) -> datetime:
    assert isinstance(zone, ZoneInfo)
    return datetime.combine(day, hour, tzinfo=zone)


def _half_hour(moment: datetime) -> int:
    return moment.hour * 2 + moment.minute // 30
