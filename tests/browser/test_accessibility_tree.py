"""What a screen reader is given for a chapter: names, roles and levels, as Chromium's own tree has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.guide_site import ALTERNATIVE, GuideSite

pytestmark = pytest.mark.django_db(transaction=True)
PRESSED = ("button", "link", "textbox", "combobox", "DisclosureTriangle", "checkbox", "radio")


@dataclass(frozen=True)
class Node:
    role: str
    name: str
    level: int
    is_expanded: bool | None


@pytest.fixture(scope="module")
def chapter(chromium: Browser, guides: GuideSite) -> Iterator[Page]:
    """Read once for all the tests of this module, on a desk."""
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(guides.url + guides.addresses["chapter"])
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


@pytest.fixture(scope="module")
def nodes(chapter: Page) -> list[Node]:
    """In the order in which they are read; what is ignored is left out."""
    tree = chapter.context.new_cdp_session(chapter).send("Accessibility.getFullAXTree")["nodes"]
    by_key = {one["nodeId"]: one for one in tree}
    return [_node(one) for one in _read(tree[0], by_key) if not one["ignored"]]


@pytest.fixture(scope="module")
def outline(chapter: Page) -> str:
    return chapter.locator("main").aria_snapshot()


def _read(node: dict, by_key: dict[str, dict]) -> Iterator[dict]:
    yield node
    for key in node.get("childIds", []):
        if key in by_key:
            yield from _read(by_key[key], by_key)


def _node(raw: dict) -> Node:
    kept = {one["name"]: one["value"].get("value") for one in raw.get("properties", [])}
    return Node(
        raw.get("role", {}).get("value", ""),
        re.sub(r"\s+", " ", raw.get("name", {}).get("value", "")).strip(),
        int(kept.get("level") or 0),
        kept.get("expanded"),
    )


def named(nodes: list[Node], role: str) -> list[str]:
    return [one.name for one in nodes if one.role == role]


def test_there_is_one_title_and_no_level_is_jumped(nodes: list[Node]) -> None:
    levels = [one.level for one in nodes if one.role == "heading"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(named(nodes, "heading"))


def test_nothing_that_is_pressed_or_filled_is_without_a_name(nodes: list[Node]) -> None:
    assert [one for one in nodes if one.role in PRESSED and not one.name] == []
    assert {"button", "link", "combobox", "DisclosureTriangle"} <= {one.role for one in nodes}


def test_no_two_links_of_the_same_name_lead_to_different_pages(chapter: Page) -> None:
    found = chapter.locator("main a").evaluate_all(
        "all => all.map(one => [one.textContent.trim(), one.href])"
    )
    targets: dict[str, set[str]] = {}
    for name, address in found:
        targets.setdefault(name, set()).add(address)
    several = {name for name, addresses in targets.items() if len(addresses) > 1}
    assert several == set()


def test_a_term_is_a_button_that_says_what_it_does(nodes: list[Node]) -> None:
    assert {"CRIP (définition)", "ASE (définition)"} <= set(named(nodes, "button"))


def test_a_number_says_that_it_calls(nodes: list[Node]) -> None:
    calls = [name for name in named(nodes, "link") if name.startswith("Appeler le")]
    assert any(name.startswith("Appeler le 119 Allô enfance en danger") for name in calls)
    assert any(name.startswith("Appeler le 17 ") for name in calls)


def test_steps_are_a_list_in_order(outline: str) -> None:
    steps = outline[outline.index("1. Écouter") :]
    assert steps.index("1. Écouter") < steps.index("2. Écrire")
    assert re.search(r"- list:\n\s+- listitem:\n\s+- paragraph: 1\. Écouter", outline)


def test_the_live_block_is_a_region_with_its_field(chapter: Page) -> None:
    region = chapter.get_by_role("region", name="Qui contacter")
    assert region.get_by_role("combobox", name="Commune où vit la personne").count() == 1
    assert region.get_by_role("button", name="Voir qui répond").count() == 1


def test_the_answers_of_the_tree_say_whether_they_are_open(nodes: list[Node]) -> None:
    answers = {one.name: one.is_expanded for one in nodes if one.role == "DisclosureTriangle"}
    assert answers == {"Oui": False, "Non, ou je ne sais pas": False, "Le même arbre, en texte": False}


def test_a_table_has_its_caption_and_the_heads_of_its_columns(nodes: list[Node]) -> None:
    assert named(nodes, "table") == ["Du signe au geste"]
    assert named(nodes, "columnheader") == ["Signe", "Ce que l’on fait"]


def test_pictures_have_their_alternative_and_drawings_are_silent(nodes: list[Node]) -> None:
    assert named(nodes, "image") == [ALTERNATIVE]


def test_landmarks_are_told_apart(nodes: list[Node]) -> None:
    marks = [
        (one.role, one.name) for one in nodes if one.role in ("navigation", "main", "banner", "contentinfo")
    ]
    assert len(marks) == len(set(marks))
    assert ("navigation", "Chapitres du guide") in marks
    assert ("navigation", "Chapitres voisins") in marks


def test_where_one_is_is_said(chapter: Page) -> None:
    here = chapter.get_by_role("navigation", name="Chapitres du guide").locator("[aria-current=page]")
    assert here.inner_text().split() == ["1.", "Repérer", "les", "signes"]
