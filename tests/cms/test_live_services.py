"""The services that a page shows: asked of the directory each time, for the reader's commune."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.live_services import live_list
from directory.models import Service
from search import indexing
from tests.cms.live_tools import (
    CRIP_05,
    CRIP_38,
    crip,
    live,
    names,
    page_with_block,
    read,
    reading,
    two_desks,
    value,
)
from tests.cms.reading_tools import on_paper, soup, words
from tests.factories import ActorTypeFactory, HelplineFactory, ServiceFactory
from tests.territory import EMBRUN, department, load_communes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


@pytest.fixture
def both() -> tuple[Service, Service]:
    return two_desks()


# --- Who answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Embrun", f"insee:{EMBRUN}", "05200", "embrun"])
def test_embrun_is_answered_by_its_own_department_and_not_by_a_nearer_one(place: str, both: Any) -> None:
    found = live(place)
    assert names(found) == ["CRIP 05 (exemple)"]
    assert found.results[0].phone.href == f"tel:{CRIP_05}"
    assert "Hautes-Alpes" in found.results[0].reason
    assert not found.needs_place
    assert "Embrun" in found.place


def test_grenoble_is_answered_by_isere(both: Any) -> None:
    assert names(live("Grenoble")) == ["CRIP 38 (exemple)"]


def test_a_department_alone_is_enough(both: Any) -> None:
    assert names(live("Hautes-Alpes")) == ["CRIP 05 (exemple)"]


def test_a_page_for_embrun_shows_one_phone_and_not_the_other(both: Any) -> None:
    indexing.rebuild()
    page = page_with_block()
    html = read(page, "Embrun")
    assert f"tel:{CRIP_05}" in html
    assert CRIP_38 not in html
    assert "CRIP 38" not in html
    assert CRIP_05 not in on_paper(page)


def test_each_filter_of_the_block_counts() -> None:
    ServiceFactory(name="Adultes", type_slug="aav", age_min=18, coverage=[department("05")])
    ServiceFactory(name="Mineurs", type_slug="aav", minors=True, coverage=[department("05")])
    ServiceFactory(name="Autre type", type_slug="leao", coverage=[department("05")])
    assert set(names(live("Embrun", types=["aav"]))) == {"Adultes", "Mineurs"}
    assert names(live("Embrun", types=["aav"], publics=["enfant"])) == ["Mineurs"]
    assert set(names(live("Embrun", types=["aav", "leao"]))) == {"Adultes", "Mineurs", "Autre type"}


def test_no_more_than_asked_with_the_way_to_all_the_others() -> None:
    for number in range(4):
        ServiceFactory(name=f"Aide {number}", type_slug="aav", coverage=[department("05")])
    found = live("Embrun", types=["aav"], limit=2)
    assert (len(found.results), found.total) == (2, 4)
    assert found.more.startswith("/recherche/r/")
    assert "aav" not in found.more
    assert "mbrun" not in found.more
    assert live("Embrun", types=["aav"], limit=4).more == ""
    page = Client().get(found.more)
    assert page.context["page"].found.total == 4


# --- Where nothing is known, or nobody answers ------------------------------------------------------------


def test_without_a_commune_the_page_asks_for_it_and_gives_the_numbers(both: Any) -> None:
    for key in ("119", "17"):
        HelplineFactory(key=key)
    found = live()
    assert found.needs_place
    assert found.results == ()
    assert [line.key for line in found.fallback] == ["119"]
    assert [sheet.slug for sheet in found.sheets] == ["crip"]
    html = read(page_with_block())
    assert 'name="lieu"' in html
    assert "tel:119" in html
    assert CRIP_05 not in html


def test_nobody_there_leads_on_to_numbers_and_sheets() -> None:
    HelplineFactory(key="119")
    crip("38", CRIP_38)
    found = live("Embrun")
    assert (found.results, found.total, found.needs_place) == ((), 0, False)
    assert [line.key for line in found.fallback] == ["119"]
    assert [sheet.slug for sheet in found.sheets] == ["crip"]
    indexing.rebuild()
    assert "Aucun service publié ne répond" in read(page_with_block(), "Embrun")


def test_the_numbers_of_the_block_come_before_those_of_its_types() -> None:
    for key in ("119", "3919", "115"):
        HelplineFactory(key=key)
    HelplineFactory(key="auteurs", displayed=False)
    ActorTypeFactory(slug="crip", fallback=["119"])
    assert [line.key for line in live(fallback=["115", "auteurs", "3919"]).fallback] == ["115", "3919"]
    assert [line.key for line in live().fallback] == ["119"]


def test_a_place_that_is_none_says_so_and_asks_again(both: Any) -> None:
    found = live("Nulle-Part-sur-Rien")
    assert found.needs_place
    assert "Nulle-Part-sur-Rien" in found.note
    assert found.typed == "Nulle-Part-sur-Rien"


def test_a_commune_that_expired_is_asked_again(both: Any) -> None:
    page = page_with_block()
    html = Client().get(page.address, {"ici": "un-jeton-perime"}).content.decode()
    assert "indiquez-la de nouveau" in words(html)
    assert CRIP_05 not in html


# --- Fixed departments, several blocks, homonyms ----------------------------------------------------------


def test_a_fixed_department_asks_nothing_and_ignores_the_commune(both: Any) -> None:
    found = live("Embrun", territory="38")
    assert names(found) == ["CRIP 38 (exemple)"]
    assert not found.asks_place
    assert not found.needs_place
    assert names(live(territory="05")) == ["CRIP 05 (exemple)"]


def test_only_the_first_block_that_needs_it_asks_for_the_commune(both: Any) -> None:
    here = reading()
    asked = [live_list(value(**values), here).asks_place for values in ({"territory": "38"}, {}, {})]
    assert asked == [False, True, False]


def test_homonyms_are_offered_each_with_an_address_that_tells_nothing() -> None:
    load_communes(["38032", "73034"])
    found = live("Beaufort")
    taken = found.place
    assert "Beaufort" in taken
    assert found.note
    (other,) = found.choices
    assert "Beaufort" in other.label
    assert other.label != taken
    assert other.url.startswith("/guides/essai/?ici=")
    assert other.url.endswith("#ici")
    assert "eaufort" not in other.url
    assert "38032" not in other.url


def test_the_choice_of_a_homonym_changes_who_answers() -> None:
    load_communes(["38032", "73034"])
    crip("38", CRIP_38)
    crip("73", CRIP_05)
    indexing.rebuild()
    page = page_with_block()
    first = read(page, "Beaufort")
    (other,) = soup(first).select("#ici .m-chip")
    second = Client().get(other["href"].removesuffix("#ici")).content.decode()
    shown = [{phone for phone in (CRIP_38, CRIP_05) if phone in html} for html in (first, second)]
    assert sorted(map(len, shown)) == [1, 1]
    assert shown[0] != shown[1]


# --- Queries ----------------------------------------------------------------------------------------------


def test_without_a_commune_a_block_takes_three_queries(
    both: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here, asked = reading(), value()
    with django_assert_num_queries(3):  # the types' numbers, the numbers, the sheets
        live_list(asked, here)


def test_with_a_commune_the_number_of_services_costs_nothing(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        ServiceFactory(name=f"Aide {number}", type_slug="aav", coverage=[department("05")], phone=CRIP_05)
    indexing.rebuild()
    here, asked = reading("Embrun"), value(types=["aav"], limit=8)
    with django_assert_max_num_queries(16):
        assert len(live_list(asked, here).results) == 8
