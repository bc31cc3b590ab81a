"""The living style guide, as an administrator opens it: every block, on screen and on paper."""

import pytest
from playwright.sync_api import expect

from cms.blocks import SiteBody
from tests.browser.axe import faults
from tests.browser.conftest import Walk
from tests.browser.guide_site import GuideSite
from tests.directory.admin_tools import administrator, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/gestion/styleguide/"


@pytest.fixture
def author(reader: Walk, guides: GuideSite) -> Walk:
    session = signed_in(administrator()).cookies["sessionid"].value
    reader.page.context.add_cookies([{"name": "sessionid", "value": session, "url": guides.url}])
    return reader


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?papier=1"], ids=["screen", "paper"])
def test_every_block_is_shown_and_accessible(author: Walk, address: str) -> None:
    page = author.go(address).page
    for name, block in SiteBody().child_blocks.items():
        sample = page.locator(f"#bloc-{name}")
        expect(sample).to_be_visible()
        expect(sample).to_contain_text(str(block.label))
        if getattr(block.meta, "preview_value", None) is not None:
            assert sample.locator(":scope > *").count() > 1, name
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert author.overflow() == 0
    assert faults(page) == []
    assert author.strangers == []
    assert author.complaints == []


def test_whoever_is_not_signed_in_does_not_see_it(reader: Walk, guides: GuideSite) -> None:
    reader.go(ADDRESS)
    assert reader.path.startswith("/connexion/")
