"""The only way out: what each reader is told of a service, and what nobody is."""

import ast
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

import directory
from directory import card_values
from directory.cards import NotVisible, PlaceCard, ServiceCard, card_for, card_for_index
from directory.models import Commune, Place, Service
from directory.visibility import ANONYMOUS, Kind, Viewer
from tests.directory.card_tools import EXACT, at_address, card
from tests.factories import (
    AreaFactory,
    CommuneFactory,
    ContactFactory,
    PlaceFactory,
    ServiceFactory,
)
from tests.territory import EMBRUN, GRENOBLE, VOIRON

pytestmark = pytest.mark.django_db

PRO_38 = Viewer(Kind.PROFESSIONAL, frozenset({"38"}))
PRO_05 = Viewer(Kind.PROFESSIONAL, frozenset({"05"}))
COORDINATOR_38 = Viewer(Kind.COORDINATOR, coordinates=frozenset({"38"}))
ADMINISTRATOR = Viewer(Kind.ADMINISTRATOR)
VIEWERS = {
    "anonymous": ANONYMOUS,
    "pro-38": PRO_38,
    "pro-05": PRO_05,
    "coordinator-38": COORDINATOR_38,
    "administrator": ADMINISTRATOR,
}
ENTITLED = {"pro-38", "coordinator-38", "administrator"}


# --- Places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visibility", "viewer"), list(product(("publique", "professionnels", "sur-appel", "commune"), VIEWERS))
)
def test_an_address_is_told_to_those_it_is_for(visibility: str, viewer: str) -> None:
    (place,) = card(at_address(visibility), VIEWERS[viewer]).places
    told = visibility == "publique" or (visibility == "professionnels" and viewer in ENTITLED)
    town_hall = Commune.objects.get(pk=GRENOBLE).point
    if told:
        assert place.point == EXACT
        assert place.precision == "address"
        assert (place.street, place.postal_code, place.complement) == (
            "12 rue des Lilas",
            "38000",
            "2e étage",
        )
        assert (place.label, place.accessibility) == ("Antenne nord", "Rampe côté cour")
    else:
        assert place.point == (round(town_hall.x, 5), round(town_hall.y, 5))
        assert place.precision == "commune"
        assert {place.street, place.postal_code, place.complement, place.label, place.accessibility} == {""}
    assert place.commune.insee == GRENOBLE
    assert place.hours == "Mo-Fr 09:00-12:00"
    assert place.address_is_told_by_phone == (visibility == "sur-appel")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_place_never_shown_is_nowhere(viewer: str) -> None:
    service = ServiceFactory(at=VOIRON)
    PlaceFactory(service=service, never=True, hours="Tu 09:00-12:00", hours_note="note cachée")
    shown = card(service, VIEWERS[viewer])
    assert [place.commune.insee for place in shown.places] == [VOIRON]
    assert "note cachée" not in repr(shown)


@pytest.mark.parametrize("viewer", ["pro-38", "coordinator-38", "administrator"])
def test_a_type_that_hides_has_neither_place_nor_commune(viewer: str) -> None:
    area = AreaFactory(name="Bassin (exemple)")
    shelter = ServiceFactory(hidden=True, coverage=[area, CommuneFactory(insee=EMBRUN)])
    PlaceFactory(service=shelter, never=True, commune__insee=VOIRON)
    shown = card(shelter, VIEWERS[viewer])
    assert shown.places == ()
    assert [ref.name for ref in shown.coverage] == ["Bassin (exemple)"]
    assert not {EMBRUN, VOIRON, "Embrun", "Voiron"} & set(_texts(shown))


def test_an_exact_point_that_is_not_known_is_the_town_hall_and_says_so() -> None:
    service = ServiceFactory(at=VOIRON)
    (place,) = card(service).places
    assert place.street
    assert place.precision == "commune"


