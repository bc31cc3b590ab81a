"""« Nouvelle structure », organisations and areas: one page, one writer, and the index that follows."""

from typing import Any

import pytest
from django.test import Client

from directory import editing
from directory.models import ActorType, Area, Organisation, Service
from search.indexing import drift, rebuild
from search.models import SearchEntry
from tests import factories, territory
from tests.directory.admin_tools import administrator, coordinator, entry, signed_in

QUICK = "/gestion/annuaire/nouvelle/"


@pytest.fixture
def client(communes: Any) -> Client:
    return signed_in(coordinator("38"))


def _posted(**values: Any) -> dict[str, Any]:
    kind = factories.ActorTypeFactory(slug=values.pop("kind", "leao"))
    return {
        "organisation": "Association Nouvelle (exemple)",
        "department": "38",
        "type": kind.pk,
        "summary": "Écoute.",
        "commune": "Voiron",
        "street": "2 place de la Mairie",
        "hours": "lun-ven 9h-12h",
        "phone": "04 65 71 00 12",
        "coverage": "departement",
        "just_verified": "on",
        "publish": "1",
    } | values


@pytest.mark.django_db
def test_one_page_makes_an_organisation_with_its_service(client: Client) -> None:
    response = client.post(QUICK, _posted())
    assert response.status_code == 302, response.context["form"].errors
    service = Service.objects.get()
    assert service.live
    assert (service.name, service.organisation.name) == ("Association Nouvelle (exemple)",) * 2
    assert service.places.get().hours == "Mo-Fr 09:00-12:00"
    assert service.contacts.get().value == "+33465710012"
    assert list(service.coverage_areas.all()) == [territory.department("38")]
    assert service.verified_on
    page = client.get(response["Location"])
    assert page.status_code == 200


@pytest.mark.django_db
def test_a_draft_stays_out_of_sight_and_a_known_organisation_is_taken_again(client: Client) -> None:
    known = factories.OrganisationFactory(name="Association nouvelle (Exemple)")
    posted = _posted(draft="1")
    del posted["publish"]
    client.post(QUICK, posted)
    service = Service.objects.get()
    assert not service.live
    assert service.organisation == known


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"kind": "hebergement-fvv"}, "street", "jamais de lieu"),
        ({"address_visibility": "jamais"}, "street", "videz ce champ"),
        ({"summary": "Appelez le 04 65 71 00 12"}, "summary", "Contacts"),
        ({"commune": "", "street": "1 rue A"}, "commune", "Écrivez la commune"),
        ({"coverage": "communes"}, "communes", "au moins une commune"),
        ({"phone": "04 65"}, "phone", "dix chiffres"),
        ({"department": "05"}, "department", "choix"),
        ({"hours": "parfois"}, "hours", ""),
    ],
)
def test_what_is_wrong_is_said(client: Client, values: dict[str, Any], field: str, said: str) -> None:
    response = client.post(QUICK, _posted(**values))
    assert response.status_code == 200
    assert said in str(response.context["form"].errors[field])
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_an_area_is_edited_by_the_names_of_its_communes(client: Client) -> None:
    area = factories.AreaFactory(kind="judicial", communes=[factories.CommuneFactory(insee="38563")])
    path = f"/gestion/annuaire/territoires/edit/{area.pk}/"
    assert "Voiron (38563)" in client.get(path).content.decode()
    posted = {
        "name": area.name,
        "kind": "judicial",
        "code": area.code,
        "department": "38",
        "communes": "Moirans, insee:38400",
    }
    response = client.post(path, posted)
    assert response.status_code == 302, response.context["form"].errors
    assert {one.pk for one in area.communes.all()} == {"38239", "38400"}
    refused = client.post(path, posted | {"communes": "38400"})
    assert "code postal" in str(refused.context["form"].errors)
    assert (
        client.get(f"/gestion/annuaire/territoires/edit/{territory.department('38').pk}/").status_code == 404
    )


