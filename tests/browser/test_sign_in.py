"""Signing in, in a real browser under the real headers: password, codes, passkey, leaving."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cms.accounts.provision import give_totp
from directory.models import Membership, User
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.factories import PASSWORD
from tests.signing import totp_now

pytestmark = pytest.mark.django_db(transaction=True)


class Visit:
    """A tab that remembers what a discreet site must not do: call others, or break its own policy."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.strangers: list[str] = []
        self.violations: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda message: self._hear(message.text))

    def _note(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.strangers.append(url)

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.violations.append(text)

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).fill(value)

    def sign_in(self, login: str) -> None:
        self.go("/connexion/")
        self.fill("Identifiant ou adresse électronique", login)
        self.fill("Mot de passe", PASSWORD)
        self.press("Se connecter")


@pytest.fixture(scope="module")
def _async_allowed() -> Iterator[None]:
    # Playwright keeps an event loop in this thread, where Django then refuses its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(_async_allowed: None, live_server: LiveServer) -> Iterator[Visit]:
    cache.clear()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(locale="fr-FR")
        seen = Visit(context, live_server.url)
        yield seen
        browser.close()
    assert seen.strangers == []
    assert seen.violations == []


def _account(role: str) -> User:
    user = User.objects.create_user("une-personne", password=PASSWORD)
    Membership.objects.create(user=user, role=role, departments=["38"])
    return user


def _with_authenticator(page: Page) -> None:
    """A key in the machine, which knows its owner and keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_professional_signs_in(visit: Visit) -> None:
    _account("professional")
    visit.sign_in("une-personne")
    assert visit.path() == "/"
    visit.go("/connexion/compte/")
    assert visit.page.get_by_role("heading", name="Mon compte").is_visible()


def test_a_coordinator_activates_codes_then_uses_one(visit: Visit) -> None:
    user = _account("coordinator")
    visit.sign_in("une-personne")
    visit.go("/numeros/")
    assert visit.path().startswith("/connexion/compte/")
    visit.page.get_by_role("link", name="Activer les codes").click()
    visit.fill("Mot de passe", PASSWORD)
    visit.press("Confirmer")
    picture = visit.page.get_by_alt_text(re.compile("Carré"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = visit.page.locator("code").inner_text()
    visit.fill("Code affiché", totp_now(secret))
    visit.press("Activer")
    assert visit.path() == "/connexion/compte/secours/"
    visit.go("/numeros/")
    assert visit.path() == "/numeros/"
    assert user.authenticator_set.count() == 2  # the generator and the recovery codes


def test_a_coordinator_shows_the_code(visit: Visit) -> None:
    secret = give_totp(_account("coordinator"))
    visit.sign_in("une-personne")
    assert visit.path().startswith("/connexion/second-facteur/")
    visit.fill("Code de votre application", totp_now(secret))
    visit.press("Se connecter")
    visit.go("/numeros/")
    assert visit.path() == "/numeros/"


def test_a_passkey_is_added_then_opens_alone(visit: Visit) -> None:
    user = _account("coordinator")
    visit.sign_in("une-personne")
    _with_authenticator(visit.page)
    visit.go("/connexion/compte/cles/ajouter/")
    visit.fill("Mot de passe", PASSWORD)
    visit.press("Confirmer")
    visit.fill("Nom de la clé", "Téléphone du bureau")
    with visit.page.expect_navigation():
        visit.press("Ajouter")
    assert visit.path() == "/connexion/compte/secours/"
    visit.go("/connexion/compte/")
    assert "Téléphone du bureau" in visit.page.inner_text("main")
    visit.press("Se déconnecter")
    visit.go("/connexion/")
    with visit.page.expect_navigation():
        visit.press("Utiliser une clé d’accès")
    visit.go("/numeros/")
    assert visit.path() == "/numeros/"
    assert user.authenticator_set.get(type="webauthn").last_used_at


def test_a_missing_key_is_said(visit: Visit) -> None:
    _account("professional")
    _with_authenticator(visit.page)
    visit.go("/connexion/")
    visit.press("Utiliser une clé d’accès")
    visit.page.get_by_text("Aucune clé n’a été lue").wait_for()


def test_leaving_ends_the_session(visit: Visit, settings: Any) -> None:
    # No network in a test: another page of ours stands for the elsewhere.
    settings.QUICK_EXIT_URL = f"{visit.site}/robots.txt"
    _account("professional")
    visit.sign_in("une-personne")
    visit.go("/connexion/compte/")
    assert Session.objects.count() == 1
    visit.page.get_by_role("link", name="Quitter cette page", exact=True).click()
    visit.page.wait_for_url("**/robots.txt")
    assert Session.objects.count() == 0
    assert visit.page.context.cookies() == []
    visit.page.go_back()
    assert "une-personne" not in visit.page.content()
