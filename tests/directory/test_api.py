"""The directory as JSON: shapes of the contract, problems in French, limits, personal tokens."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from directory import reference
from directory.models import Commune, Service, Tally
from tests.factories import (
    ActorTypeFactory,
    ContactFactory,
    OrganisationFactory,
    PlaceFactory,
    ServiceFactory,
    UserFactory,
    api_token,
)
from tests.territory import VOIRON, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def get(client: Client, path: str, token: str = "", **params: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = client.get(f"/api/v1{path}", params, headers=headers)
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def problem(client: Client, path: str, status: int, **params: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1{path}", params)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert set(found) == {"type", "title", "status", "detail"}
    assert found["status"] == status
    return found


# --- Services and organisations ----------------------------------------------------------------------


def test_a_service(client: Client) -> None:
    service = ServiceFactory(type_slug="crip", at=VOIRON, coverage=[department("38")], phone="+33465710012")
    found = get(client, f"/services/{service.public_id}")
    assert found["id"] == service.public_id
    assert found["url"] == f"/s/{service.public_id}/"
    assert (found["type"], found["audience"], found["fallback"]) == ("crip", "public", "119")
    assert found["commune"] == {"insee": VOIRON, "name": "Voiron"}
    assert found["precision"] == "commune"
    assert len(found["point"]) == 2
    assert found["phones"] == [{"number": "+33465710012", "label": "Accueil", "audience": "public"}]
    assert found["coverage"] == [{"kind": "department", "name": "Isère", "example": False}]
    assert found["saisine"] == {"by": [], "conditions": [], "how": ""}
    assert found["places"][0]["street"] == "1 place de la Mairie"
    assert (found["open"], found["closes_at"], found["next_opening"]) == ("unknown", None, None)
    assert (found["stale"], found["freshness"]) == (False, "a-jour")
    assert found["verified_on"] == service.verified_on.isoformat()


def test_a_service_without_a_place_has_neither_point_nor_commune(client: Client) -> None:
    found = get(client, f"/services/{ServiceFactory().public_id}")
    assert (found["point"], found["precision"], found["commune"], found["distance_km"]) == (
        None,
        None,
        None,
        None,
    )


def test_a_place_told_by_phone_says_so(client: Client) -> None:
    service = ServiceFactory()
    PlaceFactory(service=service, by_phone=True, street="12 rue cachée", point=(5.7, 45.2))
    found = get(client, f"/services/{service.public_id}")
    assert found["places"][0]["told_by_phone"] is True
    assert found["places"][0]["street"] == ""
    assert found["point"] != [5.7, 45.2]


@pytest.mark.parametrize("hidden", [{"reserved": True}, {"team": True}, {"draft": True}])
def test_what_may_not_be_seen_does_not_exist(client: Client, hidden: dict[str, bool]) -> None:
    service = ServiceFactory(**hidden)
    assert problem(client, f"/services/{service.public_id}", 404) == problem(client, "/services/inconnu", 404)
    problem(client, f"/organisations/{service.organisation.public_id}", 404)


def test_closed_for_good_still_answers(client: Client) -> None:
    service = ServiceFactory(closed=True, state_message="Remplacé.")
    found = get(client, f"/services/{service.public_id}")
    assert (found["state"], found["open"], found["state_message"]) == ("ferme", "closed", "Remplacé.")


def test_an_organisation_with_the_services_that_are_seen(client: Client) -> None:
    organisation = OrganisationFactory(acronym="EX")
    shown = ServiceFactory(organisation=organisation, name="B")
    first = ServiceFactory(organisation=organisation, name="A")
    ServiceFactory(organisation=organisation, reserved=True)
    found = get(client, f"/organisations/{organisation.public_id}")
    assert (found["name"], found["acronym"], found["url"]) == (
        organisation.name,
        "EX",
        f"/o/{organisation.public_id}/",
    )
    assert [one["id"] for one in found["services"]] == [first.public_id, shown.public_id]


# --- Types, numbers, communes --------------------------------------------------------------------------


def test_types(client: Client) -> None:
    crip = ActorTypeFactory(slug="crip")
    ActorTypeFactory(slug="leao", is_open=False)
    (found,) = get(client, "/types")
    assert found == get(client, "/types/crip")
    assert (found["slug"], found["acronym"], found["kind"]) == ("crip", "CRIP", "structure")
    assert found["url"] == f"/f/{crip.public_id}/"
    assert "krip" in found["aliases"]
    assert problem(client, "/types/leao", 404)["detail"].endswith("La liste est à /api/v1/types.")


def test_helplines_are_dated_and_hours_are_not_claimed(client: Client) -> None:
    reference.load_helplines()
    found = {one["key"]: one for one in get(client, "/helplines")}
    assert "auteurs" not in found
    assert (found["17"]["hours"], found["17"]["always_open"]) == ("Jour et nuit", True)
    assert (found["3919"]["hours"], found["3919"]["always_open"]) == ("Horaires à confirmer", False)
    assert found["3919"]["to_check"] is True
    assert found["3919"]["checked_on"] is None
    assert found["3919"]["source"]


def test_communes(client: Client) -> None:
    (found,) = get(client, "/communes", q="voiro")
    assert (found["insee"], found["name"], found["department"]) == (VOIRON, "Voiron", "38")
    assert found["department_name"] == "Isère"
    assert found["postal_codes"] == ["38500"]
    assert len(get(client, "/communes", q="38", limit=3)) == 3
    assert len(get(client, "/communes", q="38", limit=-5)) == 1
    assert get(client, "/communes") == get(client, "/communes", q="\x00%_") == []


# --- Anything else is a problem, in French ----------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/services/%00",
        "/organisations/%00",
        "/types/%00",
        "/services/" + "x" * 500,
        "/services/é%25",
        "/types/'",
    ],
)
def test_an_unknown_key_is_a_404(client: Client, path: str) -> None:
    found = problem(client, path, 404)
    assert found["title"] == "Introuvable"


def test_a_wrong_number_is_a_422(client: Client) -> None:
    found = problem(client, "/communes", 422, q="x", limit="abc")
    assert found["detail"] == "Vérifiez la valeur de : limit."


# --- Limits -----------------------------------------------------------------------------------------------


def test_too_many_is_a_429_that_says_when(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT = 2
    for _number in range(2):
        get(client, "/communes", q="voiron")
    response = client.get("/api/v1/communes", {"q": "voiron"})
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response.json()["detail"].startswith("Trop de demandes : réessayez dans ")
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.get("/api/v1/communes", {"q": "voiron"}).status_code == 200


def test_what_is_suggested_while_typing_takes_nothing_from_the_searches(
    client: Client, settings: Settings
) -> None:
    settings.SEARCH_RATE_LIMIT = 1
    get(client, "/communes", q="voi")
    assert client.get("/api/v1/communes", {"q": "voir"}).status_code == 429
    get(client, "/search", q="voiron")
    assert client.get("/recherche/", {"q": "voiron"}).status_code == 429


def test_a_token_has_a_limit_of_its_own(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT, settings.SEARCH_RATE_LIMIT_TOKEN = 1, 3
    token = api_token(UserFactory(professional_in=["38"]))
    for _number in range(3):
        get(client, "/communes", token, q="voiron")
    response = client.get("/api/v1/communes", {"q": "voiron"}, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 429
    get(client, "/communes", q="voiron")


def test_a_header_that_is_no_token_is_not_a_new_reader(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT = 1
    codes = [
        client.get("/recherche/", {"q": "x"}, headers={"Authorization": f"Basic {number}"}).status_code
        for number in range(3)
    ]
    assert codes == [200, 429, 429]


def test_zero_lifts_every_limit_and_counts_nothing(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT, settings.SEARCH_RATE_LIMIT_TOKEN = 0, 1
    for _number in range(3):
        get(client, "/communes", q="voiron")
    assert not Tally.objects.exists()


def test_who_asks_is_not_written_down(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT = 5
    get(client, "/communes", q="voiron")
    (tally,) = Tally.objects.all()
    assert "127.0.0.1" not in f"{tally.reader} {tally}"
    assert tally.hits == 1


# --- Tokens -------------------------------------------------------------------------------------------------


@pytest.fixture
def reserved() -> Service:
    service = ServiceFactory(reserved=True)
    ContactFactory(service=service, reserved=True, value="+33465710077")
    return service


def test_a_professional_sees_the_reserved_entries_of_the_department_granted(
    client: Client, reserved: Service
) -> None:
    path = f"/services/{reserved.public_id}"
    found = get(client, path, api_token(UserFactory(professional_in=["38"])))
    assert found["audience"] == "professionnels"
    assert [phone["number"] for phone in found["phones"]] == ["+33465710077"]
    stranger = api_token(UserFactory(professional_in=["05"]))
    response = client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {stranger}"})
    assert response.status_code == 404


@pytest.mark.parametrize("header", ["Bearer inconnu", "Bearer ", "Basic abc", "x", ""])
def test_a_wrong_token_is_refused_even_for_what_is_public(client: Client, header: str) -> None:
    response = client.get("/api/v1/types", headers={"Authorization": header})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert "clé" in response.json()["detail"].lower()


def test_a_revoked_token_and_a_closed_account_are_refused(client: Client) -> None:
    user = UserFactory(professional_in=["38"])
    token = api_token(user)
    get(client, "/types", token)
    user.is_active = False
    user.save()
    assert client.get("/api/v1/types", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_answers_are_not_shared_between_readers(client: Client, reserved: Service) -> None:
    token = api_token(UserFactory(professional_in=["38"]))
    response = client.get(
        f"/api/v1/services/{reserved.public_id}", headers={"Authorization": f"Bearer {token}"}
    )
    assert "no-store" in response["Cache-Control"]
    assert Commune.objects.count() == 20


@pytest.mark.parametrize("path", ["/s/%00/", "/o/%00/", "/f/%00/", "/s/X/", "/s/" + "x" * 13 + "/"])
def test_no_page_asks_the_database_for_what_is_no_identifier(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
