"""Open now, closes at, next opening: days, nights, holidays, clock changes, several places, closures."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.hours import OpenState, Schedule, is_public_holiday, open_state, slots_of, zone_of

PARIS = ZoneInfo("Europe/Paris")
OFFICE = "Mo-Fr 08:30-12:00,14:00-17:30"
NIGHT = "Mo-Su 22:00-06:00"
THURSDAY = (2026, 11, 12)


def at(*moment: int, fold: int = 0) -> datetime:
    return datetime(*moment, tzinfo=PARIS, fold=fold)  # type: ignore[misc]


def state(osm: str, moment: datetime, department: str = "38", **more: object) -> OpenState:
    return open_state([Schedule(osm)], moment, department, **more)  # type: ignore[arg-type]


def label(found: OpenState) -> str:
    return found.label.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("osm", "moment", "words"),
    [
        (OFFICE, (*THURSDAY, 14, 10), "Ouvert, ferme à 17 h 30"),
        (OFFICE, (*THURSDAY, 8, 30), "Ouvert, ferme à 12 h"),
        (OFFICE, (*THURSDAY, 12, 0), "Fermé, rouvre à 14 h"),
        (OFFICE, (*THURSDAY, 18, 0), "Fermé, rouvre demain à 8 h 30"),
        (OFFICE, (2026, 11, 13, 18, 0), "Fermé, rouvre lundi à 8 h 30"),
        # 11 November, 14 July and Easter Monday are holidays.
        (OFFICE, (2026, 11, 11, 10, 0), "Fermé, rouvre demain à 8 h 30"),
        (OFFICE, (2026, 11, 10, 18, 0), "Fermé, rouvre jeudi à 8 h 30"),
        (OFFICE, (2026, 7, 13, 18, 0), "Fermé, rouvre mercredi à 8 h 30"),
        (OFFICE, (2026, 4, 4, 10, 0), "Fermé, rouvre mardi à 8 h 30"),
        ("Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00", (2026, 7, 14, 10, 0), "Ouvert, ferme à 12 h"),
        ("Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00", (2026, 8, 15, 10, 0), "Fermé, rouvre lundi à 9 h"),
        ("Mo-Su,PH 09:00-19:00", (2026, 7, 14, 10, 0), "Ouvert, ferme à 19 h"),
        ("Mo-Fr 09:00-12:00; PH 10:00-11:00", (2026, 7, 14, 9, 30), "Fermé, rouvre à 10 h"),
        ("Mo-Fr 09:00-12:00; Jul 14 10:00-11:00", (2026, 7, 14, 10, 30), "Ouvert, ferme à 11 h"),
        ("24/7", (2026, 7, 14, 3, 0), "Ouvert jour et nuit"),
        ("24/7", (2026, 12, 25, 0, 0), "Ouvert jour et nuit"),
        ("24/7; PH off", (2026, 7, 13, 23, 0), "Ouvert, ferme à minuit"),
        ("24/7; PH off", (2026, 7, 14, 3, 0), "Fermé, rouvre demain à 0 h"),
        (NIGHT, (*THURSDAY, 23, 0), "Ouvert, ferme à 6 h"),
        (NIGHT, (2026, 11, 13, 5, 59), "Ouvert, ferme à 6 h"),
        (NIGHT, (*THURSDAY, 6, 0), "Fermé, rouvre à 22 h"),
        # The night of the 13th goes on into the holiday; the holiday's own night is closed.
        (NIGHT, (2026, 7, 14, 5, 0), "Ouvert, ferme à 6 h"),
        (NIGHT, (2026, 7, 14, 23, 0), "Fermé, rouvre demain à 22 h"),
        (NIGHT, (2026, 7, 15, 1, 0), "Fermé, rouvre à 22 h"),
        ("Tu[2] 09:00-12:00", (*THURSDAY, 18, 0), "Fermé, rouvre le 8 décembre à 9 h"),
        ("Tu[2] 09:00-12:00", (2026, 12, 8, 9, 0), "Ouvert, ferme à 12 h"),
        ("Fr[-1] 14:00-16:00", (2026, 11, 20, 15, 0), "Fermé, rouvre le 27 novembre à 14 h"),
        ("Mo-Fr 00:00-24:00", (*THURSDAY, 18, 0), "Ouvert, ferme demain à minuit"),
        ("Mo-Fr 00:00-24:00", (2026, 11, 23, 18, 0), "Ouvert, ferme vendredi à minuit"),
        ("Jul Mo 09:00-10:00", (2026, 8, 1, 9, 0), "Fermé, rouvre le 5 juillet 2027 à 9 h"),
        ("Mo-Fr 09:00-12:00; Aug off", (2026, 8, 3, 10, 0), "Fermé, rouvre le 1er septembre à 9 h"),
        ("2020 Mo 09:00-10:00", (2026, 1, 1, 9, 0), "Fermé"),
        ("Mo-Fr 09:00-17:00 unknown", (*THURSDAY, 10, 0), "Horaires à confirmer"),
        ("", (*THURSDAY, 10, 0), "Horaires à confirmer"),
        ("n’importe quoi", (*THURSDAY, 10, 0), "Horaires à confirmer"),
    ],
)  # fmt: skip
def test_what_is_said(osm: str, moment: tuple[int, ...], words: str) -> None:
    assert label(state(osm, at(*moment))) == words


def test_times_are_given_in_the_zone_of_the_place() -> None:
    noon_in_paris = at(*THURSDAY, 12, 0)
    found = state("Mo-Fr 08:00-16:00", noon_in_paris, "974")
    assert found.closes_at == datetime(*THURSDAY, 16, 0, tzinfo=zone_of("974"))
    assert label(found) == "Ouvert, ferme à 16 h"
    closed = state("Mo-Fr 08:00-16:00", noon_in_paris, "987")
    assert (closed.state, closed.next_opening) == ("closed", datetime(*THURSDAY, 8, 0, tzinfo=zone_of("987")))


def test_local_holidays_close_and_delay_the_opening() -> None:
    friday = datetime(2026, 12, 18, 18, 0, tzinfo=UTC)
    assert state("Su 09:00-12:00", friday, "974").next_opening == datetime(
        2026, 12, 27, 9, 0, tzinfo=zone_of("974")
    )
    assert state(OFFICE, at(2026, 4, 3, 10, 0), "67").state == "closed"
    assert state(OFFICE, at(2026, 4, 3, 10, 0), "54").state == "open"


def test_the_hour_that_spring_skips() -> None:
    """29 March 2026: the clocks go from 2 h to 3 h."""
    early = at(2026, 3, 29, 1, 30)
    assert state("Su 02:15-04:00", early).next_opening == at(2026, 3, 29, 3, 0)
    assert state("Su 00:00-02:30", early).closes_at == at(2026, 3, 29, 3, 0)
    night = state(NIGHT, at(2026, 3, 28, 23, 0))
    assert night.closes_at is not None
    assert night.closes_at.astimezone(UTC) - at(2026, 3, 28, 23, 0).astimezone(UTC) == timedelta(hours=6)


def test_the_hour_that_autumn_repeats() -> None:
    """25 October 2026: from 2 h to 3 h twice; open until the second time."""
    for fold in (0, 1):
        found = state("Su 00:00-02:30", at(2026, 10, 25, 2, 10, fold=fold))
        assert found.closes_at is not None
        assert found.closes_at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert state("Su 00:00-02:30", at(2026, 10, 25, 2, 40, fold=0)).state == "open"
    assert state("Su 00:00-02:30", at(2026, 10, 25, 2, 40, fold=1)).state == "closed"


def test_several_places_open_if_any_is_and_close_with_the_last() -> None:
    places = [Schedule("Mo-Fr 09:00-12:00"), Schedule("Mo-Fr 11:00-15:00"), Schedule("")]
    found = open_state(places, at(*THURSDAY, 10, 0), "38")
    assert (found.state, found.closes_at) == ("open", at(*THURSDAY, 15, 0))
    assert open_state(places, at(*THURSDAY, 18, 0), "38").next_opening == at(2026, 11, 13, 9, 0)


def test_no_place_with_hours_is_unknown() -> None:
    for places in ([], [Schedule("")], [Schedule("illisible")]):
        found = open_state(places, at(*THURSDAY, 10, 0), "38")
        assert (found.state, found.closes_at, found.next_opening) == ("unknown", None, None)


def test_by_appointment() -> None:
    only = [Schedule(OFFICE, by_appointment=True)]
    found = open_state(only, at(*THURSDAY, 14, 10), "38")
    assert (found.state, found.by_appointment) == ("open", True)
    assert label(found) == "Sur rendez-vous, ferme à 17 h 30"
    found = open_state(only, at(*THURSDAY, 13, 0), "38")
    assert (found.state, found.by_appointment) == ("closed", True)
    assert label(found) == "Fermé, rouvre à 14 h, sur rendez-vous"
    found = open_state([Schedule("", by_appointment=True)], at(*THURSDAY, 13, 0), "38")
    assert (found.state, found.by_appointment, label(found)) == ("unknown", True, "Sur rendez-vous")


def test_a_place_open_to_all_counts_before_one_by_appointment() -> None:
    places = [Schedule("Mo-Fr 09:00-17:00", by_appointment=True), Schedule("Mo-Fr 10:00-11:00")]
    found = open_state(places, at(*THURSDAY, 10, 30), "38")
    assert (label(found), found.by_appointment) == ("Ouvert, ferme à 11 h", False)
    assert open_state(places, at(*THURSDAY, 14, 0), "38").by_appointment


def test_hours_by_appointment_written_in_osm() -> None:
    found = state('Mo-Fr 09:00-12:00; Fr 09:00-12:00 "sur rendez-vous"', at(2026, 11, 13, 10, 0))
    assert (found.state, found.by_appointment) == ("open", True)


def test_closed_until_further_notice() -> None:
    found = state(OFFICE, at(*THURSDAY, 10, 0), suspended=True)
    assert (found.state, found.next_opening, found.label) == ("closed", None, "Fermé temporairement")


def test_closed_until_a_day_included() -> None:
    closure = {"suspended": True, "suspended_until": date(2027, 1, 3)}
    found = state(OFFICE, at(*THURSDAY, 10, 0), **closure)
    assert label(found) == "Fermé temporairement jusqu’au 3 janvier"
    assert found.next_opening == at(2027, 1, 4, 8, 30)
    assert state(OFFICE, at(2027, 1, 4, 10, 0), **closure).state == "open"


def test_a_closure_to_come_delays_the_next_opening() -> None:
    closure = {"suspended_from": date(2026, 11, 13), "suspended_until": date(2026, 11, 20)}
    assert state(OFFICE, at(*THURSDAY, 10, 0), **closure).state == "open"
    assert label(state(OFFICE, at(*THURSDAY, 18, 0), **closure)) == "Fermé, rouvre le 23 novembre à 8 h 30"


def test_closed_for_good() -> None:
    found = state("24/7", at(*THURSDAY, 10, 0), ended=True)
    assert (found.state, found.next_opening, found.label) == ("closed", None, "Fermé définitivement")


def test_a_moment_without_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="aware"):
        open_state([Schedule(OFFICE)], datetime(*THURSDAY, 10, 0), "38")


HOURS = st.sampled_from(
    [
        OFFICE,
        NIGHT,
        "24/7; PH off",
        "Mo-Fr 00:00-24:00",
        "Tu[2] 09:00-12:00; Th[1,3] 14:00-17:15",
        "Mo-Su 20:00-02:30; We off; PH 10:00-12:00",
        "Sa,Su,PH 01:45-03:15",
        "Mo-Fr 09:00-17:00; Jul-Aug Mo-Su 10:00-22:00; Dec 24-Jan 2 off",
        "week01-53/2 Mo-Fr 09:00-12:00; Mo-Su 02:00-03:00",
    ]
)
MINUTES = st.one_of(
    st.integers(0, 3 * 365 * 96),
    # The quarters of an hour around the clock changes of 2026: 29 March and 25 October.
    st.integers(87 * 96 - 20, 87 * 96 + 20),
    st.integers(297 * 96 - 20, 297 * 96 + 20),
)


@settings(max_examples=400, deadline=None)
@given(osm=HOURS, quarter=MINUTES, department=st.sampled_from(["38", "67", "974", "987", "975"]))
def test_what_is_announced_comes_true(osm: str, quarter: int, department: str) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    found = state(osm, moment, department)
    instant, second = timedelta(0), timedelta(seconds=1)
    if found.closes_at:
        end = found.closes_at.astimezone(UTC)
        assert end - moment > instant
        assert state(osm, end - second, department).state == "open"
        assert state(osm, end, department).state == "closed"
    if found.state == "closed":
        assert found.next_opening is not None
        start = found.next_opening.astimezone(UTC)
        assert start - moment > instant
        assert state(osm, start - second, department).state == "closed"
        assert state(osm, start, department).state == "open"


@settings(max_examples=400, deadline=None)
@given(osm=HOURS, quarter=st.integers(0, 3 * 365 * 96), department=st.sampled_from(["38", "67", "974"]))
def test_the_index_never_misses_an_opening(osm: str, quarter: int, department: str) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    if state(osm, moment, department).state != "open":
        return
    local = moment.astimezone(zone_of(department))
    half_hour = local.hour * 2 + local.minute // 30
    slots = slots_of(osm)
    if is_public_holiday(local.date(), department):
        assert half_hour in slots.on_holidays
    else:
        assert local.weekday() * 48 + half_hour in slots.regular
