"""Documents are made of cards: nothing hidden, no contact, hours as half-hours or to be judged."""

import dataclasses

import pytest

from directory.cards import card_for_index
from directory.hours import Schedule
from directory.models import Service
from search.documents import Document, document_for, hours_of, vector_of
from tests.factories import ContactFactory, PlaceFactory, ServiceFactory
from tests.territory import GRENOBLE, VOIRON, department

pytestmark = pytest.mark.django_db


def document(service: Service) -> Document:
    return document_for(card_for_index(Service.objects.for_cards().get(pk=service.pk)))


def test_it_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        document(ServiceFactory()).audience = "public"  # type: ignore[misc]


def test_no_contact_and_no_street_is_in_it(communes: object) -> None:
    service = ServiceFactory(at=VOIRON, at__street="7 rue Secrète", phone="+33465710099")
    ContactFactory(service=service, email=True, value="boite@exemple.example", label="Madame Untel")
    text = repr(document(service)) + vector_of(document(service).fields)
    for secret in ("7 rue", "secret", "465710099", "boite", "untel", "38500"):
        assert secret not in text.lower()


@pytest.mark.parametrize("trait", ["by_phone", "commune_only", "professionals"])
def test_a_discreet_place_is_at_its_town_hall(communes: dict, trait: str) -> None:
    service = ServiceFactory()
    PlaceFactory(
        service=service, commune__insee=VOIRON, point=(5.61, 45.35), label="Le Refuge bleu", **{trait: True}
    )
    made = document(service)
    assert made.points == ((round(communes[VOIRON].town_hall.x, 5), round(communes[VOIRON].town_hall.y, 5)),)
    assert "bleu" not in made.words


def test_a_hidden_service_has_neither_point_nor_commune(communes: dict) -> None:
    service = ServiceFactory(hidden=True, at=VOIRON, coverage=[department("38"), communes[VOIRON]])
    made = document(service)
    assert made.points == ()
    assert "voiron" not in made.words
    assert made.coverage == (f"area:{department('38').pk}",)


def test_coverage_codes(communes: dict) -> None:
    made = document(ServiceFactory(coverage=[department("38"), communes[VOIRON]], national=True))
    assert made.coverage == (f"area:{department('38').pk}", f"commune:{VOIRON}", "national")


def test_several_places_have_several_points(communes: object) -> None:
    assert len(document(ServiceFactory(at=[VOIRON, GRENOBLE])).points) == 2


def test_publics_and_focus() -> None:
    made = document(ServiceFactory(age_max=17, gender="femmes", situations=["enceinte"], roles=[]))
    assert " ".join(made.publics) == "adolescent enceinte enfant femmes proche-temoin professionnel victime"
    assert made.focus == ("adolescent", "enceinte", "enfant", "femmes")


def test_digest_changes_with_what_is_indexed_and_with_nothing_else() -> None:
    service = ServiceFactory()
    before = document(service).digest
    Service.objects.update(prepare="Une pièce d’identité", cost="gratuit", state_message="Bientôt")
    assert document(service).digest == before
    Service.objects.update(summary="Autre chose")
    assert document(service).digest != before


def test_vector_holds_roots_with_weights() -> None:
    made = document(ServiceFactory(name="Maison des femmes", description="On y est écoutées."))
    vector = vector_of(made.fields)
    assert "'ecout':" in vector
    assert vector.index("'ecout'") < vector.index("'maison'")
    assert "'des'" not in vector


@pytest.mark.parametrize(
    "osm", ["Mo-Fr 08:45-12:00", "Tu[2] 09:00-12:00", "Mo-Su 22:00-06:00", "Jul-Aug Mo-Fr 09:00-12:00"]
)
def test_hours_that_half_hours_cannot_tell_are_kept_to_be_judged(osm: str) -> None:
    hours = hours_of([Schedule(osm)])
    assert hours.odd == (osm,)
    assert hours.slots == ()


def test_plain_hours_are_half_hours_of_the_week() -> None:
    hours = hours_of([Schedule("Mo 09:00-10:00"), Schedule("Tu 14:00-14:30"), Schedule("n’importe quoi")])
    assert hours.slots == (18, 19, 48 + 28)
    assert hours.odd == ()
    assert hours_of([Schedule("24/7")]).holiday_slots == tuple(range(48))
