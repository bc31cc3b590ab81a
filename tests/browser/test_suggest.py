"""The box that completes what is typed, in a real browser: keyboard, screen reader, phone, no trace."""

import pytest
from playwright.sync_api import Locator, expect

from directory.models import LexiconEntry, Service
from tests.browser.axe import faults
from tests.browser.conftest import Walk

pytestmark = pytest.mark.django_db(transaction=True)

Services = dict[str, Service]


@pytest.fixture(autouse=True)
def _known(directory: Services) -> None:
    LexiconEntry.objects.create(words=["écoute psychologique"], concepts=["s:ecoute-psy"])
    LexiconEntry.objects.create(words=["voir un médecin"], concepts=["s:soins"])


def box(walk: Walk) -> Locator:
    return walk.go("/").page.get_by_label("La situation")


def typed(walk: Walk, text: str) -> Locator:
    """The box, with its list open."""
    field = box(walk)
    field.press_sequentially(text)
    expect(options(walk).first).to_be_visible()
    return field


def options(walk: Walk) -> Locator:
    return walk.page.get_by_role("listbox", name="Propositions").get_by_role("option")


def test_a_situation_is_completed_with_the_keyboard(desk: Walk) -> None:
    field = typed(desk, "besoin d’écou")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options(desk).first).to_have_text("écoute psychologiqueSituation · Écoute psychologique")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options(desk).first.get_attribute("id") or "")
    field.press("Enter")
    expect(field).to_have_value("besoin d’écoute psychologique")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()


def test_a_late_answer_leaves_what_was_chosen(desk: Walk) -> None:
    """On a slow network, the answer to the last letter comes after the arrows."""
    field = typed(desk, "besoin d’éco")
    field.press("ArrowDown")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")
    with desk.page.expect_response("**/suggest*"):
        field.press_sequentially("u")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options(desk).first.get_attribute("id") or "")
    field.press("Enter")
    expect(field).to_have_value("besoin d’écoute psychologique")


def test_arrows_go_round_and_other_keys_edit_the_text(desk: Walk) -> None:
    field = typed(desk, "lieu d’éc")
    count = options(desk).count()
    field.press("ArrowUp")
    expect(options(desk).nth(count - 1)).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")
    for key, place in (("Home", 0), ("End", 9)):
        field.press(key)
        assert field.evaluate("field => field.selectionStart") == place


def test_escape_closes_the_list_and_keeps_the_text(desk: Walk) -> None:
    field = typed(desk, "écou")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("écou")
    assert desk.path == "/"
    field.press("ArrowDown")
    expect(options(desk).first).to_be_visible()
    field.press("Tab")
    expect(options(desk)).to_have_count(0)


def test_the_way_out_answers_with_the_list_open(desk: Walk) -> None:
    desk.page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="out"))
    field = typed(desk, "écou")
    for _press in range(3):
        field.press("Shift")
    desk.page.wait_for_url("https://www.wikipedia.org/**")


def test_enter_searches_what_was_typed_as_before(desk: Walk) -> None:
    field = typed(desk, "écou")
    field.press("Enter")
    desk.page.wait_for_url("**/recherche/r/**")
    expect(desk.page.get_by_label("La situation")).to_have_value("écou")


def test_a_commune_goes_to_its_field_and_is_said(desk: Walk) -> None:
    field = typed(desk, "écoute à voiro")
    options(desk).get_by_text("Voiron (38)").click()
    expect(field).to_have_value("écoute")
    expect(desk.page.get_by_label("La commune de la personne")).to_have_value("Voiron (38)")
    expect(status(desk)).to_have_text("Commune de la personne : Voiron (38)")
    field.press("Enter")
    desk.page.wait_for_url("**/recherche/r/**")
    expect(desk.page.get_by_label("La commune de la personne")).to_have_value("Voiron (38)")


def status(walk: Walk) -> Locator:
    return walk.page.locator("[data-combobox=question] [role=status]")


def test_the_number_of_suggestions_is_said(desk: Walk) -> None:
    typed(desk, "traver")
    expect(status(desk)).to_have_text("1 proposition, flèches pour choisir")
    expect(options(desk)).to_have_text(["La Traverse (exemple)Organisation"])
    box(desk).press_sequentially("voi")
    expect(status(desk)).to_have_text("2 propositions, flèches pour choisir")


def test_what_is_reserved_is_proposed_to_nobody(desk: Walk) -> None:
    """Its organisation has nothing else."""
    reserved = Service.objects.get(name="Réservé (exemple)")
    typed(desk, reserved.organisation.name[:9] + " vo")  # « Associati vo »: the commune only
    expect(options(desk)).not_to_contain_text([reserved.organisation.name])


def test_no_address_holds_what_is_typed(desk: Walk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    typed(desk, "traverse")
    assert any(url.endswith("/api/v1/suggest") for url in asked)
    assert [url for url in asked if "trav" in url] == []
    assert desk.strangers == []
    assert desk.complaints == []
    assert desk.page.context.cookies() == []


@pytest.mark.parametrize("walk", ["desk", "phone"])
def test_the_open_list_is_accessible(walk: str, request: pytest.FixtureRequest) -> None:
    tab: Walk = request.getfixturevalue(walk)
    field = typed(tab, "voi")
    field.press("ArrowDown")
    assert faults(tab.page) == []
    assert tab.overflow() == 0


def test_on_a_phone_the_button_stays_in_reach(phone: Walk) -> None:
    typed(phone, "écou")
    below = phone.page.locator(".m-options:visible").bounding_box()
    button = phone.page.get_by_role("button", name="Chercher", exact=True)
    place = button.bounding_box()
    assert below
    assert place
    assert place["y"] >= below["y"] + below["height"]
    button.tap()
    phone.page.wait_for_url("**/recherche/r/**")


def test_a_finger_chooses(phone: Walk) -> None:
    field = typed(phone, "écou")
    options(phone).first.tap()
    expect(field).to_have_value("écoute psychologique")
    expect(options(phone)).to_have_count(0)


def test_the_drawer_of_the_results_stays_open_when_the_list_closes(phone: Walk) -> None:
    field = typed(phone, "écou")
    field.press("Enter")
    phone.page.wait_for_url("**/recherche/r/**")
    phone.page.get_by_role("button", name="Modifier").click()
    field = phone.page.get_by_label("La situation")
    field.press("End")
    field.press_sequentially("t")
    expect(options(phone).first).to_be_visible()
    field.press("Escape")
    expect(options(phone)).to_have_count(0)
    expect(field).to_be_visible()


def test_without_a_script_it_is_a_plain_field(without_script: Walk) -> None:
    field = box(without_script)
    assert field.get_attribute("role") is None
    field.fill("écoute")
    field.press("Enter")
    without_script.page.wait_for_url("**/recherche/r/**")
