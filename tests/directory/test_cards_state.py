"""Open, closed, verified, reachable: what a card says of a service; what the database refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import Contact
from tests.directory.card_tools import EXACT, MONDAY_10, at_address, card
from tests.factories import (
    ActorTypeFactory,
    ContactFactory,
    PlaceFactory,
    ServiceFactory,
)
from tests.territory import GRENOBLE, VOIRON

pytestmark = pytest.mark.django_db


# --- State and hours ------------------------------------------------------------------------------


def test_open_by_its_own_hours_else_by_those_of_its_places() -> None:
    service = at_address("publique")
    shown = card(service, at=MONDAY_10)
    assert shown.open.state == "open"
    assert shown.open.closes_at.hour == 12
    service.hours = "Mo-Fr 14:00-17:00"
    service.save()
    shown = card(service, at=MONDAY_10)
    assert shown.open.state == "closed"
    assert shown.open.next_opening.hour == 14


def test_hours_that_nobody_wrote_are_unknown_and_an_appointment_is_said() -> None:
    assert card(ServiceFactory()).open.state == "unknown"
    assert card(ServiceFactory(by_appointment=True)).open.label == "Sur rendez-vous"
    service = ServiceFactory()
    PlaceFactory(service=service, by_appointment=True)
    assert card(service).open.by_appointment


def test_the_hours_of_a_place_never_shown_open_nothing() -> None:
    service = ServiceFactory()
    PlaceFactory(service=service, never=True, hours="24/7")
    assert card(service).open.state == "unknown"


def test_the_time_is_that_of_the_place() -> None:
    service = ServiceFactory(department="974", hours="Mo-Fr 08:00-12:00")
    PlaceFactory(service=service, commune__insee="97411")
    assert card(service, at=MONDAY_10).open.state == "closed"  # 13 h in Saint-Denis


@pytest.mark.parametrize(
    ("values", "state", "is_open", "message"),
    [
        ({"state": "suspendu"}, "suspendu", False, "Travaux."),
        ({"state": "ferme"}, "ferme", False, "Travaux."),
        ({"state": "actif"}, "actif", True, ""),
        ({"closed_from": date(2026, 11, 20), "closed_until": date(2026, 11, 23)}, "actif", False, "Travaux."),
        ({"closed_until": date(2026, 11, 25)}, "actif", False, "Travaux."),
        ({"closed_from": date(2026, 12, 20), "closed_until": date(2026, 12, 31)}, "actif", True, "Travaux."),
        ({"closed_from": date(2026, 11, 1), "closed_until": date(2026, 11, 22)}, "actif", True, ""),
        ({"state": "suspendu", "closed_until": date(2026, 11, 22)}, "actif", True, ""),
        ({"state": "suspendu", "closed_from": date(2026, 12, 1)}, "suspendu", True, "Travaux."),
        ({"state": "ferme", "closed_until": date(2026, 11, 22)}, "ferme", False, "Travaux."),
    ],
)
def test_closures(values: dict[str, Any], state: str, is_open: bool, message: str) -> None:
    service = ServiceFactory(hours="Mo-Su 08:00-20:00", state_message="Travaux.", **values)
    shown = card(service, at=MONDAY_10)
    assert (shown.state, shown.open.state == "open", shown.state_message) == (state, is_open, message)
    over = state != "ferme" and not message
    assert (shown.closed_from is None and shown.closed_until is None) == (
        over or not values.keys() - {"state"}
    )


def test_closed_for_good_is_not_searched() -> None:
    assert card(ServiceFactory()).is_searchable
    assert not card(ServiceFactory(closed=True)).is_searchable
    assert not card(ServiceFactory(organisation__is_open=False)).is_searchable


def test_what_a_service_does_not_say_its_type_says() -> None:
    kind = ActorTypeFactory(slug="crip", out_of_hours="Appeler le numéro national.")
    assert card(ServiceFactory(type=kind)).fallback == ("119",)
    assert card(ServiceFactory(type=kind)).out_of_hours == "Appeler le numéro national."
    own = ServiceFactory(type=kind, fallback=["17"], out_of_hours="Laisser un message.")
    assert (card(own).fallback, card(own).out_of_hours) == (("17",), "Laisser un message.")


def test_verification() -> None:
    today = timezone.localdate()
    shown = card(ServiceFactory(verified_on=today - timedelta(days=500), verify_every=6))
    assert shown.freshness.is_stale
    assert shown.recheck_on < today
    never = card(ServiceFactory(never_verified=True))
    assert (never.freshness.slug, never.recheck_on) == ("jamais-verifie", None)


def test_own_fields_of_the_type_only() -> None:
    kind = ActorTypeFactory(slug="leao", own_fields=[{"slug": "label", "label": "Label"}])
    service = ServiceFactory(type=kind, details={"label": "Oui", "ancien-champ": "x", "groupes": ""})
    assert card(service).details == (("Label", "Oui"),)


@pytest.mark.parametrize(
    ("kind", "value", "href", "display"),
    [
        ("telephone", "+33465710012", "tel:+33465710012", "04 65 71 00 12"),
        ("sms", "114", "sms:114", "114"),
        ("courriel", "a@exemple.example", "mailto:a@exemple.example", "a@exemple.example"),
        ("site", "https://exemple.example/", "https://exemple.example/", "https://exemple.example/"),
        ("site", "javascript:alert(1)", "", "javascript:alert(1)"),
    ],
)
def test_contacts_are_ready_for_a_link(kind: str, value: str, href: str, display: str) -> None:
    service = ServiceFactory()
    Contact.objects.create(service=service, kind=kind, value=value)
    (shown,) = card(service).contacts
    assert (shown.href, shown.display) == (href, display)
    assert shown.label == Contact.Kind(kind).label
    assert bool(card(service).phones) == (kind == "telephone")


def test_order_is_that_of_the_entry() -> None:
    service = ServiceFactory()
    for order, insee in ((2, VOIRON), (1, GRENOBLE)):
        PlaceFactory(service=service, commune__insee=insee, sort_order=order)
        ContactFactory(service=service, label=insee, sort_order=order)
    assert [place.commune.insee for place in card(service).places] == [GRENOBLE, VOIRON]
    assert [contact.label for contact in card(service).contacts] == [GRENOBLE, VOIRON]


# --- What the database itself refuses -------------------------------------------------------------


@pytest.mark.parametrize(
    "stored",
    [
        {"street": "12 rue des Lilas"},
        {"postal_code": "38000"},
        {"label": "x"},
        {"complement": "x"},
        {"point": EXACT},
    ],
)
def test_a_place_never_shown_stores_nothing_that_locates_it(stored: dict[str, Any]) -> None:
    service = ServiceFactory()
    with pytest.raises(IntegrityError, match="never_shown_is_not_stored"), transaction.atomic():
        PlaceFactory(service=service, never=True, **stored)
    PlaceFactory(service=service, never=True)


def test_ages_are_in_order() -> None:
    ServiceFactory(age_min=18, age_max=18)
    ServiceFactory(age_min=18)
    ServiceFactory(age_max=17)
    with pytest.raises(IntegrityError, match="service_ages"), transaction.atomic():
        ServiceFactory(age_min=18, age_max=17)


def test_an_imported_entry_is_one() -> None:
    ServiceFactory(source="dila", source_id="a")
    ServiceFactory(source="", source_id="")
    ServiceFactory(source="", source_id="")
    with pytest.raises(IntegrityError, match="service_source"), transaction.atomic():
        ServiceFactory(source="dila", source_id="a")
