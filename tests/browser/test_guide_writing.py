"""Somebody who writes: a chapter with a live block in the real form, checks, a preview; the style guide."""

import re

import pytest
from playwright.sync_api import Page, expect

from cms.blocks import SiteBody
from cms.models import ChapterPage, GuidePage
from tests.browser.axe import faults
from tests.browser.conftest import Walk
from tests.browser.guide_site import GuideSite
from tests.directory.admin_tools import administrator, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
STYLEGUIDE = "/gestion/styleguide/"


@pytest.fixture
def writer(reader: Walk, guides: GuideSite) -> Walk:
    session = signed_in(administrator()).cookies["sessionid"].value
    reader.page.context.add_cookies([{"name": "sessionid", "value": session, "url": guides.url}])
    return reader


@pytest.fixture
def form(writer: Walk) -> Page:
    """The empty form of a new chapter."""
    return writer.go(f"/gestion/pages/add/cms/chapterpage/{GuidePage.objects.get().pk}/").page


def add_block(page: Page, label: str) -> None:
    page.get_by_role("button", name="Insérer un bloc").last.click()
    page.get_by_role("option", name=re.compile(rf"^{label}")).click()


def save_draft(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer le brouillon").click()


def test_a_chapter_with_a_live_block_is_made_checked_and_seen(form: Page, reader: Walk) -> None:
    form.locator("[name=title]").fill("Qui contacter")
    add_block(form, "Services de l’annuaire")
    form.locator("[name=body-0-value-title]").fill("Qui recueille une inquiétude")
    types = form.locator("[name=body-0-value-types]")
    types.and_(form.get_by_label("CRIP — Cellule")).check()
    types.and_(form.get_by_label("ASE — Aide sociale")).check()
    save_draft(form)
    expect(types.and_(form.get_by_label("CRIP — Cellule"))).to_be_checked()
    expect(form.locator(".m-checks--told")).to_contain_text("Pas encore relu")
    form.locator("[data-side-panel-toggle=preview]").click()
    frame = form.frame_locator("[data-side-panel=preview] iframe").last
    expect(frame.get_by_role("heading", name="Qui recueille une inquiétude")).to_be_visible()
    expect(frame.get_by_label("Commune où vit la personne")).to_be_visible()
    made = ChapterPage.objects.get(slug="qui-contacter")
    assert not made.live
    assert sorted(made.get_latest_revision_as_object().body[0].value["types"]) == ["ase", "crip"]
    assert reader.strangers == []
    assert reader.complaints == []


def test_a_typed_number_is_refused_and_nothing_is_lost(form: Page) -> None:
    form.locator("[name=title]").fill("Numéros du soir")
    add_block(form, "Texte")
    written = form.locator("[data-streamfield-child] [role=textbox]")
    written.press_sequentially("Appelez le 04 76 00 00 00 dans la journée.")
    expect(form.locator("[name=body-0-value]")).to_have_value(re.compile("dans la journée"))
    save_draft(form)
    expect(form.get_by_text("ajoutez le bloc « Numéros nationaux »").first).to_be_visible()
    expect(form.locator("[name=title]")).to_have_value("Numéros du soir")
    expect(written).to_contain_text("Appelez le 04 76 00 00 00 dans la journée.")
    assert not ChapterPage.objects.filter(title="Numéros du soir").exists()


@pytest.mark.parametrize("address", [STYLEGUIDE, f"{STYLEGUIDE}?papier=1"], ids=["screen", "paper"])
def test_every_block_is_shown_and_accessible(writer: Walk, address: str) -> None:
    page = writer.go(address).page
    for name, block in SiteBody().child_blocks.items():
        sample = page.locator(f"#bloc-{name}")
        expect(sample).to_be_visible()
        expect(sample).to_contain_text(str(block.label))
        if getattr(block.meta, "preview_value", None) is not None:
            assert sample.locator(":scope > *").count() > 1, name
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert writer.overflow() == 0
    assert faults(page) == []
    assert writer.strangers == []
    assert writer.complaints == []


def test_whoever_is_not_signed_in_does_not_see_it(reader: Walk, guides: GuideSite) -> None:
    reader.go(STYLEGUIDE)
    assert reader.path.startswith("/connexion/")
