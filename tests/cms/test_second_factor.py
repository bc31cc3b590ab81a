"""Nothing goes round the second factor, nor into the administration."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from cms.accounts.grants import group_of
from cms.accounts.provision import give_totp
from cms.accounts.strength import has_second_factor
from directory.models import ApiToken
from tests.cms.door import coordinator, sign_in, signed_in_as
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.signing import signed_in, totp_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


# --- Second factor ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/gestion/", "/recherche/", "/numeros/", "/gestion/account/"])
def test_a_coordinator_activates_before_anything_else(client: Client, path: str) -> None:
    coordinator()
    sign_in(client, "coord")
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/connexion/compte/")


def test_what_a_held_back_coordinator_may_still_reach(client: Client) -> None:
    coordinator()
    sign_in(client, "coord")
    page = client.get("/connexion/compte/").content.decode()
    assert "activez-la pour continuer" in page
    assert "Créer une clé" not in page
    client.post("/connexion/confirmer/", {"password": PASSWORD})
    for path in (
        "/connexion/compte/generateur/",
        "/connexion/compte/cles/ajouter/",
        "/naviguer-en-securite/",
    ):
        assert client.get(path).status_code == 200
    assert client.get("/quitter/").headers["Location"] == settings.QUICK_EXIT_URL


def test_an_editor_of_pages_enters_with_a_second_factor_too() -> None:
    user = UserFactory()
    user.groups.add(group_of("administrator"))
    client = signed_in(user, strong=False)
    response = client.get("/gestion/", follow=True)
    assert response.request["PATH_INFO"] == "/connexion/compte/"
    assert "activez-la pour continuer" in response.content.decode()
    assert signed_in(user).get("/gestion/").status_code == 200


def test_a_held_back_coordinator_gets_no_token(client: Client) -> None:
    coordinator()
    sign_in(client, "coord")
    client.post("/connexion/compte/cles-acces/", {"label": "outil"})
    assert not ApiToken.objects.exists()


def test_activating_the_code_generator_opens_the_door(client: Client) -> None:
    user = coordinator()
    sign_in(client, "coord")
    asked = client.get("/connexion/compte/generateur/").headers["Location"]
    assert asked.startswith("/connexion/confirmer/")
    page = client.post(asked, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page).group(1)
    wrong = client.post("/connexion/compte/generateur/", {"code": "000000"})
    assert "pas le bon" in wrong.content.decode()
    assert not has_second_factor(user)
    done = client.post("/connexion/compte/generateur/", {"code": totp_now(secret)})
    assert done.headers["Location"] == "/connexion/compte/secours/"
    assert (
        len(re.findall(r"<code>\w{8}</code>", client.get("/connexion/compte/secours/").content.decode()))
        == 10
    )
    assert client.get("/numeros/").wsgi_request.viewer.coordinates == {"38"}
    assert client.get("/gestion/").status_code == 200


def test_signing_in_with_the_second_factor(client: Client) -> None:
    user = coordinator()
    secret = give_totp(user)
    response = sign_in(client, "coord")
    assert response.headers["Location"].startswith("/connexion/second-facteur/")
    assert signed_in_as(client) == ""
    assert client.get("/gestion/").status_code == 302
    response = client.post("/connexion/second-facteur/", {"code": totp_now(secret)})
    assert response.headers["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200


def test_a_stolen_session_does_not_become_strong_by_itself() -> None:
    user = coordinator()
    stolen = signed_in(user, strong=False)
    give_totp(user)  # by the rightful owner, elsewhere
    response = stolen.get("/gestion/")
    assert response.headers["Location"].startswith("/connexion/confirmer/code/")


def test_the_code_may_be_confirmed_in_an_open_session() -> None:
    user = coordinator()
    client = signed_in(user, strong=False)
    secret = give_totp(user)
    client.post("/connexion/confirmer/code/?next=/gestion/", {"code": totp_now(secret)})
    assert client.get("/gestion/").status_code == 200


def test_a_coordinator_keeps_a_second_factor() -> None:
    user = coordinator()
    client = signed_in(user)
    page = client.post("/connexion/compte/generateur/retirer/").content.decode()
    assert "exige la double authentification" in page
    assert has_second_factor(user)


def test_a_professional_may_take_it_off() -> None:
    user = UserFactory(professional_in=["38"])
    client = signed_in(user)
    client.post("/connexion/compte/generateur/retirer/")
    assert not has_second_factor(user)


def test_json_is_held_back_too() -> None:
    client = signed_in(coordinator(), strong=False)
    response = client.get("/api/v1/types")
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"


# --- The administration -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/gestion/login/", "/gestion/login/?next=/gestion/"])
def test_wagtails_own_door_is_closed(client: Client, path: str) -> None:
    for response in (client.get(path), client.post(path, {"username": "x", "password": "y"})):
        assert response.headers["Location"] == "/connexion/?next=/gestion/"


@pytest.mark.parametrize("rest", ["", "done/", "confirm/MQ/abc-def/", "complete/"])
def test_wagtails_password_reset_is_closed(client: Client, rest: str) -> None:
    response = client.get(f"/gestion/password_reset/{rest}")
    assert response.headers["Location"] == "/connexion/mot-de-passe/oubli/"


def test_anonymous_readers_are_sent_to_our_door(client: Client) -> None:
    response = client.get("/gestion/", follow=True)
    assert response.request["PATH_INFO"] == "/connexion/"


def test_the_administration_does_not_exist_for_others() -> None:
    member = UserFactory(member_of=OrganisationFactory())
    for user in (UserFactory(professional_in=["38"]), member, UserFactory()):
        client = signed_in(user)
        for path in ("/gestion/", "/gestion/account/", "/gestion/users/"):
            assert client.get(path).status_code == 404


def test_wagtails_account_page_changes_no_password_and_no_address() -> None:
    client = signed_in(coordinator())
    page = client.get("/gestion/account/").content.decode()
    assert 'type="password"' not in page
    assert 'type="email"' not in page
