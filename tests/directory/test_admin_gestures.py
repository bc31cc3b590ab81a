"""Gestures on an entry, its preview, its comparison, and the list."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Organisation, Service
from tests import factories
from tests.directory.admin_tools import administrator, coordinator, entry, signed_in

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


# --- Gestures ------------------------------------------------------------


def test_confirming_keeps_the_draft_in_preparation(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, stale=True, summary="En ligne.")
    service.summary = "En préparation."
    service.save_revision()
    assert client.get(f"{SERVICES}confirmer/{service.pk}/").status_code == 200
    assert client.post(f"{SERVICES}confirmer/{service.pk}/").status_code == 302
    service.refresh_from_db()
    draft = service.get_latest_revision_as_object()
    assert (service.summary, draft.summary) == ("En ligne.", "En préparation.")
    assert service.verified_on == draft.verified_on
    assert service.verified_by == "Coordination 38"
    assert service.has_unpublished_changes


def test_closing_needs_a_message_and_reopening_erases_it(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao)
    assert client.post(f"{SERVICES}fermer/{service.pk}/", {"message": ""}).status_code == 200
    refused = client.post(f"{SERVICES}fermer/{service.pk}/", {"message": "Appelez le 04 65 71 00 12"})
    assert "Contacts" in refused.content.decode()
    client.post(f"{SERVICES}fermer/{service.pk}/", {"message": "Le service a rejoint la mairie."})
    service.refresh_from_db()
    assert (service.state, service.live) == ("ferme", True)
    client.post(f"{SERVICES}rouvrir/{service.pk}/")
    service.refresh_from_db()
    assert (service.state, service.state_message) == ("actif", "")


def test_suspending_until_a_day(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao)
    posted = {"message": "Congés.", "since": "01/08/2026", "until": "20/08/2026"}
    response = client.post(f"{SERVICES}suspendre/{service.pk}/", posted)
    assert response.status_code == 302, response.context["form"].errors
    service.refresh_from_db()
    assert str(service.closed_until) == "2026-08-20"


def test_withdrawing_keeps_a_draft(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao)
    service.save_revision()
    assert client.post(f"{SERVICES}unpublish/{service.pk}/").status_code == 302
    service.refresh_from_db()
    assert not service.live


def test_nothing_is_deleted(leao: Any, communes: Any) -> None:
    client = signed_in(administrator())
    service = factories.ServiceFactory(type=leao)
    bulk = f"/gestion/bulk/directory/service/delete/?id={service.pk}"
    for path in (
        f"{SERVICES}delete/{service.pk}/",
        bulk,
        f"/gestion/annuaire/organisations/delete/{service.organisation_id}/",
    ):
        assert client.post(path).status_code == 404, path
    assert Service.objects.filter(pk=service.pk).exists()


# --- Preview, comparison, lists ------------------------------------------------------------


@pytest.mark.parametrize("mode", ["public", "professionnels"])
def test_a_draft_is_previewed_as_each_will_read_it(
    client: Client, organisation: Organisation, leao: Any, mode: str
) -> None:
    posted = entry(
        organisation=organisation.pk, type=leao.pk,
        places=[{"commune": "Voiron", "street": "7 rue Réservée", "address_visibility": "professionnels"}],
        contacts=[{"value": "04 65 71 00 13", "audience": "professionnels"}],
    )  # fmt: skip
    client.post(f"{SERVICES}add/", posted)
    service = Service.objects.get()
    answer = client.post(f"{SERVICES}preview/{service.pk}/", posted)
    assert answer.json()["is_valid"], answer.content
    page = client.get(f"{SERVICES}preview/{service.pk}/?mode={mode}").content.decode()
    assert "Écoute de Voiron" in page
    assert ("7 rue Réservée" in page) is (mode == "professionnels")
    assert ("04 65 71 00 13" in page) is (mode == "professionnels")


def test_two_revisions_are_compared(client: Client, leao: Any) -> None:
    service = factories.ServiceFactory(type=leao, at="38563", phone="+33465710011")
    first = service.save_revision()
    service.violences, service.summary = ["conjugales"], "Autre résumé."
    second = service.save_revision()
    page = client.get(
        f"{SERVICES}history/{service.pk}/revisions/compare/{first.pk}...{second.pk}/"
    ).content.decode()
    assert "Violences conjugales" in page
    assert "Autre" in page


def test_the_list_is_searched_and_filtered(client: Client, leao: Any) -> None:
    fresh = factories.ServiceFactory(type=leao, name="Accueil frais")
    stale = factories.ServiceFactory(type=leao, name="Accueil ancien", stale=True)
    never = factories.ServiceFactory(
        type=leao, name="Autre", summary="Oriente.", never_verified=True, draft=True
    )
    listed = {
        "q=ecoute": {fresh, stale, never},
        "q=ancien": {stale},
        "freshness=perime": {stale},
        "freshness=jamais-verifie": {never},
        "freshness=a-jour": {fresh},
        "live=brouillon": {never},
        "live=en-ligne": {fresh, stale},
        "department=38&audience=public&state=actif": {fresh, stale, never},
        f"type={leao.pk}": {fresh, stale, never},
    }
    for query, wanted in listed.items():
        response = client.get(f"{SERVICES}?{query}")
        assert {one.pk for one in response.context["object_list"]} == {one.pk for one in wanted}, query
