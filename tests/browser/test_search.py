"""Searching in a real browser: words, place, filters, map, keyboard; with and without a script."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import Service
from search import indexing
from tests.browser.conftest import Walk
from tests.factories import PlaceFactory, ServiceFactory

pytestmark = pytest.mark.django_db(transaction=True)

Services = dict[str, Service]


def search(walk: Walk, words: str = "", place: str = "") -> None:
    walk.go("/")
    walk.page.get_by_label("La situation").fill(words)
    walk.page.get_by_label("La commune de la personne").fill(place)
    walk.page.get_by_role("button", name="Chercher", exact=True).click()
    walk.page.wait_for_url("**/recherche/r/**")


def choose(walk: Walk, public: str) -> None:
    """Tick a value that the panel keeps folded."""
    walk.page.locator("#plus-public").click()
    walk.page.locator(f"label[for=f-public-{public}]").click()


def names(walk: Walk) -> list[str]:
    return walk.page.locator(".m-list .m-res__title a").all_inner_texts()


def test_the_history_holds_no_typed_word(desk: Walk, directory: Services) -> None:
    visited: list[str] = []
    desk.page.on("framenavigated", lambda frame: visited.append(frame.url))
    search(desk, "étape", "Grenoble")
    assert names(desk) == ["L’Étape (exemple)"]
    assert not [url for url in visited if re.search("tape|grenoble", url, re.IGNORECASE)]
    assert desk.page.title() == "Résultats — Maillage"


def test_back_returns_to_the_results(desk: Walk, directory: Services) -> None:
    search(desk, "", "Grenoble")
    found = names(desk)
    desk.page.get_by_role("link", name="L’Étape (exemple)", exact=True).click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("L’Étape (exemple)")
    desk.page.go_back()
    assert names(desk) == found


def test_a_commune_is_completed_with_the_keyboard(desk: Walk, directory: Services) -> None:
    desk.go("/")
    field = desk.page.get_by_label("La commune de la personne")
    field.press_sequentially("voir")
    expect(desk.page.get_by_role("option", name="Voiron")).to_be_visible()
    field.press("ArrowDown")
    expect(desk.page.get_by_role("option", name="Voiron")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("Voiron (38)")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("Enter")
    desk.page.wait_for_url("**/recherche/r/**")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Qui répond pour Voiron")


def test_the_button_is_pressed_with_the_list_of_communes_open(desk: Walk, directory: Services) -> None:
    desk.go("/")
    desk.page.get_by_label("La commune de la personne").press_sequentially("Voiron")
    expect(desk.page.get_by_role("option", name="Voiron")).to_be_visible()
    button = desk.page.get_by_role("button", name="Chercher", exact=True)
    button.hover()  # refused where something hides it
    desk.page.mouse.down()
    desk.page.wait_for_timeout(600)  # a slow hand
    desk.page.mouse.up()
    desk.page.wait_for_url("**/recherche/r/**")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Qui répond pour Voiron")


def test_a_filter_refreshes_without_reloading_and_says_so(desk: Walk, directory: Services) -> None:
    search(desk, "", "Grenoble")
    desk.page.evaluate("window.stillHere = true")
    address = desk.page.url
    choose(desk, "femmes")
    expect(desk.page.get_by_role("list", name="Compris")).to_contain_text("Femmes")
    assert desk.page.evaluate("window.stillHere")
    assert desk.page.url != address
    assert "femmes" not in desk.page.url
    expect(desk.page.locator("#annonce")).to_contain_text(f"{len(names(desk))} service")
    assert desk.page.evaluate("document.activeElement.id") == "f-public-femmes"


def test_a_chip_removes_what_was_understood(desk: Walk, directory: Services) -> None:
    search(desk, "étape", "Grenoble")
    desk.page.get_by_role("link", name="Retirer « étape »").click()
    expect(desk.page.get_by_role("list", name="Compris")).not_to_contain_text("étape")


def test_filters_work_without_a_script(without_script: Walk, directory: Services) -> None:
    search(without_script, "", "Grenoble")
    everything = len(names(without_script))
    choose(without_script, "hommes")
    without_script.page.get_by_role("button", name="Appliquer").click()
    without_script.page.wait_for_url("**/recherche/r/**")
    assert 0 < len(names(without_script)) < everything
    expect(without_script.page.locator("#carte")).to_be_hidden()


def test_the_map_repeats_the_numbers_of_the_list(desk: Walk, directory: Services) -> None:
    search(desk, "", "Grenoble")
    marker = desk.page.locator(".m-marker").first
    expect(marker).to_be_visible()
    drawn = desk.page.locator(".m-marker").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    listed = desk.page.locator("[data-lon]").evaluate_all("all => all.map(one => one.dataset.name)")
    assert all(any(name in label for label in drawn) for name in listed)
    assert desk.page.locator("#carte path").count() > 2


def test_a_marker_leads_to_its_entry_with_the_keyboard(desk: Walk, directory: Services) -> None:
    search(desk, "étape", "Grenoble")
    marker = desk.page.get_by_role("button", name="Service 1, L’Étape (exemple)")
    marker.focus()
    marker.press("Enter")
    expect(desk.page.get_by_role("link", name="L’Étape (exemple)", exact=True)).to_be_focused()


def test_services_at_one_place_share_a_marker_and_a_list(desk: Walk, directory: Services) -> None:
    for number in range(3):
        service = ServiceFactory(name=f"Guichet {number} (exemple)")
        PlaceFactory(service=service, point=(5.7245, 45.1885))
    indexing.rebuild()
    search(desk, "", "Grenoble")
    desk.page.locator(".m-marker--many").first.click()
    for _zoom in range(3):  # as near as the map goes, then the list
        if desk.page.locator(".m-marker__list").count():
            break
        desk.page.wait_for_timeout(500)
        desk.page.locator(".m-marker--many").first.click()
    button = desk.page.locator(".m-marker__list button").last
    name = button.inner_text().split(". ", 1)[1]
    button.click()
    expect(desk.page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_the_map_waits_to_be_asked_for_on_a_phone(phone: Walk, directory: Services) -> None:
    fetched: list[str] = []
    phone.page.on("request", lambda request: fetched.append(request.url))
    search(phone, "", "Grenoble")
    expect(phone.page.get_by_role("button", name="Afficher la carte")).to_be_visible()
    assert not [url for url in fetched if "leaflet" in url or "carte-" in url]
    phone.page.get_by_role("button", name="Afficher la carte").click()
    expect(phone.page.locator(".m-marker").first).to_be_visible()


def test_filters_and_question_are_drawers_on_a_phone(phone: Walk, directory: Services) -> None:
    search(phone, "", "Grenoble")
    expect(phone.page.locator("#filtres")).to_be_hidden()
    phone.page.get_by_role("button", name="Filtrer").click()
    expect(phone.page.locator("#filtres")).to_be_visible()
    expect(phone.page.locator("a.m-exit")).to_be_visible()
    choose(phone, "femmes")
    expect(phone.page.locator("#annonce")).to_contain_text("service")
    phone.page.locator("#filtres").get_by_role("button", name="Fermer").click()
    expect(phone.page.get_by_role("list", name="Compris")).to_contain_text("Femmes")


def test_a_place_told_by_phone_is_drawn_apart(desk: Walk, directory: Services) -> None:
    search(desk, "cellule", "Bourgoin-Jallieu")
    expect(desk.page.locator(".m-marker--approximate").first).to_be_visible()
    expect(desk.page.locator("#carte figcaption")).to_contain_text("placé à la mairie")


def test_the_whole_search_works_with_the_keyboard_alone(desk: Walk, directory: Services) -> None:
    desk.go("/")
    keyboard = desk.page.keyboard
    keyboard.press("Tab")
    expect(desk.page.get_by_role("link", name="Contenu")).to_be_focused()
    keyboard.press("Enter")
    for _field in range(10):
        keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.id") == "q":
            break
    keyboard.type("étape")
    keyboard.press("Tab")
    keyboard.type("Grenoble")
    keyboard.press("Enter")
    desk.page.wait_for_url("**/recherche/r/**")
    for _stop in range(60):
        keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.textContent") == "L’Étape (exemple)":
            break
    keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("L’Étape (exemple)")
