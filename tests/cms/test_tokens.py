"""Personal tokens, on « Mon compte »."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from directory.models import ApiToken
from directory.tokens import user_of
from tests.factories import PASSWORD, UserFactory
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def test_a_token_is_shown_once_and_revoked() -> None:
    user = UserFactory(professional_in=["38"])
    client = signed_in(user)
    page = client.post("/connexion/compte/cles-acces/", {"label": "  Logiciel   du CCAS "}).content.decode()
    text = re.search(r"data-new-token>([\w-]{40,})<", page).group(1)
    assert user_of(text) == user
    again = client.get("/connexion/compte/").content.decode()
    assert text not in again
    assert "Logiciel du CCAS" in again
    client.post(f"/connexion/compte/cles-acces/{ApiToken.objects.get().pk}/revoquer/")
    assert user_of(text) is None
    assert "révoquée le" in client.get("/connexion/compte/").content.decode()


def test_a_token_wants_a_name() -> None:
    client = signed_in(UserFactory(professional_in=["38"]))
    page = client.post("/connexion/compte/cles-acces/", {"label": " "}, follow=True).content.decode()
    assert "Donnez un nom" in page
    assert not ApiToken.objects.exists()


def test_nobody_revokes_the_token_of_another() -> None:
    ApiToken.issue(UserFactory(), "à moi")
    client = signed_in(UserFactory(professional_in=["38"]))
    path = f"/connexion/compte/cles-acces/{ApiToken.objects.get().pk}/revoquer/"
    assert client.post(path).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_token_creation_asks_for_a_recent_proof(client: Client) -> None:
    UserFactory(username="pro", professional_in=["38"])
    client = signed_in(UserFactory(professional_in=["38"]), strong=False)
    response = client.post("/connexion/compte/cles-acces/", {"label": "outil"})
    assert response.headers["Location"].startswith("/connexion/confirmer/")
    done = client.post(response.headers["Location"], {"password": PASSWORD})
    assert "data-new-token" in done.content.decode()
