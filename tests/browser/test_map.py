"""The map in a real browser: what the other pages hold, asked for as it is looked at; streets."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Response, expect
from pytest_django import Settings

from directory.models import Service
from search import indexing
from search.map_points import MOST_POINTS
from search.tokens import seal
from tests.browser.axe import faults
from tests.browser.conftest import Walk
from tests.cms.upstream import Upstream, serving
from tests.factories import OrganisationFactory, PlaceFactory, ServiceFactory
from tests.territory import GRENOBLE

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 260


@pytest.fixture
def crowd(directory: dict[str, Service]) -> None:
    """More services around Grenoble than a map is given, and a page lists."""
    organisation = OrganisationFactory()
    for number in range(MANY):
        service = ServiceFactory(name=f"Point {number:03d}", organisation=organisation)
        point = (5.62 + number % 20 / 80, 45.08 + number // 20 / 60)
        PlaceFactory(service=service, commune__insee=GRENOBLE, point=point)
    indexing.rebuild()


def open_results(walk: Walk) -> list[dict[str, Any]]:
    """The answers of the map, as they come."""
    answers: list[dict[str, Any]] = []

    def hear(response: Response) -> None:
        if "/api/v1/map" in response.url:
            answers.append(response.json())

    walk.page.on("requestfinished", lambda request: hear(request.response()))
    walk.go("/recherche/r/" + seal({"lieu": ["Grenoble"]}) + "/")
    return answers


def counts(walk: Walk) -> list[int]:
    return [int(text) for text in walk.page.locator(".m-disc--many").all_inner_texts()]


def test_a_page_is_given_few_points_of_many(desk: Walk, crowd: None) -> None:
    answers = open_results(desk)
    expect(desk.page.locator(".m-disc").first).to_be_visible()
    desk.page.wait_for_load_state("networkidle")
    assert len(desk.page.content()) < 200_000
    answer = answers[-1]
    assert len(answer["points"]) + len(answer["clusters"]) < MOST_POINTS < answer["total"]
    assert sum(counts(desk)) + desk.page.locator(".m-disc:not(.m-disc--many)").count() == answer["total"]
    expect(desk.page.locator("[data-map-said]")).to_contain_text(f"{answer['total']} autres services")
    assert faults(desk.page) == []
    assert (desk.strangers, desk.complaints) == ([], [])
    assert desk.page.context.cookies() == []


def test_zooming_in_parts_them_down_to_a_name(desk: Walk, crowd: None) -> None:
    answers = open_results(desk)
    disc = desk.page.locator(".m-disc--many").first
    expect(disc).to_be_visible()
    most = max(counts(desk))
    for _zoom in range(6):
        asked = len(answers)
        disc.focus()
        disc.press("Enter")
        desk.page.wait_for_timeout(1200)
        if desk.page.locator(".m-disc:not(.m-disc--many)").count() or len(answers) == asked:
            break
        assert desk.page.evaluate("document.activeElement.hasAttribute('data-map-view')")
    assert max([*counts(desk), 1]) < most
    single = desk.page.locator(".m-disc:not(.m-disc--many)").first
    name = single.get_attribute("aria-label")
    single.focus()
    single.press("Enter")
    link = desk.page.locator(".m-marker__list a")
    expect(link).to_be_focused()
    expect(link).to_have_text(str(name))
    assert faults(desk.page) == []
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(str(name))


def test_nothing_is_asked_before_the_map_is_opened(phone: Walk, crowd: None) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    open_results(phone)
    phone.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/api/v1/map" in url] == []
    phone.page.get_by_role("button", name="Afficher la carte").click()
    expect(phone.page.locator(".m-disc").first).to_be_visible()
    assert len([url for url in asked if "/api/v1/map" in url]) == 1
    assert faults(phone.page) == []
    assert phone.overflow() == 0


def test_a_list_of_one_page_asks_for_nothing_more(desk: Walk, directory: dict[str, Service]) -> None:
    answers = open_results(desk)
    expect(desk.page.locator(".m-marker").first).to_be_visible()
    desk.page.wait_for_load_state("networkidle")
    assert (answers, desk.page.locator("[data-others]").count()) == ([], 0)


# --- Streets ------------------------------------------------------------------------------------------------


def picture(side: int) -> bytes:
    """A grey PNG."""
    rows = zlib.compress((b"\0" + b"\xdd" * side) * side)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def upstream(settings: Settings, tmp_path: Path) -> Iterator[Upstream]:
    with serving(Upstream(body=picture(256))) as upstream:
        settings.MAP_TILES_UPSTREAM = upstream.address + "/{z}/{x}/{y}.png"
        settings.MAP_TILES_ATTRIBUTION = "© des contributeurs https://tuiles.example/licence"
        settings.MAP_TILES_DIR = tmp_path
        yield upstream


def test_streets_come_from_our_own_address(
    desk: Walk, directory: dict[str, Service], upstream: Upstream
) -> None:
    open_results(desk)
    expect(desk.page.locator(".m-map--streets")).to_be_visible()
    desk.page.wait_for_load_state("networkidle")
    assert upstream.paths
    assert desk.strangers == []
    credit = desk.page.locator("#carte .m-map__credit a")
    expect(credit).to_be_visible()
    assert credit.get_attribute("href") == "https://tuiles.example/licence"
    expect(desk.page.locator("#carte .leaflet-land-pane")).to_be_hidden()
    assert faults(desk.page) == []


def test_without_streets_the_outlines_stand(
    desk: Walk, directory: dict[str, Service], upstream: Upstream
) -> None:
    upstream.reply(status=503, body=b"")
    open_results(desk)
    expect(desk.page.locator(".m-marker").first).to_be_visible()
    desk.page.wait_for_load_state("networkidle")
    assert desk.page.locator(".m-map--streets").count() == 0
    expect(desk.page.locator("#carte .leaflet-land-pane path").first).to_be_visible()
    assert len(upstream.paths) <= 4  # those under way when it failed, and none after
