"""A service with one place whose every detail can be told apart, and its card as a page would read it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.cards import ServiceCard, card_for
from directory.models import Service
from directory.visibility import ANONYMOUS, Viewer
from tests.factories import PlaceFactory, ServiceFactory

EXACT = (5.73111, 45.19222)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def card(service: Service, viewer: Viewer = ANONYMOUS, at: datetime | None = None) -> ServiceCard:
    return card_for(Service.objects.for_cards().get(pk=service.pk), viewer, at)


def at_address(visibility: str, **values: Any) -> Service:
    service = ServiceFactory(**values)
    PlaceFactory(
        service=service,
        address_visibility=visibility,
        label="Antenne nord",
        street="12 rue des Lilas",
        postal_code="38000",
        complement="2e étage",
        accessibility="Rampe côté cour",
        point=EXACT,
        hours="Mo-Fr 09:00-12:00",
    )
    return service
