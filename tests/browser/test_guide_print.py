"""A chapter printed from the browser: nothing to press, nothing folded, terms explained in the sentence."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.guide_site import GuideSite

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_chapter_prints_what_a_reader_needs_and_nothing_to_press(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    for gone in ("a.m-exit", ".m-head nav", "#sommaire", "main form", ".m-ends", ".m-paper", ".m-tree__ask"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".m-tree__lines")).to_be_visible()
    expect(page.locator(".m-tree__lines")).to_contain_text("Passez à la question 2.")


def test_terms_are_explained_in_parentheses(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    meaning = page.locator("#mot-crip")
    expect(meaning).to_be_visible()
    inside = "one => [getComputedStyle(one, '::before').content, getComputedStyle(one, '::after').content]"
    assert meaning.evaluate(inside) == ['" ("', '")"']
    assert meaning.evaluate("one => getComputedStyle(one).position") == "static"
    assert meaning.get_by_role("link").count() == 0


def test_numbers_are_dark_on_white(reader: Walk, guides: GuideSite) -> None:
    page = reader.go(guides.addresses["chapter"]).page
    page.emulate_media(media="print")
    for phone in page.locator(".m-phone:visible").all():
        colours = phone.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
