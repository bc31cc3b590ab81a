"""A block of services on a page, and the same desk of two departments."""

from typing import Any

from django.test import Client
from django.utils import timezone

from cms.blocks import Body
from cms.live_services import LiveList, live_list
from cms.reading import Reading, sealed_place
from directory.gazetteer import resolve
from directory.models import Service
from directory.visibility import ANONYMOUS, Viewer
from search import indexing
from tests.factories import ServiceFactory
from tests.pages import make_reflex
from tests.territory import EMBRUN, department

CRIP_05, CRIP_38 = "+33465710005", "+33465710038"


def value(**values: Any) -> Any:
    block = Body().child_blocks["services"]
    return block.to_python(block.meta.preview_value | {"fallback": []} | values)


def reading(place: str = "", viewer: Viewer = ANONYMOUS) -> Reading:
    here = Reading(viewer, timezone.now(), "/guides/essai/", place_text=place)
    here.place = resolve(place)
    return here


def live(place: str = "", viewer: Viewer = ANONYMOUS, **values: Any) -> LiveList:
    indexing.rebuild()
    return live_list(value(**values), reading(place, viewer))


def names(found: LiveList) -> list[str]:
    return [one.card.name for one in found.results]


def crip(code: str, phone: str, **values: Any) -> Service:
    named = {"name": f"CRIP {code} (exemple)", "department": code, "coverage": [department(code)]} | values
    return ServiceFactory(type_slug="crip", phone=phone, **named)


def page_with_block(**values: Any) -> Any:
    return make_reflex(body=[("services", Body().child_blocks["services"].meta.preview_value | values)])


def read(page: Any, place: str = "", client: Client | None = None) -> str:
    data = {"ici": sealed_place(place)} if place else {}
    return (client or Client()).get(page.address, data).content.decode()


def two_desks() -> tuple[Service, Service]:
    """The same desk of two departments, that of Isère with an office nearer to Embrun."""
    return crip("05", CRIP_05), crip("38", CRIP_38, at=EMBRUN)
