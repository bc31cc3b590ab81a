"""A coordinator writes an entry: what is kept, what is refused and in which words."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Organisation, Service
from tests import factories
from tests.directory.admin_tools import coordinator, entry, signed_in

pytestmark = pytest.mark.django_db
SERVICES = "/gestion/annuaire/services/"


@pytest.fixture
def client(communes: Any) -> Client:
    return signed_in(coordinator("38"))


@pytest.fixture
def organisation() -> Organisation:
    return factories.OrganisationFactory(name="Association des tests (exemple)")


@pytest.fixture
def leao() -> Any:
    return factories.ActorTypeFactory(slug="leao")


def _errors(response: Any) -> str:
    assert response.status_code == 200, response
    form = response.context["form"]
    rows = [row.errors for formset in form.formsets.values() for row in formset.forms]
    return " ".join(str(part) for part in (form.errors, *rows))


def test_an_entry_with_a_place_and_a_contact_is_published(
    client: Client, organisation: Organisation, leao: Any
) -> None:
    posted = entry(
        organisation=organisation.pk, type=leao.pk,
        places=[{"commune": "Voiron", "street": "1 place de la Mairie", "hours": "lun-ven 9h-12h, 14h-17h"}],
        contacts=[{"value": "04 65 71 00 12", "label": "Accueil"}],
        roles=["victime"], coverage_communes="Voiron\n38239", just_verified="on", **{"action-publish": "1"},
    )  # fmt: skip
    response = client.post(f"{SERVICES}add/", posted)
    assert response.status_code == 302, _errors(response)
    assert response["Location"].startswith(SERVICES)
    service = Service.objects.get()
    assert service.live
    place, contact = service.places.get(), service.contacts.get()
    assert (place.commune_id, place.postal_code, place.point) == ("38563", "38500", None)
    assert place.hours == "Mo-Fr 09:00-12:00,14:00-17:00"
    assert contact.value == "+33465710012"
    assert {one.pk for one in service.coverage_communes.all()} == {"38563", "38239"}
    assert service.verified_by == "Coordination 38"


def test_a_draft_is_kept_and_shown_again(client: Client, organisation: Organisation, leao: Any) -> None:
    posted = entry(
        organisation=organisation.pk,
        type=leao.pk,
        places=[{"commune": "Voiron (38563)", "point": "45.3636, 5.5917"}],
    )
    response = client.post(f"{SERVICES}add/", posted)
    service = Service.objects.get()
    assert response.status_code == 302
    assert not service.live
    page = client.get(f"{SERVICES}edit/{service.pk}/").content.decode()
    assert "Voiron (38563)" in page
    assert "45.36360, 5.59170" in page


def test_hours_are_shown_back_in_french(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, at="38563")
    service.places.update(hours="Mo-Fr 09:00-12:00")
    page = client.get(f"{SERVICES}edit/{service.pk}/").content.decode()
    assert "Compris : Lundi au vendredi" in page
    assert "Mo-Fr" not in page
    said = client.post("/gestion/annuaire/outils/horaires/", {"text": "mar 14h-16h"}).json()
    assert said["said"].startswith("Compris : Mardi")
    assert client.post("/gestion/annuaire/outils/horaires/", {"text": "parfois"}).json()["refused"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"summary": "Appelez le 04 65 71 00 12."}, "Ajoutez ce numéro dans Contacts"),
        ({"how": "Écrire à accueil@exemple.fr"}, "Ajoutez cette adresse dans Contacts"),
        ({"age_min": "18", "age_max": "12"}, "est avant l’âge de début"),
        ({"state": "ferme"}, "Dites en une phrase pourquoi"),
        ({"hours": "parfois le matin peut-être"}, "hours"),
        ({"coverage_communes": "Villeneuve-les-Oies"}, "n’est pas une commune connue"),
        ({"coverage_communes": "99999"}, "Aucune commune n’a le code INSEE"),
        ({"coverage_areas_more": "Zone du néant"}, "n’est pas un territoire connu"),
        ({"contacts": [{"value": "04 65"}]}, "numéro à dix chiffres"),
        ({"contacts": [{"kind": "courriel", "value": "personne"}]}, "adresse électronique complète"),
        (
            {"places": [{"commune": "Voiron", "address_visibility": "jamais", "street": "1 rue X"}]},
            "videz ce champ",
        ),
        ({"places": [{"commune": "Nulle-Part-sur-Rien"}]}, "n’est pas une commune connue"),
        ({"places": [{"commune": "Voiron", "point": "nord"}]}, "latitude puis la longitude"),
    ],
)
def test_what_is_wrong_is_said_in_french(
    client: Client, organisation: Organisation, leao: Any, values: dict[str, Any], said: str
) -> None:
    response = client.post(f"{SERVICES}add/", entry(organisation=organisation.pk, type=leao.pk, **values))
    assert said in _errors(response)
    assert not Service.objects.exists()


# --- Types that hide ------------------------------------------------------------


def test_a_hidden_type_has_no_place_and_no_commune(client: Client, organisation: Organisation) -> None:
    hidden = factories.ActorTypeFactory(slug="hebergement-fvv")
    page = client.get(f"{SERVICES}add/?type=hebergement-fvv&organisation={organisation.pk}").content.decode()
    assert "-street" not in page
    assert 'name="coverage_communes"' not in page
    posted = entry(organisation=organisation.pk, type=hidden.pk, audience="professionnels", places=None)
    assert client.post(f"{SERVICES}add/", posted).status_code == 302
    assert Service.objects.get().audience == "professionnels"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"places": [{"commune": "Voiron"}]}, "jamais de lieu"),
        ({"coverage_communes": "Voiron"}, "un territoire plutôt qu’une commune"),
        ({"description": "Au 12 rue des Lilas, au fond de la cour."}, "ressemble à une adresse"),
        ({"how": "Voir https://maps.app.goo.gl/abc"}, "situe le lieu sur une carte"),
        ({"summary": "45.1885, 5.7245"}, "situe le lieu sur une carte"),
        ({"contacts": [{"value": "04 65 71 00 12", "note": "3 avenue Foch"}]}, "ressemble à une adresse"),
    ],
)
def test_a_hidden_type_refuses_what_locates(
    client: Client, organisation: Organisation, values: dict[str, Any], said: str
) -> None:
    hidden = factories.ActorTypeFactory(slug="hebergement-fvv")
    response = client.post(f"{SERVICES}add/", entry(organisation=organisation.pk, type=hidden.pk, **values))
    assert said in _errors(response)
    assert not Service.objects.exists()


def test_outreach_says_neither_where_nor_when(client: Client, organisation: Organisation) -> None:
    outreach = factories.ActorTypeFactory(slug="maraude-adultes")
    page = client.get(f"{SERVICES}add/?type=maraude-adultes").content.decode()
    assert 'name="hours"' not in page
    response = client.post(
        f"{SERVICES}add/", entry(organisation=organisation.pk, type=outreach.pk, hours="lun 9h-12h")
    )
    assert "videz les horaires" in _errors(response)


def test_the_type_begins_the_form_and_adds_its_fields(client: Client, organisation: Organisation) -> None:
    kind = factories.ActorTypeFactory(slug="leao", referrers=["victime", "proche"])
    page = client.get(f"{SERVICES}add/?type=leao")
    form = page.context["form"]
    assert form["referrers"].value() == ["victime", "proche"]
    assert "own_permanences" in form.fields
    posted = entry(organisation=organisation.pk, type=kind.pk, own_permanences="Deux par semaine")
    client.post(f"{SERVICES}add/", posted)
    assert Service.objects.get().get_latest_revision_as_object().details == {
        "permanences": "Deux par semaine"
    }


def test_without_a_type_the_form_asks_for_it(client: Client, leao: Any) -> None:
    assert "?type=leao" in client.get(f"{SERVICES}add/").content.decode()


# --- Older revisions ------------------------------------------------------------


def test_an_address_that_hides_leaves_the_history(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, at="38563")
    service.places.update(street="8 rue Oubliée")
    Service.objects.get(pk=service.pk).save_revision()
    place = service.places.get()
    row = {"id": place.pk, "commune": "Voiron", "address_visibility": "jamais"}
    posted = entry(
        organisation=service.organisation_id, type=leao.pk, places=[row], **{"action-publish": "1"}
    )
    response = client.post(f"{SERVICES}edit/{service.pk}/", posted)
    assert response.status_code == 302, _errors(response)
    assert service.revisions.count() == 2
    assert not any("Oubliée" in str(revision.content) for revision in service.revisions.all())


def test_a_service_that_becomes_hidden_loses_its_places(client: Client, leao: Any) -> None:
    hidden = factories.ActorTypeFactory(slug="hebergement-fvv")
    service = factories.ServiceFactory(type=leao, at="38563")
    service.places.update(street="8 rue Oubliée")
    Service.objects.get(pk=service.pk).save_revision()
    row = {"id": service.places.get().pk, "commune": "Voiron"}
    posted = entry(
        organisation=service.organisation_id, type=hidden.pk, places=[row], **{"action-publish": "1"}
    )
    assert "jamais de lieu" in _errors(client.post(f"{SERVICES}edit/{service.pk}/", posted))
    response = client.post(f"{SERVICES}edit/{service.pk}/", posted | {"places-0-DELETE": "on"})
    assert response.status_code == 302, _errors(response)
    assert not service.places.exists()
    assert not any("Oubliée" in str(revision.content) for revision in service.revisions.all())
    assert client.get(f"{SERVICES}edit/{service.pk}/").status_code == 200


def test_a_preview_is_answered_before_anything_is_typed(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, at="38563")
    for path in (f"preview/{service.pk}/", "preview/"):
        assert client.get(SERVICES + path).status_code == 200


def test_hours_left_alone_are_kept_to_the_letter(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, hours="Mo 09:00-12:00; Tu 14:00-17:00; Th 09:00-12:00")
    shown = client.get(f"{SERVICES}edit/{service.pk}/").context["form"]["hours"]
    typed = shown.field.widget.format_value(shown.value())
    assert typed.startswith("Lundi et jeudi")
    posted = entry(organisation=service.organisation_id, type=leao.pk, hours=typed, **{"action-publish": "1"})
    client.post(f"{SERVICES}edit/{service.pk}/", posted)
    service.refresh_from_db()
    assert service.hours == "Mo 09:00-12:00; Tu 14:00-17:00; Th 09:00-12:00"
    assert service.name == "Écoute de Voiron"
