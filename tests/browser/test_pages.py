"""Every kind of page, in a real browser: accessible, narrow enough for a phone, talking to nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from directory.models import Service
from search.tokens import seal
from tests.browser.axe import faults
from tests.browser.conftest import Walk

pytestmark = pytest.mark.django_db(transaction=True)

Services = dict[str, Service]
Address = Callable[[Services], str]

PAGES: dict[str, Address] = {
    "home": lambda services: "/",
    "search": lambda services: "/recherche/",
    "results": lambda services: "/recherche/r/" + seal({"lieu": ["Grenoble"]}) + "/",
    "results without a place": lambda services: "/recherche/r/" + seal({"q": ["écoute"]}) + "/",
    "no result": lambda services: "/recherche/r/" + seal({"q": ["zzzz"], "lieu": ["Grenoble"]}) + "/",
    "expired": lambda services: "/recherche/r/expired/",
    "service": lambda services: services["grenoble"].get_absolute_url(),
    "service told by phone": lambda services: services["bourgoin"].get_absolute_url(),
    "service without a place": lambda services: services["ailleurs"].get_absolute_url(),
    "organisation": lambda services: services["grenoble"].organisation.get_absolute_url(),
    "type": lambda services: services["grenoble"].type.get_absolute_url(),
    "types": lambda services: "/types/",
    "numbers": lambda services: "/numeros/",
    "nothing there": lambda services: "/s/nothing/",
    "safety": lambda services: "/naviguer-en-securite/",
}
each_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())


@each_page
def test_on_a_desk_it_is_accessible_and_talks_to_nobody_else(
    desk: Walk, directory: Services, address: Address
) -> None:
    desk.go(address(directory))
    desk.page.wait_for_load_state("networkidle")
    assert faults(desk.page) == []
    assert desk.strangers == []
    assert [text for text in desk.complaints if "status of 4" not in text] == []
    assert desk.page.context.cookies() == []


@each_page
def test_on_a_phone_it_fits_and_is_accessible(phone: Walk, directory: Services, address: Address) -> None:
    phone.go(address(directory))
    phone.page.wait_for_load_state("networkidle")
    assert phone.overflow() == 0
    assert faults(phone.page) == []
    phone.page.set_viewport_size({"width": 320, "height": 740})  # a desk at 400 %
    assert phone.overflow() == 0


def test_the_way_out_is_on_every_page_without_a_script(without_script: Walk, directory: Services) -> None:
    for address in PAGES.values():
        without_script.go(address(directory))
        exit_link = without_script.page.locator("a.m-exit")
        expect(exit_link).to_be_visible()
        assert exit_link.get_attribute("href") not in (None, "", "#")
        assert exit_link.get_attribute("rel") == "nofollow noreferrer"


def test_open_drawers_are_accessible(phone: Walk, directory: Services) -> None:
    phone.go(PAGES["results"](directory))
    for name in ("Menu", "Filtrer", "Modifier"):
        phone.page.get_by_role("button", name=name).click()
        assert faults(phone.page) == []
        phone.page.keyboard.press("Escape")


def test_the_map_opened_on_a_phone_is_accessible(phone: Walk, directory: Services) -> None:
    phone.go(PAGES["results"](directory))
    phone.page.get_by_role("button", name="Afficher la carte").click()
    expect(phone.page.locator(".m-marker").first).to_be_visible()
    assert faults(phone.page) == []


def test_targets_are_large_enough_for_a_finger(phone: Walk, directory: Services) -> None:
    phone.go(PAGES["results"](directory))
    small = phone.page.locator("main a:visible, main button:visible, main select:visible").evaluate_all(
        "all => all.map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height])"
        ".filter(([html, height]) => height < 44)"
    )
    assert small == []


def test_a_sheet_prints_without_its_frame(desk: Walk, directory: Services) -> None:
    desk.go(PAGES["service"](directory))
    desk.page.emulate_media(media="print")
    expect(desk.page.locator("a.m-exit")).to_be_hidden()
    expect(desk.page.locator("#menu")).to_be_hidden()
    expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
