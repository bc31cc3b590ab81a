"""Fresh, to confirm, stale: computed from the date, never stored."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import taxonomy
from directory.freshness import add_months, freshness_of, stale_before

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("verified_on", "slug", "is_stale"),
    [
        (TODAY, "a-jour", False),
        (date(2026, 5, 24), "a-jour", False),
        (date(2026, 5, 23), "a-confirmer", False),  # six months to the day
        (date(2025, 11, 23), "a-confirmer", False),  # twelve months to the day: not over
        (date(2025, 11, 22), "perime", True),
        (None, "jamais-verifie", True),
    ],
)
def test_from_the_date_of_verification(verified_on: date | None, slug: str, is_stale: bool) -> None:
    found = freshness_of(verified_on, TODAY)
    assert (found.slug, found.is_stale) == (slug, is_stale)
    assert slug in taxonomy.FRESHNESS


def test_the_label_says_the_day_or_that_it_is_old() -> None:
    assert freshness_of(date(2026, 10, 2), TODAY).label == "Vérifié le 2 octobre 2026"
    assert freshness_of(date(2024, 10, 2), TODAY).label == "Non vérifié depuis plus d’un an"
    assert freshness_of(None, TODAY).label == "Jamais vérifié"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_stale_is_before_the_limit_that_the_engines_compare_with(today: date, days: int) -> None:
    verified = today - timedelta(days=days)
    assert freshness_of(verified, today).is_stale == (verified < stale_before(today))
