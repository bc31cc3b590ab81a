"""Reading a guide with the keyboard alone: definitions, the tree, the drawer, the commune, the way out."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import Walk
from tests.browser.guide_site import GuideSite

pytestmark = pytest.mark.django_db(transaction=True)

FOCUSED = """() => {
  const { id, innerText } = document.activeElement;
  return [id, innerText.trim().replace(/\\s+/g, ' ')];
}"""


def tab_to(page: Page, text: str, most: int = 90) -> None:
    """Press Tab until what holds the focus says `text`, or has it for id."""
    for _stop in range(most):
        page.keyboard.press("Tab")
        if text in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab never reached « {text} »")


def test_a_definition_opens_leads_on_and_closes_where_one_was(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    term = page.get_by_role("button", name="CRIP (définition)")
    meaning = page.locator("#mot-crip")
    expect(meaning).to_be_hidden()
    term.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("Cellule de recueil")
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link", name="Sa fiche")).to_be_focused()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Space")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(term).to_be_focused()


def test_a_tree_opens_one_question_after_another(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["next chapter"]).page
    advice = page.locator(".m-tree__ask").get_by_text("Transmettez à la CRIP.")
    following = page.locator(".m-tree__ask").get_by_text("Avez-vous une inquiétude, même sans preuve")
    expect(following).to_be_hidden()
    tab_to(page, "Oui")
    tab_to(page, "Non, ou je ne sais pas")
    page.keyboard.press("Enter")
    expect(following).to_be_visible()
    expect(advice).to_be_hidden()
    tab_to(page, "Oui", most=1)
    page.keyboard.press("Space")
    expect(advice).to_be_visible()
    tab_to(page, "Le même arbre, en texte", most=3)
    page.keyboard.press("Enter")
    expect(page.locator(".m-tree__text").get_by_text("Passez à la question 2.")).to_be_visible()


def test_the_drawer_of_chapters_opens_and_leads(reader_on_phone: Walk, guides: GuideSite) -> None:
    page = reader_on_phone.go(guides.addresses["chapter"]).page
    drawer = page.get_by_role("navigation", name="Chapitres du guide")
    expect(drawer).to_be_hidden()
    tab_to(page, "Les 2 chapitres")
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    expect(page.locator("a.m-exit")).to_be_visible()
    tab_to(page, "Fermer", most=1)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("button", name="Les 2 chapitres")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer.get_by_role("link", name="1. Repérer les signes")).to_have_attribute("aria-current", "page")
    tab_to(page, "2. Décider", most=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + guides.addresses["next chapter"])


def test_a_commune_is_taken_kept_and_told_to_nobody(reader: Walk, guides: GuideSite) -> None:
    visited: list[str] = []
    reader.page.on("framenavigated", lambda frame: visited.append(frame.url))
    page = reader.go(guides.addresses["chapter"]).page
    tab_to(page, "lieu")
    page.keyboard.type("embr")
    expect(page.get_by_role("option", name="Embrun")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Commune où vit la personne")).to_have_value("Embrun (05)")
    page.keyboard.press("Enter")
    page.wait_for_url("**?ici=*")
    answer = page.get_by_role("region", name="Qui contacter")
    expect(answer.get_by_role("heading", level=3)).to_have_text("Cellule des Alpes (exemple)")
    expect(answer).not_to_contain_text("Isère")
    assert answer.get_by_role("link", name="Appeler Cellule des Alpes (exemple) au").count() == 1
    tab_to(page, "Décider")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{guides.addresses['next chapter']}?ici=*")
    expect(page.get_by_role("heading", level=3)).to_have_text("Cellule des Alpes (exemple)")
    page.go_back()
    expect(answer.get_by_role("heading", level=3)).to_have_text("Cellule des Alpes (exemple)")
    page.go_back()
    expect(page.get_by_role("button", name="Voir qui répond")).to_be_visible()
    assert not [url for url in visited if re.search("embr|05046|lieu=", url, re.IGNORECASE)]
    assert page.context.cookies() == []


def test_what_was_typed_and_not_understood_is_said(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.get_by_label("Commune où vit la personne").fill("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**?ici=*")
    region = page.get_by_role("region", name="Qui contacter")
    expect(region.locator(".m-note")).to_be_visible()
    expect(page.get_by_label("Commune où vit la personne")).to_have_value("zzzz")
    expect(region.get_by_role("link", name="Appeler le 119")).to_be_visible()


def test_three_presses_of_shift_leave_a_chapter(reader: Walk, guides: GuideSite, settings: Settings) -> None:
    settings.QUICK_EXIT_URL = guides.url.replace("localhost", "127.0.0.1") + "/.well-known/security.txt"
    page = reader.go(guides.addresses["chapter"]).page
    tab_to(page, "lieu")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/.well-known/security.txt")
