"""OSM text: what is kept, what is refused, and the evaluation compared with the library's."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from directory.hours import HoursError, describe_hours, is_public_holiday, parse_hours
from directory.hours.evaluation import spans_on

KEPT = {
    "Mo-Fr 09:00-12:00,14:00-17:00; PH off": "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    "mo-fr 9:00-12:00": "Mo-Fr 09:00-12:00",
    "Mo - Fr 09:00 – 12:00;": "Mo-Fr 09:00-12:00",
    "Mo-Fr 09:00-12:00, 14:00-17:00": "Mo-Fr 09:00-12:00,14:00-17:00",
    "Mo, We 09:00-12:00": "Mo,We 09:00-12:00",
    "Mo 09:00-12:00, Tu 10:00-11:00": "Mo 09:00-12:00, Tu 10:00-11:00",
    "Mo 09:00-12:00, 24/7": "Mo 09:00-12:00, 24/7",
    "PH off; Mo-Fr 09:00-12:00": "Mo-Fr 09:00-12:00; PH off",
    "Jul-Aug Mo-Fr 10:00-12:00; Mo-Fr 09:00-17:00": "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-12:00",
    "Mo-Su 00:00-24:00": "24/7",
    "Mo-Fr": "Mo-Fr 00:00-24:00",
    "Mo-Fr 22:00-26:00": "Mo-Fr 22:00-02:00",
    "PH Mo-Fr 10:00-12:00": "PH Mo-Fr 10:00-12:00",
    "Mo-Fr PH 10:00-12:00": "PH Mo-Fr 10:00-12:00",
    "Mo[1-3] 09:00-12:00": "Mo[1,2,3] 09:00-12:00",
    "2026 Dec 24-Jan 02 off; Mo 09:00-10:00": "Mo 09:00-10:00; 2026 Dec 24-2027 Jan 2 off",
    "Dec 24, Dec 31 off; Mo-Fr 09:00-10:00": "Mo-Fr 09:00-10:00; Dec 24,Dec 31 off",
    'Mo-Fr 09:00-12:00 "on appointment"': 'Mo-Fr 09:00-12:00 "sur rendez-vous"',
    "Mo-Fr 09:00-17:00; We 12:00-14:00 off": "Mo-Fr 09:00-17:00; We 12:00-14:00 off",
    "Dec 09:00-12:00": "Dec 09:00-12:00",
}


@pytest.mark.parametrize(("text", "osm"), KEPT.items())
def test_osm_is_kept_in_one_spelling(text: str, osm: str) -> None:
    assert parse_hours(text) == osm
    assert parse_hours(osm) == osm
    assert describe_hours(osm)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Mo-Fr 09:00-12:00; SH off", "n’est pas acceptée"),
        ("Mo-Fr 09:00-12:00; easter off", "n’est pas acceptée"),
        ("Mo-Fr sunrise-sunset", "n’est pas acceptée"),
        ("Mo-Fr 09:00+", "n’est pas acceptée"),
        ('Mo-Fr 09:00-12:00 || "sur rdv"', "n’est pas acceptée"),
        ("Mo-Fr 09:00-12:00; PH -1 day off", "n’est pas acceptée"),
        ('"sur rdv"', "cochez la case"),
        ('Mo-Fr 09:00-12:00 "10 rue des Lilas"', "dans la description"),
        ("off", "n’ouvrent jamais"),
        ("PH off; Aug off", "n’ouvrent jamais"),
        ("Mo-Fr 09:00-09:00", "les mêmes"),
        ("Mo-Fr 00:00-48:00", "24 heures"),
        ("Feb 30 09:00-10:00", "n’existe pas"),
        ("Mo-Fr 09:00-12:00;; PH off", "point-virgule"),
        ("Mo-Fr 09:00-12:00 PH off", "n’est pas compris"),
    ],
)
def test_osm_that_a_directory_does_not_need_is_refused(text: str, hint: str) -> None:
    with pytest.raises(HoursError, match=hint):
        parse_hours(text)


DAYS = ("Mo-Fr", "Mo-Su", "We", "Sa,Su", "Fr-Mo", "Tu[2]", "Th[1,3]", "Fr[-1]", "Mo,We-Th")
SEASONS = ("", "Jul-Aug ", "Oct-Apr ", "Dec 24-Jan 2 ", "week01-53/2 ", "week02-52/2 ", "2026 ", "2026 Aug ")
TIMES = (
    "09:00-12:00",
    "09:00-12:00,14:00-17:30",
    "00:00-24:00",
    "08:15-20:45",
    "18:00-24:00",
    "off",
    "12:00-14:00 off",
)
RULES = st.tuples(st.sampled_from(SEASONS), st.sampled_from(DAYS), st.sampled_from(TIMES)).map(
    lambda parts: f"{parts[0]}{parts[1]} {parts[2]}"
)


@settings(max_examples=400, deadline=None)
@given(
    rules=st.lists(RULES, min_size=1, max_size=4),
    separators=st.lists(st.sampled_from(["; ", "; ", ", "]), min_size=3, max_size=3),
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_a_day_is_what_the_library_says(rules: list[str], separators: list[str], day: date) -> None:
    """Nights apart, where the two differ on purpose, and holidays, which the library is told."""
    assume(
        "off"
        not in "".join(rule for rule, before in zip(rules[1:], separators, strict=False) if before == ", ")
    )
    text = rules[0] + "".join(before + rule for before, rule in zip(separators, rules[1:], strict=False))
    try:
        osm = parse_hours(text)
    except HoursError:
        assume(False)
    library = OpeningHours(osm if "24/7" in osm else f"{osm}; PH off", country="FR")
    spans = spans_on(osm, day, is_public_holiday(day, "38"))
    for minute in range(0, 24 * 60, 15):
        moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
        ours = any(span.start <= minute < span.end for span in spans)
        assert ours == (library.state(moment)[0] == State.OPEN), (osm, moment)


def test_a_closed_day_closes_its_whole_night_and_leaves_the_night_before() -> None:
    osm = "Mo-Su 22:00-06:00; Sa off"
    friday, saturday = date(2026, 11, 13), date(2026, 11, 14)
    assert [span[:2] for span in spans_on(osm, friday, False)] == [(1320, 1800)]
    assert spans_on(osm, saturday, False) == ()
