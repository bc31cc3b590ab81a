"""« Maintenant », « ce soir », « ce week-end »."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from search.moments import moment_of

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("when", "at", "start", "end"),
    [
        ("maintenant", "2026-11-24T10:17", "2026-11-24T10:17", "2026-11-24T10:17"),
        ("ce-soir", "2026-11-24T10:00", "2026-11-24T18:00", "2026-11-25T06:00"),
        ("ce-soir", "2026-11-24T21:30", "2026-11-24T21:30", "2026-11-25T06:00"),
        ("ce-soir", "2026-11-24T02:00", "2026-11-24T02:00", "2026-11-24T06:00"),
        ("week-end", "2026-11-24T10:00", "2026-11-28T00:00", "2026-11-30T00:00"),
        ("week-end", "2026-11-28T15:00", "2026-11-28T15:00", "2026-11-30T00:00"),
        ("week-end", "2026-11-29T09:00", "2026-11-29T09:00", "2026-11-30T00:00"),
    ],
)
def test_from_when_to_when(when: str, at: str, start: str, end: str) -> None:
    moment = moment_of(when, paris(at))  # type: ignore[arg-type]
    assert moment is not None
    assert (moment.start, moment.end) == (paris(start), paris(end))


def test_no_moment_was_asked() -> None:
    assert moment_of("", paris("2026-11-24T10:00")) is None


def test_the_clock_is_that_of_the_place() -> None:
    moment = moment_of("ce-soir", paris("2026-11-24T10:00"), "974")
    assert moment is not None
    assert moment.start.isoformat() == "2026-11-24T18:00:00+04:00"


def test_what_is_left_of_a_week_end() -> None:
    moment = moment_of("week-end", paris("2026-11-28T15:00"))
    assert moment is not None
    saturday, sunday = moment.days
    assert (moment.half_hours(saturday), moment.half_hours(sunday)) == (range(30, 48), range(48))
