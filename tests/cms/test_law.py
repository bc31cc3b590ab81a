"""Legal cards: nobody takes for checked what nobody checked, or not lately."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.blocks.law import Check, LegalCard, check_of, due_on
from tests.cms.reading_tools import on_paper, shown, soup, words
from tests.pages import make_reflex

TODAY = date(2026, 11, 26)
CHECKED = {"checked_on": date(2026, 1, 15), "checked_by": "juriste du CIDFF"}


def check(**values: Any) -> Check:
    return check_of(values, TODAY)


# --- Overdue ----------------------------------------------------------------------------------------------


def test_a_card_that_nobody_checked_says_so() -> None:
    assert check() == Check("À vérifier : aucun juriste n’a encore relu cette carte.", True)


def test_a_recheck_date_alone_is_no_check() -> None:
    assert check(recheck_by=date(2030, 1, 1)).is_overdue


def test_a_card_checked_lately_says_when_and_by_whom() -> None:
    assert check(**CHECKED) == Check("Vérifié le 15 janvier 2026 par juriste du CIDFF.", False)


@pytest.mark.parametrize(
    ("checked", "is_overdue"),
    [
        (date(2025, 11, 27), False),
        (date(2025, 11, 26), False),
        (date(2025, 11, 25), True),
        (date(2019, 1, 1), True),
    ],
)
def test_a_card_is_read_again_after_a_year_when_no_date_is_given(checked: date, is_overdue: bool) -> None:
    assert check(**CHECKED | {"checked_on": checked}).is_overdue == is_overdue


def test_a_leap_day_is_due_at_the_end_of_february() -> None:
    assert due_on({"checked_on": date(2028, 2, 29)}) == date(2029, 2, 28)


@pytest.mark.parametrize(("days", "is_overdue"), [(1, False), (0, False), (-1, True)])
def test_a_given_date_counts_more_than_the_year(days: int, is_overdue: bool) -> None:
    recheck = TODAY + timedelta(days=days)
    found = check(**CHECKED, recheck_by=recheck)
    assert found.is_overdue == is_overdue
    assert "Vérifié le 15 janvier 2026" in found.label
    assert ("À revérifier" in found.label) == is_overdue


def test_a_date_beyond_the_year_is_kept() -> None:
    assert not check(
        checked_on=date(2020, 1, 1), checked_by="Parquet", recheck_by=date(2027, 1, 1)
    ).is_overdue


def test_a_card_with_a_doubt_is_not_well_though_it_was_checked() -> None:
    assert check(**CHECKED, doubt="Le montant.").is_overdue


# --- What an editor may not write -------------------------------------------------------------------------


def cleaned(**values: Any) -> Any:
    block = LegalCard()
    return block.clean(block.to_python(block.meta.preview_value | values))


def days_from_today(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.mark.django_db
def test_a_check_to_come_is_refused() -> None:
    cleaned(checked_on=days_from_today(0), checked_by="Parquet")
    with pytest.raises(ValidationError, match="est à venir"):
        cleaned(checked_on=days_from_today(1), checked_by="Parquet")


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", ["", "   "])
def test_a_check_by_nobody_is_refused(nobody: str) -> None:
    with pytest.raises(ValidationError, match="par quelle fonction"):
        cleaned(checked_on=days_from_today(-1), checked_by=nobody)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reference", "title", "text", "source_label"])
def test_a_card_says_what_it_is_about_and_where_that_is_from(name: str) -> None:
    with pytest.raises(ValidationError):
        cleaned(**{name: ""})


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["javascript:alert(1)", "legifrance", "tel:0476571001"])
def test_a_source_is_an_address_to_follow(address: str) -> None:
    with pytest.raises(ValidationError):
        cleaned(source_url=address)


# --- On the page ------------------------------------------------------------------------------------------


def card_page(**values: Any) -> Any:
    return make_reflex(body=[("law", LegalCard().meta.preview_value | values)])


@pytest.mark.django_db
@pytest.mark.parametrize("render", [shown, on_paper])
def test_the_page_says_that_a_card_is_to_check(render: Any) -> None:
    html = render(card_page(doubt="Le montant de l’amende."))
    state = soup(html).select_one(".m-law .m-fresh")
    assert "m-fresh--stale" in state["class"]
    assert words(str(state)) == "À vérifier : aucun juriste n’a encore relu cette carte."
    assert "À vérifier : Le montant de l’amende." in words(html)


@pytest.mark.django_db
def test_a_page_grows_old_without_being_touched() -> None:
    old = (timezone.localdate() - timedelta(days=400)).isoformat()
    state = soup(shown(card_page(checked_on=old, checked_by="Parquet"))).select_one(".m-law .m-fresh")
    assert "m-fresh--stale" in state["class"]
    assert "À revérifier" in words(str(state))
    assert "Vérifié le" in words(str(state))


@pytest.mark.django_db
def test_a_card_that_is_well_does_not_frighten() -> None:
    html = shown(card_page(checked_on=days_from_today(-1), checked_by="Parquet"))
    state = soup(html).select_one(".m-law .m-fresh")
    assert "m-fresh--stale" not in state["class"]
    assert words(str(state)).endswith("par Parquet.")


@pytest.mark.django_db
def test_a_source_is_followed_without_telling_where_from() -> None:
    link = soup(shown(card_page())).select_one(".m-law a")
    assert link["href"] == "https://www.legifrance.gouv.fr/"
    assert "noreferrer" in link["rel"]
    assert not soup(
        shown(make_reflex("autre", [("law", LegalCard().meta.preview_value | {"source_url": ""})]))
    ).select(".m-law a")
