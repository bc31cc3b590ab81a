"""Signing in, the ways round it that are closed, and « Mon compte »."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cms.accounts.grants import grant
from cms.accounts.provision import give_totp
from cms.accounts.strength import has_second_factor
from directory.discretion import telling_words
from directory.models import ApiToken, User
from directory.tokens import user_of
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.signing import signed_in, totp_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def _coordinator(username: str = "coord") -> User:
    user = UserFactory(username=username, email=f"{username}@exemple.example")
    grant(user, "coordinator", ["38"])
    return user


def _sign_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post("/connexion/", {"login": login, "password": password, **more})


def _signed_in_as(client: Client) -> str:
    return client.get("/naviguer-en-securite/").wsgi_request.user.get_username()


# --- Passwords --------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["pro", "pro@exemple.example"])
def test_a_professional_signs_in_with_login_or_address(client: Client, login: str) -> None:
    UserFactory(username="pro", email="pro@exemple.example", professional_in=["38"])
    response = _sign_in(client, login, next="/types/")
    assert (response.status_code, response.headers["Location"]) == (302, "/types/")
    assert _signed_in_as(client) == "pro"


def test_next_never_leads_elsewhere(client: Client) -> None:
    UserFactory(username="pro", professional_in=["38"])
    response = _sign_in(client, "pro", next="https://ailleurs.example/")
    assert response.headers["Location"] == "/"


def test_a_wrong_password_is_said_in_french(client: Client) -> None:
    UserFactory(username="pro")
    page = _sign_in(client, "pro", "faux").content.decode()
    assert "ne correspondent pas" in page
    assert "faux" not in page


def test_unknown_and_known_logins_answer_the_same(client: Client) -> None:
    UserFactory(username="connu")
    answers = [_sign_in(Client(), login, "faux").content.decode() for login in ("connu", "inconnu")]
    told = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert told[0] == told[1]


def test_five_mistakes_lock_the_login_from_there(client: Client) -> None:
    UserFactory(username="pro")
    answers = [_sign_in(client, "pro", f"faux-{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    page = answers[-1].content.decode()
    assert "15&nbsp;minutes" in page
    assert "data-exit" in page
    assert answers[-1].headers["Retry-After"] == "900"
    # The right password does not open either, and another login from elsewhere does.
    assert "_auth_user_id" not in _sign_in(client, "pro").wsgi_request.session
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert _sign_in(elsewhere, "pro", "faux").status_code == 200


def test_nothing_typed_is_kept_of_failed_sign_ins(client: Client) -> None:
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    _sign_in(client, "ma-phrase-secrete", "faux")
    assert [model.objects.count() for model in (AccessAttempt, AccessFailureLog, AccessLog)] == [0, 0, 0]


def test_nobody_signs_up(client: Client) -> None:
    from cms.accounts.adapter import AccountAdapter

    assert not AccountAdapter().is_open_for_signup(client.get("/connexion/").wsgi_request)
    for path in ("/connexion/signup/", "/connexion/inscription/", "/signup/", "/accounts/signup/"):
        assert client.get(path).status_code == 404
    assert "signup" not in client.get("/connexion/").content.decode()


# --- Code by mail, forgotten password ---------------------------------------------------


def test_a_code_by_mail_signs_in_and_its_mail_is_neutral(client: Client) -> None:
    UserFactory(username="pro", email="pro@exemple.example", professional_in=["38"])
    assert client.post("/connexion/code/", {"email": "pro@exemple.example"}).status_code == 302
    sent = mail.outbox[0]
    assert sent.subject == "Votre code"
    assert telling_words(sent.subject + sent.body) == []
    code = re.search(r"^[A-Z0-9-]{6,}$", sent.body, re.MULTILINE).group()
    client.post("/connexion/code/saisie/", {"code": code})
    assert _signed_in_as(client) == "pro"


def test_a_code_asked_for_nobody_sends_nothing_and_says_nothing(client: Client) -> None:
    response = client.post("/connexion/code/", {"email": "personne@exemple.example"}, follow=True)
    assert mail.outbox == []
    assert "Si un compte porte" in response.content.decode()


def test_a_code_by_mail_does_not_replace_the_second_factor(client: Client) -> None:
    user = _coordinator()
    give_totp(user)
    client.post("/connexion/code/", {"email": "coord@exemple.example"})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE).group()
    response = client.post("/connexion/code/saisie/", {"code": code})
    assert response.headers["Location"].startswith("/connexion/second-facteur/")
    assert _signed_in_as(client) == ""


def test_a_forgotten_password_is_changed_without_signing_in(client: Client) -> None:
    user = UserFactory(username="pro", email="pro@exemple.example", professional_in=["38"])
    client.post("/connexion/mot-de-passe/oubli/", {"email": "pro@exemple.example"})
    sent = mail.outbox[0]
    assert sent.subject == "Votre compte"
    assert telling_words(sent.subject + sent.body) == []
    link = re.search(r"http://testserver(/\S+)", sent.body).group(1)
    form = client.get(link, follow=True)
    new = {"password1": "une-autre-phrase-longue", "password2": "une-autre-phrase-longue"}
    client.post(form.request["PATH_INFO"], new)
    user.refresh_from_db()
    assert user.check_password("une-autre-phrase-longue")
    assert _signed_in_as(client) == ""


# --- Second factor ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/gestion/", "/recherche/", "/numeros/", "/gestion/account/"])
def test_a_coordinator_activates_before_anything_else(client: Client, path: str) -> None:
    _coordinator()
    _sign_in(client, "coord")
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/connexion/compte/")


def test_what_a_held_back_coordinator_may_still_reach(client: Client) -> None:
    _coordinator()
    _sign_in(client, "coord")
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


def test_a_held_back_coordinator_gets_no_token(client: Client) -> None:
    _coordinator()
    _sign_in(client, "coord")
    client.post("/connexion/compte/cles-acces/", {"label": "outil"})
    assert not ApiToken.objects.exists()


def test_activating_the_code_generator_opens_the_door(client: Client) -> None:
    user = _coordinator()
    _sign_in(client, "coord")
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
    user = _coordinator()
    secret = give_totp(user)
    response = _sign_in(client, "coord")
    assert response.headers["Location"].startswith("/connexion/second-facteur/")
    assert _signed_in_as(client) == ""
    assert client.get("/gestion/").status_code == 302
    response = client.post("/connexion/second-facteur/", {"code": totp_now(secret)})
    assert response.headers["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200


def test_a_stolen_session_does_not_become_strong_by_itself() -> None:
    user = _coordinator()
    stolen = signed_in(user, strong=False)
    give_totp(user)  # by the rightful owner, elsewhere
    response = stolen.get("/gestion/")
    assert response.headers["Location"].startswith("/connexion/confirmer/code/")


def test_the_code_may_be_confirmed_in_an_open_session() -> None:
    user = _coordinator()
    client = signed_in(user, strong=False)
    secret = give_totp(user)
    client.post("/connexion/confirmer/code/?next=/gestion/", {"code": totp_now(secret)})
    assert client.get("/gestion/").status_code == 200


def test_a_coordinator_keeps_a_second_factor() -> None:
    user = _coordinator()
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
    client = signed_in(_coordinator(), strong=False)
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
    client = signed_in(_coordinator())
    page = client.get("/gestion/account/").content.decode()
    assert 'type="password"' not in page
    assert 'type="email"' not in page


# --- Tokens -----------------------------------------------------------------------------


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


# --- Pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/connexion/compte/",
        "/connexion/compte/mot-de-passe/",
        "/connexion/compte/generateur/retirer/",
        "/connexion/compte/cles/ajouter/",
        "/connexion/compte/secours/nouveaux/",
        "/connexion/confirmer/",
        "/connexion/confirmer/code/",
        "/connexion/deconnexion/",
        "/connexion/ferme/",
    ],
)
def test_every_page_of_an_account_is_ours(path: str) -> None:
    page = signed_in(UserFactory(professional_in=["38"])).get(path).content.decode()
    _is_ours(page)


@pytest.mark.parametrize(
    "path",
    [
        "/connexion/",
        "/connexion/code/",
        "/connexion/mot-de-passe/oubli/",
        "/connexion/mot-de-passe/oubli/envoye/",
        "/connexion/mot-de-passe/nouveau/",
        "/connexion/mot-de-passe/nouveau/1-abc/",
        "/connexion/ferme/",
    ],
)
def test_every_page_of_the_door_is_ours(client: Client, path: str) -> None:
    _is_ours(client.get(path).content.decode())


def _is_ours(page: str) -> None:
    title = re.search(r"<title>(.*?)</title>", page).group(1)
    assert telling_words(title) == []
    assert 'lang="fr"' in page
    assert "data-exit" in page
    assert page.count("<h1") == 1
    for label in re.findall(r"<label[^>]*>(.*?)<", page):
        assert label.strip()
    for english in ("Sign In", "Password:", "Confirm ", "Submit"):
        assert english not in page


def test_signing_out_leaves_no_session_behind() -> None:
    client = signed_in(UserFactory(professional_in=["38"]))
    client.post("/connexion/deconnexion/")
    response = client.get("/naviguer-en-securite/")
    assert (
        settings.SESSION_COOKIE_NAME not in client.cookies
        or not client.cookies[settings.SESSION_COOKIE_NAME].value
    )
    assert not response.wsgi_request.user.is_authenticated
