"""Signing in by password and by code, and the pages of the door."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cms.accounts.provision import give_totp
from directory.discretion import telling_words
from tests.cms.door import coordinator, sign_in, signed_in_as
from tests.factories import UserFactory
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


# --- Passwords --------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["pro", "pro@exemple.example"])
def test_a_professional_signs_in_with_login_or_address(client: Client, login: str) -> None:
    UserFactory(username="pro", email="pro@exemple.example", professional_in=["38"])
    response = sign_in(client, login, next="/types/")
    assert (response.status_code, response.headers["Location"]) == (302, "/types/")
    assert signed_in_as(client) == "pro"


def test_next_never_leads_elsewhere(client: Client) -> None:
    UserFactory(username="pro", professional_in=["38"])
    response = sign_in(client, "pro", next="https://ailleurs.example/")
    assert response.headers["Location"] == "/"


def test_a_wrong_password_is_said_in_french(client: Client) -> None:
    UserFactory(username="pro")
    page = sign_in(client, "pro", "faux").content.decode()
    assert "ne correspondent pas" in page
    assert "faux" not in page


def test_unknown_and_known_logins_answer_the_same(client: Client) -> None:
    UserFactory(username="connu")
    answers = [sign_in(Client(), login, "faux").content.decode() for login in ("connu", "inconnu")]
    told = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert told[0] == told[1]


def test_five_mistakes_lock_the_login_from_there(client: Client) -> None:
    UserFactory(username="pro")
    answers = [sign_in(client, "pro", f"faux-{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    page = answers[-1].content.decode()
    assert "15&nbsp;minutes" in page
    assert "data-exit" in page
    assert answers[-1].headers["Retry-After"] == "900"
    # The right password does not open either, and another login from elsewhere does.
    assert "_auth_user_id" not in sign_in(client, "pro").wsgi_request.session
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert sign_in(elsewhere, "pro", "faux").status_code == 200


def test_a_machine_that_tries_many_logins_waits(client: Client) -> None:
    answers = [sign_in(client, f"nom-{n}", "faux") for n in range(31)]
    assert "Trop d’essais" in answers[20].content.decode()
    assert answers[-1].status_code == 429
    page = answers[-1].content.decode()
    assert "Trop de demandes" in page
    assert "data-exit" in page


def test_nothing_typed_is_kept_of_failed_sign_ins(client: Client) -> None:
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    sign_in(client, "ma-phrase-secrete", "faux")
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
    assert signed_in_as(client) == "pro"


def test_a_code_asked_for_nobody_sends_nothing_and_says_nothing(client: Client) -> None:
    response = client.post("/connexion/code/", {"email": "personne@exemple.example"}, follow=True)
    assert mail.outbox == []
    assert "Si un compte porte" in response.content.decode()


def test_a_code_by_mail_does_not_replace_the_second_factor(client: Client) -> None:
    user = coordinator()
    give_totp(user)
    client.post("/connexion/code/", {"email": "coord@exemple.example"})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE).group()
    response = client.post("/connexion/code/saisie/", {"code": code})
    assert response.headers["Location"].startswith("/connexion/second-facteur/")
    assert signed_in_as(client) == ""


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
    assert signed_in_as(client) == ""


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
