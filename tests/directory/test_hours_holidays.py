"""Public holidays of the whole country, of Alsace-Moselle and overseas; time zones."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from opening_hours import OpeningHours, State

from directory.hours import easter, is_public_holiday, next_public_holiday, zone_of
from directory.hours.holidays import department_of, local_holidays

NATIONAL_2026 = [
    (1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25),
]  # fmt: skip


def days_of(year: int, department: str) -> list[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [
        day for day in map(date.fromordinal, range(first, last + 1)) if is_public_holiday(day, department)
    ]


def test_the_eleven_national_holidays_easter_monday_included() -> None:
    assert days_of(2026, "38") == [date(2026, month, day) for month, day in NATIONAL_2026]


@pytest.mark.parametrize("year", [2000, 2008, 2019, 2024, 2025, 2027, 2038, 2076])
def test_national_holidays_are_those_of_the_library(year: int) -> None:
    calendar = OpeningHours("PH", country="FR")
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    noons = [datetime(*day.timetuple()[:3], 12) for day in map(date.fromordinal, range(first, last + 1))]
    assert days_of(year, "05") == [noon.date() for noon in noons if calendar.state(noon)[0] == State.OPEN]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1961, (4, 2)), (2008, (3, 23)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25)), (2049, (4, 18))],
)
def test_easter_from_the_earliest_to_the_latest(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


@pytest.mark.parametrize("department", ["57", "67", "68"])
def test_alsace_moselle_has_good_friday_and_saint_stephen(department: str) -> None:
    added = set(days_of(2026, department)) - set(days_of(2026, "54"))
    assert added == {date(2026, 4, 3), date(2026, 12, 26)}


@pytest.mark.parametrize(
    ("department", "day"),
    [
        ("971", (5, 27)), ("972", (5, 22)), ("973", (6, 10)), ("974", (12, 20)), ("976", (4, 27)),
        ("977", (10, 9)), ("978", (5, 28)),
    ],
)  # fmt: skip
def test_overseas_has_its_day_of_the_abolition_of_slavery(department: str, day: tuple[int, int]) -> None:
    assert set(days_of(2026, department)) - set(days_of(2026, "38")) == {date(2026, *day)}


def test_a_holiday_replaced_by_another_keeps_its_years() -> None:
    assert is_public_holiday(date(2024, 6, 29), "987")
    assert not is_public_holiday(date(2025, 6, 29), "987")
    assert is_public_holiday(date(2025, 11, 20), "987")


def test_each_local_holiday_gives_its_source_and_a_real_date() -> None:
    for holiday in local_holidays():
        assert holiday.source
        assert holiday.departments
        assert holiday.on(holiday.first_year if holiday.first_year > 1 else 2024)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("38", "Europe/Paris"), ("2A", "Europe/Paris"), ("05061", "Europe/Paris"), ("", "Europe/Paris"),
        ("974", "Indian/Reunion"), ("97411", "Indian/Reunion"), ("972", "America/Martinique"),
        ("973", "America/Cayenne"), ("976", "Indian/Mayotte"), ("971", "America/Guadeloupe"),
        ("975", "America/Miquelon"), ("977", "America/St_Barthelemy"), ("978", "America/Marigot"),
        ("984", "Indian/Kerguelen"), ("986", "Pacific/Wallis"), ("987", "Pacific/Tahiti"),
        ("988", "Pacific/Noumea"),
    ],
)  # fmt: skip
def test_each_department_has_its_time_zone(code: str, zone: str) -> None:
    assert zone_of(code) == ZoneInfo(zone)


@pytest.mark.parametrize(
    ("code", "department"), [("05061", "05"), ("97411", "974"), ("2A004", "2A"), ("988", "988"), ("38", "38")]
)
def test_a_commune_belongs_to_the_department_of_its_code(code: str, department: str) -> None:
    assert department_of(code) == department


def test_a_commune_has_the_holidays_of_its_department() -> None:
    assert is_public_holiday(date(2026, 12, 26), "67482")
    assert is_public_holiday(date(2026, 12, 20), "97411")


def test_the_next_public_holiday_is_of_the_place_and_may_be_today_or_next_year() -> None:
    assert next_public_holiday(date(2026, 11, 26), "05061") == date(2026, 12, 25)
    assert next_public_holiday(date(2026, 11, 26), "97411") == date(2026, 12, 20)
    assert next_public_holiday(date(2026, 12, 25), "05") == date(2026, 12, 25)
    assert next_public_holiday(date(2026, 12, 26), "05") == date(2027, 1, 1)
    assert next_public_holiday(date(2026, 12, 26), "67") == date(2026, 12, 26)
