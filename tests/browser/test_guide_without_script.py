"""Reading a guide where no script runs: an old telephone, a strict browser, a bad network."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.guide_site import ALTERNATIVE, GuideSite

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_tree_opens_and_is_also_there_in_text(reader_without_script: Walk, guides: GuideSite) -> None:
    page = reader_without_script.go(guides.addresses["next chapter"]).page
    tree = page.locator(".m-tree__ask")
    tree.get_by_text("Non, ou je ne sais pas").click()
    tree.get_by_text("J’hésite").click()
    expect(tree.get_by_text("Le 119 conseille.")).to_be_visible()
    page.get_by_text("Le même arbre, en texte").click()
    expect(page.locator(".m-tree__lines > li")).to_have_count(2)
    expect(page.locator(".m-tree__lines")).to_contain_text("Transmettez à la CRIP.")


def test_a_definition_opens_and_closes(reader_without_script: Walk, guides: GuideSite) -> None:
    page = reader_without_script.go(guides.addresses["chapter"]).page
    page.get_by_role("button", name="CRIP (définition)").click()
    expect(page.locator("#mot-crip")).to_be_visible()
    expect(page.locator("#mot-crip").get_by_role("link", name="Sa fiche")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#mot-crip")).to_be_hidden()


def test_chapters_are_reached_by_the_drawer_and_by_the_end_of_the_page(
    reader_without_script: Walk, guides: GuideSite
) -> None:
    page = reader_without_script.go(guides.addresses["guide"]).page
    page.get_by_role("button", name="Les 2 chapitres").click()
    page.get_by_role("navigation", name="Chapitres du guide").get_by_role("link", name="Repérer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Repérer sans se tromper")
    page.get_by_role("navigation", name="Chapitres voisins").get_by_role("link", name="Décider").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Décider")


def test_a_commune_is_posted_and_kept_in_an_address_that_tells_nothing(
    reader_without_script: Walk, guides: GuideSite
) -> None:
    page = reader_without_script.go(guides.addresses["chapter"]).page
    page.get_by_label("Commune où vit la personne").fill("Voiron")
    page.get_by_role("button", name="Voir qui répond").click()
    page.wait_for_url("**?ici=*")
    region = page.get_by_role("region", name="Qui contacter")
    expect(region.get_by_role("heading", level=3)).to_have_text("Cellule d’Isère (exemple)")
    assert "voiron" not in page.url.lower()
    region.get_by_role("button", name="Changer").click()
    expect(region.get_by_role("heading", level=3)).to_have_text("Cellule d’Isère (exemple)")
    assert page.context.cookies() == []


def test_every_block_can_be_read(reader_without_script: Walk, guides: GuideSite) -> None:
    page = reader_without_script.go(guides.addresses["chapter"]).page
    for text in ("Fugues répétées", "« Je te crois. »", "« Où dors-tu ce soir ? »", "Dans un lieu calme",
                 "Un mineur concerné est réputé en danger", "Lina, 15 ans", "Du signe au geste",
                 "La trame à remplir", "Lire ensuite"):  # fmt: skip
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_role("img", name=ALTERNATIVE)).to_be_visible()
    expect(page.locator("a.m-exit")).to_be_visible()
    expect(page.get_by_role("link", name="La trame à remplir PDF")).to_be_visible()
