"""What a page shows of the directory exposes nobody, and is never a copy."""

from typing import Any

import pytest

from directory.models import Service
from directory.visibility import ANONYMOUS, Viewer
from search import indexing
from tests.cms.live_tools import CRIP_05, crip, live, names, page_with_block, read, two_desks
from tests.cms.reading_tools import soup, words
from tests.factories import ContactFactory, PlaceFactory, ServiceFactory, UserFactory
from tests.signing import signed_in
from tests.territory import EMBRUN, GRENOBLE, VOIRON, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


@pytest.fixture
def both() -> tuple[Service, Service]:
    return two_desks()


# --- Nobody is exposed ------------------------------------------------------------------------------------


def test_a_reserved_service_is_shown_to_those_it_is_for(viewer_pro_05: Viewer, viewer_pro_38: Viewer) -> None:
    crip("05", CRIP_05, audience="professionnels")
    assert names(live("Embrun", viewer_pro_05)) == ["CRIP 05 (exemple)"]
    for viewer in (ANONYMOUS, viewer_pro_38):
        found = live("Embrun", viewer)
        assert (names(found), found.total, found.more) == ([], 0, "")


def test_a_page_shows_what_is_reserved_to_the_signed_in_only() -> None:
    crip("05", CRIP_05, audience="professionnels")
    indexing.rebuild()
    page = page_with_block()
    html = read(page, "Embrun")
    assert CRIP_05 not in html
    assert "CRIP 05" not in html
    html = read(page, "Embrun", signed_in(UserFactory(professional_in=["05"])))
    assert CRIP_05 in html
    assert "Réservé aux professionnels" in html


@pytest.mark.parametrize("state", [{"draft": True}, {"closed": True}, {"team": True}])
def test_what_is_not_published_is_never_shown(state: dict[str, Any], viewer_pro_05: Viewer) -> None:
    crip("05", CRIP_05, **state)
    assert names(live("Embrun", viewer_pro_05)) == []


def test_an_address_that_hides_is_nowhere_on_the_page() -> None:
    house = crip("05", CRIP_05, hidden=False)
    PlaceFactory(service=house, never=True, commune__insee=EMBRUN)
    PlaceFactory(service=house, commune_only=True, commune__insee=VOIRON, street="12 rue Secrète")
    shelter = ServiceFactory(name="Refuge", hidden=True, department="05", coverage=[department("05")])
    PlaceFactory(service=shelter, never=True, commune__insee=GRENOBLE)
    indexing.rebuild()
    browser = signed_in(UserFactory(professional_in=["05"]))
    page = page_with_block(types=["crip", "hebergement-fvv"])
    html = read(page, "Hautes-Alpes", browser)
    assert "Refuge" in html
    assert "Secrète" not in html
    assert not {"Grenoble", "Embrun"} & set(
        words(str(soup(html).select_one("#ici"))).replace(",", " ").split()
    )


# --- Nothing is copied ------------------------------------------------------------------------------------


def test_the_number_shown_changes_when_the_directory_does(both: Any) -> None:
    indexing.rebuild()
    page = page_with_block()
    assert CRIP_05 in read(page, "Embrun")
    both[0].contacts.all().delete()
    ContactFactory(service=both[0], value="+33465710099")
    html = read(page, "Embrun")
    assert "+33465710099" in html
    assert CRIP_05 not in html


def test_the_stored_page_holds_no_phone(both: Any) -> None:
    page = page_with_block()
    assert CRIP_05 not in str(page.body.raw_data)
    assert "465710" not in str(page.latest_revision.content)


@pytest.mark.parametrize("change", [{"live": False}, {"audience": "professionnels"}])
def test_what_the_directory_withdraws_leaves_the_page_before_the_index_knows(
    both: Any, change: dict[str, Any]
) -> None:
    indexing.rebuild()
    page = page_with_block()
    Service.objects.filter(pk=both[0].pk).update(**change)
    assert CRIP_05 not in read(page, "Embrun")


def test_who_may_not_see_a_kind_that_is_reserved_is_told_so_and_not_that_nobody_answers() -> None:
    ServiceFactory(name="Refuge", hidden=True, department="05", coverage=[department("05")])
    indexing.rebuild()
    page = page_with_block(types=["hebergement-fvv"])
    anybody = words(read(page, "Embrun"))
    assert "réservés aux professionnels" in anybody
    assert "Aucun service publié" not in anybody
    assert "Refuge" not in anybody
    assert "Refuge" in words(read(page, "Embrun", signed_in(UserFactory(professional_in=["05"]))))


def test_the_same_is_said_whether_a_reserved_service_exists_or_not() -> None:
    indexing.rebuild()
    page = page_with_block(types=["hebergement-fvv"])
    ServiceFactory(hidden=True, department="38", coverage=[department("38")])
    indexing.rebuild()
    here, there = (words(str(soup(read(page, place)).select_one("#ici"))) for place in ("Embrun", "Grenoble"))
    assert here.replace("Embrun (05)", "X") == there.replace("Grenoble (38)", "X")
