"""The week of a place, its bars, and the half-hours of the index."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from directory.hours import HoursError, WeekDay, bars_of, slots_of, week_of

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = datetime(2026, 11, 12, 14, 10, tzinfo=PARIS)


def texts(days: list[WeekDay]) -> list[str]:
    return [day.text.replace("\u00a0", " ") for day in days]


def test_the_week_of_a_thursday() -> None:
    days = week_of("Mo-Fr 09:00-12:00,14:00-17:30; We 09:00-12:00; Th 13:00-19:00", THURSDAY, "05")
    assert [day.name for day in days] == [
        "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche",
    ]  # fmt: skip
    assert days[0].date == date(2026, 11, 9)
    assert [day.is_today for day in days] == [False, False, False, True, False, False, False]
    assert texts(days) == [
        "9 h – 12 h, 14 h – 17 h 30",
        "9 h – 12 h, 14 h – 17 h 30",
        "Fermé (jour férié)",
        "13 h – 19 h",
        "9 h – 12 h, 14 h – 17 h 30",
        "Fermé",
        "Fermé",
    ]
    assert days[0].slots == ((540, 720), (840, 1050))
    assert bars_of(days[0]) == [(10, 30), (60, 35)]
    assert bars_of(days[3]) == [(50, 60)]
    assert bars_of(days[5]) == []


def test_a_night_belongs_to_the_day_it_starts_but_fills_both() -> None:
    monday, tuesday = week_of("Mo 22:00-10:00", THURSDAY, "05")[:2]
    assert texts([monday, tuesday]) == ["22 h – 10 h", "Fermé"]
    assert (monday.slots, tuesday.slots) == (((1320, 1440),), ((0, 600),))
    assert bars_of(tuesday) == [(0, 20)]


def test_sunday_night_of_the_week_before_opens_monday() -> None:
    assert week_of("Su 22:00-06:00", THURSDAY, "05")[0].slots == ((0, 360),)


def test_round_the_clock_holidays_included() -> None:
    days = week_of("24/7", THURSDAY, "05")
    assert texts(days)[2:4] == ["Jour et nuit (jour férié)", "Jour et nuit"]
    assert bars_of(days[3]) == [(0, 120)]


def test_a_few_minutes_still_show() -> None:
    assert bars_of(week_of("Mo 08:00-08:01", THURSDAY, "05")[0]) == [(0, 1)]


def test_appointments_and_hours_to_confirm_are_said() -> None:
    days = week_of('Mo 09:00-10:00 "sur rendez-vous"; Tu 09:00-10:00 unknown', THURSDAY, "05")
    assert texts(days)[:2] == ["9 h – 10 h (sur rendez-vous)", "9 h – 10 h (à confirmer)"]


def test_days_of_a_temporary_closure() -> None:
    days = week_of("Mo-Su 09:00-10:00", THURSDAY, "05", suspended_from=date(2026, 11, 13))
    assert texts(days)[3:5] == ["9 h – 10 h", "Fermé temporairement"]
    assert (days[3].slots, days[4].slots) == (((540, 600),), ())


def test_today_is_the_day_of_the_place() -> None:
    late = datetime(2026, 11, 12, 23, 30, tzinfo=PARIS)
    assert [day.name for day in week_of("24/7", late, "974") if day.is_today] == ["Vendredi"]


def test_no_week_without_hours() -> None:
    assert week_of("", THURSDAY, "05") == []
    assert week_of("illisible", THURSDAY, "05") == []


def test_half_hours_of_a_plain_week() -> None:
    slots = slots_of("Mo-Tu 09:00-10:15")
    assert slots.regular == {18, 19, 20, 66, 67, 68}
    assert slots.on_holidays == frozenset()
    assert not slots.irregular


def test_half_hours_of_a_night_wrap_from_sunday_to_monday() -> None:
    slots = slots_of("Su 23:00-01:00")
    assert slots.regular == {334, 335, 0, 1}
    assert slots.on_holidays == {0, 1}, "Monday may be a holiday, and Sunday's night goes on"


def test_round_the_clock_fills_the_week_and_the_holidays() -> None:
    slots = slots_of("24/7")
    assert (len(slots.regular), len(slots.on_holidays), slots.irregular) == (336, 48, False)


def test_days_of_the_month_and_seasons_are_possible_and_irregular() -> None:
    slots = slots_of("Mo 09:00-10:00; Tu[2] 09:00-10:00; Jul-Aug We 09:00-10:00; Dec off")
    assert slots.regular == {18, 19, 66, 67, 114, 115}
    assert slots.irregular
    assert slots.on_holidays == frozenset()


def test_holiday_hours_are_apart() -> None:
    assert slots_of("Mo-Fr 09:00-10:00; PH 14:00-15:00").on_holidays == {28, 29}
    assert slots_of("Mo-Su,PH 09:00-10:00").on_holidays == {18, 19}
    assert slots_of("Mo-Fr 09:00-10:00; PH Mo-Fr 09:00-10:00").on_holidays == {18, 19}
    assert slots_of("Mo-Fr 09:00-10:00; Jul 14 14:00-15:00").on_holidays == {28, 29}


def test_half_hours_of_nothing_and_of_nonsense() -> None:
    assert slots_of("").regular == frozenset()
    with pytest.raises(HoursError):
        slots_of("illisible")