@pytest.mark.django_db
def test_an_organisation_is_written_in_ones_department_only(client: Client) -> None:
    add = "/gestion/annuaire/organisations/add/"
    add = add if client.get(add).status_code == 200 else "/gestion/annuaire/organisations/new/"
    posted = {
        "name": "Organisation saisie",
        "department": "38",
        "siret": "732 829 320 00074",
        "website": "exemple.fr",
        "is_open": "on",
    }
    assert client.post(add, posted).status_code == 302
    made = Organisation.objects.get()
    assert (made.siret, made.website) == ("73282932000074", "https://exemple.fr")
    refused = client.post(add, posted | {"siret": "123"})
    assert "SIRET" in str(refused.context["form"].errors)
    assert client.post(add, posted | {"department": "05"}).status_code == 200
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_editing_refuses_a_neighbour_whatever_the_form_let_through(communes: Any) -> None:
    neighbour = coordinator("05")
    service = factories.ServiceFactory()
    for write in (
        lambda: editing.publish(service, neighbour),
        lambda: editing.propose(service, neighbour),
        lambda: editing.withdraw(service, neighbour),
        lambda: editing.confirm(service, neighbour, "x"),
        lambda: editing.close(service, "x", neighbour),
        lambda: editing.save_organisation(service.organisation, neighbour),
        lambda: editing.save_actor_type(service.type, neighbour),
    ):
        with pytest.raises(editing.NotAllowed):
            write()
    service.department = "05"  # taking it over is writing it too
    with pytest.raises(editing.NotAllowed):
        editing.publish(service, neighbour)


@pytest.mark.django_db
def test_the_fields_of_a_type_are_renamed_in_place(communes: Any) -> None:
    factories.HelplineFactory(key="3919")
    kind = factories.ActorTypeFactory(slug="leao", own_fields=[{"slug": "label", "label": "Label"}])
    client = signed_in(administrator())
    path = f"/gestion/annuaire/types/edit/{kind.pk}/"
    form = client.get(path).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    posted |= {"aliases": "a, b", "own_labels": "Labels obtenus"}
    response = client.post(path, posted)
    assert response.status_code == 302, response.context["form"].errors
    kind.refresh_from_db()
    assert kind.own_fields == [{"slug": "label", "label": "Labels obtenus"}]
    told = client.post(path, posted | {"discreet": "Aide aux victimes"})
    assert "victimes" in str(told.context["form"].errors["discreet"])


# --- The index follows ------------------------------------------------------------


def _found(name: str) -> bool:
    rebuilt = SearchEntry.objects.filter(service__name=name)
    return rebuilt.exists()


@pytest.mark.django_db(transaction=True)
def test_the_index_follows_every_gesture(communes: Any) -> None:
    client = signed_in(administrator())
    rebuild()
    client.post(QUICK, _posted(name="Fiche indexée"))
    service = Service.objects.get()
    assert _found("Fiche indexée")
    organisation = f"/gestion/annuaire/organisations/edit/{service.organisation_id}/"
    client.post(organisation, {"name": "Rebaptisée (exemple)", "department": "38", "is_open": "on"})
    assert Organisation.objects.get().name == "Rebaptisée (exemple)"
    assert drift() == 0
    kind = ActorType.objects.get()
    kind.aliases = ["alias-nouveau"]
    editing.save_actor_type(kind)
    assert drift() == 0
    area = factories.AreaFactory(communes=[factories.CommuneFactory(insee="38563")])
    service.coverage_areas.add(area)
    service.save()
    editing.publish(Service.objects.get())
    editing.save_area(Area.objects.get(pk=area.pk), [factories.CommuneFactory(insee="38239")])
    assert drift() == 0
    client.post(f"/gestion/annuaire/services/unpublish/{service.pk}/")
    assert not _found("Fiche indexée")
    assert drift() == 0
    service = Service.objects.get()
    posted = entry(
        name="Republiée",
        organisation=service.organisation_id,
        type=service.type_id,
        **{"action-publish": "1"},
    )
    client.post(f"/gestion/annuaire/services/edit/{service.pk}/", posted)
    assert _found("Republiée")
    assert drift() == 0