def test_a_commune_without_any_point_has_a_place_without_point() -> None:
    commune = Commune.objects.create(
        insee="99001",
        name="Sans point",
        folded="sans point",
        department="38",
        department_name="Isère",
        region="84",
    )
    service = ServiceFactory()
    Place.objects.create(service=service, commune=commune, address_visibility="commune")
    (place,) = card(service).places
    assert place.point is None


def test_the_index_holds_public_points_and_contacts_whatever_the_audience() -> None:
    for audience, visibility in product(
        ("public", "professionnels", "equipe"), ("publique", "professionnels")
    ):
        service = at_address(visibility, audience=audience)
        ContactFactory(service=service, value="+33465710001")
        ContactFactory(service=service, value="+33465710002", reserved=True)
        shown = card_for_index(Service.objects.for_cards().get(pk=service.pk))
        (place,) = shown.places
        assert (place.point == EXACT) == (visibility == "publique")
        assert [contact.number for contact in shown.contacts] == ["+33465710001"]


# --- Who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["public", "professionnels", "equipe"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_contact_is_told_to_those_it_is_for(audience: str, viewer: str) -> None:
    service = ServiceFactory()
    ContactFactory(service=service, audience=audience)
    may = {
        "public": set(VIEWERS),
        "professionnels": ENTITLED,
        "equipe": {"coordinator-38", "administrator"},
    }[audience]
    assert bool(card(service, VIEWERS[viewer]).contacts) == (viewer in may)


@pytest.mark.parametrize("values", [{"reserved": True}, {"team": True}, {"draft": True}])
def test_no_card_of_what_may_not_be_seen(values: dict[str, bool]) -> None:
    service = Service.objects.for_cards().get(pk=ServiceFactory(**values).pk)
    with pytest.raises(NotVisible):
        card_for(service, ANONYMOUS)


def test_no_query_beyond_those_of_for_cards(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    communes = [CommuneFactory(insee=VOIRON), CommuneFactory(insee=EMBRUN)]
    areas = [AreaFactory(), AreaFactory()]
    for size in (1, 49):
        for _number in range(size):
            service = ServiceFactory(
                at=[VOIRON, GRENOBLE], phone="+33465710012", coverage=[*communes, *areas]
            )
            ContactFactory(service=service, email=True)
        with django_assert_num_queries(5):
            cards = [card_for(one, PRO_38) for one in Service.objects.for_cards()]
        assert all(
            len(one.places) == 2 and len(one.contacts) == 2 and len(one.coverage) == 4 for one in cards
        )
    assert len(cards) == 50


# --- Nothing after a card holds a model -----------------------------------------------------------


def _texts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return _texts(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else [value]


def test_a_card_holds_plain_values() -> None:
    service = at_address("publique", coverage=[AreaFactory()], phone="+33465710012")
    values = _texts(card(service))
    assert "12 rue des Lilas" in values
    assert {type(value) for value in values} <= {
        str,
        int,
        float,
        bool,
        date,
        datetime,
        type(None),
        Service.State,
    }
    assert not any(isinstance(value, models.Model) for value in values)


def test_cards_are_made_in_one_place() -> None:
    """`cards.py` is the only way out: nothing else builds a card, and shapes are frozen."""
    shapes = {name for name, shape in vars(card_values).items() if is_dataclass(shape)}
    made_elsewhere = []
    for path in sorted(Path(directory.__file__).parent.parent.glob("[dsc]*/**/*.py")):
        if path.name in ("cards.py", "card_values.py") or path.parts[-3:-1] == ("var", "venv"):
            continue
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
        if names & {"ServiceCard", "PlaceCard", "ContactCard", "OrganisationRef"}:
            made_elsewhere.append(path.name)
    assert made_elsewhere == []
    assert {"ServiceCard", "PlaceCard", "ContactCard"} <= shapes
    assert all(fields(shape) and shape.__dataclass_params__.frozen for shape in (ServiceCard, PlaceCard))
