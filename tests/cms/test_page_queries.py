"""How often each kind of page asks the database: the same for few pages and entries as for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import models
from cms.reading import sealed_place
from directory.models import Commune
from search.indexing import rebuild
from tests import pages, territory
from tests.cms.page_tools import live_block, make_guide_with, make_numbers
from tests.factories import ActorTypeFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def _queries(path: str) -> int:
    client = Client()
    client.get(path)  # what is kept from one request to the next (content types) is asked once for all
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def _services(count: int) -> None:
    kind = ActorTypeFactory(slug="crip")
    for number in range(count):
        ServiceFactory(
            type=kind, department="05", at=territory.EMBRUN,
            coverage=[territory.department("05")], phone=f"+334657100{number:02d}",
        )  # fmt: skip
    rebuild()


def _chapter(blocks: int) -> str:
    body = [("text", "<p>Le {119} et la CRIP.</p>"), *([live_block()] * blocks)]
    guide = make_guide_with(11)
    return pages.make_chapter(guide, "douze", body).address


def _guide() -> str:
    return make_guide_with(12).address


def _shelf() -> str:
    for number in range(9):
        pages.make_guide(f"guide-{number}")
    return "/guides/"


def _measure() -> str:
    return pages.make_measure(body=[("text", "<p>Un texte.</p>")]).address


def _home() -> str:
    tiles = [pages.make_guide(f"guide-{number}").pk for number in range(3)]
    home = pages.make_home()
    home.body = models.HomePage.body.field.stream_block.to_python(
        [{"type": "pages", "value": {"title": "Lire", "pages": tiles}}]
    )
    home.save_revision().publish()
    return "/"


# The page in the tree, the page whole, and its language: 3 for all. Beyond:
MOST = {
    # its guide, the chapters, the numbers, the terms of the glossary, the types it is about
    "chapter": (lambda: _chapter(0), 8),
    # the chapters, the workflow looked for here and above (4), its approvals and its steps
    "guide": (_guide, 10),
    # what stands on it
    "shelf": (_shelf, 4),
    # its type, the terms, the types it is about
    "measure": (_measure, 6),
    # the cards of its block, the four numbers, the count of services, the terms
    "home": (_home, 7),
}
# Each block, without a place: the numbers of its types, their sheets.
A_BLOCK = 2
# With one: the types, the rules of doors, the communes under the reader's own, the search; the services with
# their places, contacts and coverage; the numbers that stand in, and those of its types.
A_BLOCK_FOR_A_COMMUNE = 11


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_little(name: str) -> None:
    make_numbers()
    make, most = MOST[name]
    assert _queries(make()) <= most


def test_live_blocks_ask_the_same_for_many_entries(communes: dict[str, Commune]) -> None:
    make_numbers()
    _services(2)
    address = _chapter(6)
    place = f"{address}?ici={sealed_place('insee:05046')}"
    nowhere, few = _queries(address), _queries(place)
    assert nowhere <= 8 + 6 * A_BLOCK
    assert few <= 9 + 6 * A_BLOCK_FOR_A_COMMUNE
    _services(28)
    assert _queries(place) == few
