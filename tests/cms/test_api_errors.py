"""Errors of the JSON interface are problem details in French, even those that reach none of its views."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_a_problem_in_french(client: Client) -> None:
    response = client.get("/api/v1/rien/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == "Cette adresse n’existe pas."


@pytest.mark.parametrize("method", ["put", "delete", "post"])
def test_a_refused_method_says_which_are_accepted(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/search")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET"
    assert "GET" in response.json()["detail"]


def test_pages_keep_their_own_errors(client: Client) -> None:
    response = client.get("/rien/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_a_page_that_a_method_does_not_open_says_what_to_do(client: Client) -> None:
    response = client.put("/quitter/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "Repartez de l’accueil" in response.content.decode()


def test_a_body_that_cannot_be_read_is_a_problem_too(client: Client) -> None:
    response = client.post("/api/v1/suggest", data=b"x", content_type="multipart/form-data")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert "mal formé" in response.json()["detail"]


def test_a_database_that_is_away_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection itself fails: nothing stands in for PostgreSQL here."""
    from django.db import OperationalError, connection

    def refuse(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/api/v1/types")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert response["Retry-After"] == "60"
    assert "Réessayez" in response.json()["detail"]


def test_head_is_answered_wherever_get_is(client: Client) -> None:
    response = client.head("/api/v1/types")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) > 0


@pytest.mark.parametrize("address", ["/recherche/r/abc/", "/numeros/", "/types/", "/s/abcdefghjk/"])
@pytest.mark.parametrize("method", ["post", "delete"])
def test_what_is_only_read_refuses_what_is_sent(address: str, method: str) -> None:
    """With the checks of forms in force: 405, not the page of a form that expired."""
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
