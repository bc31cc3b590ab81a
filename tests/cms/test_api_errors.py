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
