"""Every kind of page of the editors, in a real browser: accessible, narrow enough, discreet, printable."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import faults
from tests.browser.conftest import Walk
from tests.browser.guide_site import GuideSite

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("home", "shelf", "guide", "chapter", "next chapter", "reflex sheet", "measure", "resource",
         "standard", "safety", "accessibility", "legal", "privacy")  # fmt: skip
each_page = pytest.mark.parametrize("name", PAGES)

# Alone on its line: a target of 44 px. Inside a sentence, the line is enough (WCAG 2.5.8).
SMALL_TARGETS = """all => all.filter(one => {
  if (one.matches('.m-text a')) return false;
  const line = one.closest('p, li, dd, td, figcaption');
  const alone = !line || line.innerText.trim() === one.innerText.trim();
  const inline = getComputedStyle(one).display.startsWith('inline');
  return (alone || !inline) && one.getBoundingClientRect().height < 43.5;
}).map(one => one.outerHTML.slice(0, 120))"""
# Beyond the window, or hidden by a box that does not scroll.
CUT = """() => [...document.querySelectorAll('main *, .m-exit')].filter(one => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || one.closest('.fr-sr-only, .m-table, svg, [popover]')) return false;
  const hides = ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
  return hides || box.right > innerWidth + 1 || box.left < -1;
}).map(one => one.outerHTML.slice(0, 120))"""


@each_page
def test_it_is_accessible_fits_and_talks_to_nobody_else(reader: Walk, guides: GuideSite, name: str) -> None:
    reader.go(guides.addresses[name])
    assert faults(reader.page) == []
    reader.page.set_viewport_size({"width": 360, "height": 740})
    assert reader.overflow() == 0
    assert faults(reader.page) == []
    reader.page.set_viewport_size({"width": 320, "height": 740})  # a desk at 400 %
    assert reader.overflow() == 0
    assert reader.page.evaluate(CUT) == []
    assert reader.strangers == []
    assert reader.complaints == []
    assert reader.page.context.cookies() == []


def test_what_is_pressed_is_large_enough_for_a_finger(reader_on_phone: Walk, guides: GuideSite) -> None:
    for name in PAGES:
        reader_on_phone.go(guides.addresses[name])
        pressed = reader_on_phone.page.locator(
            "main :is(a, button, summary, input, select):not(.m-term):visible"
        )
        assert pressed.evaluate_all(SMALL_TARGETS) == [], name


def test_at_200_percent_nothing_is_cut(chromium: Browser, guides: GuideSite) -> None:
    context = chromium.new_context(
        locale="fr-FR", viewport={"width": 640, "height": 450}, device_scale_factor=2
    )
    walk = Walk(context.new_page(), guides.url)
    for name in PAGES:
        walk.go(guides.addresses[name])
        assert walk.overflow() == 0, name
        assert walk.page.evaluate(CUT) == [], name
    context.close()


def test_a_chapter_opened_everywhere_is_accessible(reader_on_phone: Walk, guides: GuideSite) -> None:
    page = reader_on_phone.go(guides.addresses["chapter"]).page
    page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    page.get_by_role("button", name="CRIP (définition)").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Les 2 chapitres").click()
    assert faults(page) == []
    assert reader_on_phone.overflow() == 0


def test_services_of_a_commune_are_accessible(reader_on_phone: Walk, guides: GuideSite) -> None:
    page = reader_on_phone.go(guides.addresses["chapter"]).page
    page.get_by_label("Commune où vit la personne").press_sequentially("voir")
    page.get_by_role("option", name="Voiron").tap()
    page.get_by_role("button", name="Voir qui répond").tap()
    page.get_by_role("link", name="Cellule d’Isère (exemple)", exact=True).wait_for()
    assert faults(page) == []
    assert reader_on_phone.overflow() == 0
    pressed = page.locator(".m-live :is(a, button, input):visible")
    assert pressed.evaluate_all(SMALL_TARGETS) == []


def test_a_chapter_prints_what_a_reader_needs_and_nothing_to_press(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    for gone in ("a.m-exit", ".m-head nav", "#sommaire", "main form", ".m-ends", ".m-paper", ".m-tree__ask"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".m-tree__lines")).to_be_visible()
    expect(page.get_by_text("Le même arbre, en texte")).to_be_hidden()
    expect(page.locator(".m-tree__lines")).to_contain_text("Passez à la question 2.")


def test_terms_are_explained_in_parentheses(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    meaning = page.locator("#mot-crip")
    expect(meaning).to_be_visible()
    inside = "one => [getComputedStyle(one, '::before').content, getComputedStyle(one, '::after').content]"
    assert meaning.evaluate(inside) == ['" ("', '")"']
    assert meaning.evaluate("one => getComputedStyle(one).position") == "static"
    assert meaning.inner_text().strip() == "Cellule de recueil des informations préoccupantes"
    assert meaning.get_by_role("link").count() == 0


def test_numbers_are_dark_on_white(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    for phone in page.locator(".m-phone:visible").all():
        colours = phone.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
