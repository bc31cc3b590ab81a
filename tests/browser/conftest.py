"""A real Chromium, the built style sheets, and a small directory to walk through."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from directory.models import Service
from directory.models.service import make_point
from search import indexing
from tests.browser.guide_site import GuideSite, make_site
from tests.emptying import empty_database
from tests.factories import (
    ActorTypeFactory,
    HelplineFactory,
    OrganisationFactory,
    PlaceFactory,
    ServiceFactory,
)
from tests.territory import BOURGOIN, GRENOBLE, VIENNE, VOIRON, load_communes

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # small in some containers: a tab that dies there is waited for
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="session", autouse=True)
def _built_files() -> None:
    """The style sheets and drawings that the pages fetch."""
    call_command("build_styles", verbosity=0)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps an event loop in this thread, where Django then refuses its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Walk:
    """A tab at the site. `strangers`: requests to anybody else; `complaints`: what the console reported."""

    page: Page
    site: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on(
            "console", lambda message: message.type == "error" and self.complaints.append(message.text)
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "about:")):
            self.strangers.append(url)

    def go(self, path: str) -> "Walk":
        self.page.goto(self.site + path)
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def _walk(chromium: Browser, server: LiveServer | GuideSite, **options: object) -> Iterator[Walk]:
    context: BrowserContext = chromium.new_context(locale="fr-FR", **options)  # type: ignore[arg-type]
    context.set_default_timeout(8000)
    yield Walk(context.new_page(), server.url)
    context.close()


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer) -> Iterator[Walk]:
    yield from _walk(chromium, live_server, viewport=DESK)


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Walk]:
    yield from _walk(chromium, live_server, viewport=PHONE, has_touch=True)


@pytest.fixture
def without_script(chromium: Browser, live_server: LiveServer) -> Iterator[Walk]:
    yield from _walk(chromium, live_server, viewport=DESK, java_script_enabled=False)


@pytest.fixture
def directory(transactional_db: None) -> dict[str, Service]:
    """Four towns of Isère, five public services, one whose address is told by phone, one that is reserved."""
    load_communes()
    for key, label in (("17", "Police, gendarmerie"), ("119", "Allô enfance en danger")):
        HelplineFactory(key=key, label=label, emergency=True)
    HelplineFactory(key="3919", label="Écoute nationale", written=True, trace="N’apparaît pas sur la facture")
    listening = ActorTypeFactory(slug="leao", discreet="Lieu d’écoute")
    organisation = OrganisationFactory(name="La Traverse (exemple)")
    services = {
        "grenoble": ServiceFactory(
            type=listening, organisation=organisation, name="L’Étape (exemple)", women=True
        ),
        "voiron": ServiceFactory(type=listening, organisation=organisation, name="Le Relais (exemple)"),
        "vienne": ServiceFactory(type=listening, name="La Halte (exemple)", by_appointment=True),
        "bourgoin": ServiceFactory(type_slug="crip", name="La Cellule (exemple)", never_verified=True),
        "ailleurs": ServiceFactory(type=listening, name="Au bout du fil (exemple)", phone="+33465710077"),
    }
    for name, insee, point in (
        ("grenoble", GRENOBLE, (5.7245, 45.1885)),
        ("voiron", VOIRON, (5.5915, 45.3644)),
        ("vienne", VIENNE, (4.8745, 45.5255)),
    ):
        PlaceFactory(
            service=services[name], commune__insee=insee, point=make_point(*point), hours="Mo-Fr 09:00-17:00"
        )
    PlaceFactory(service=services["bourgoin"], commune__insee=BOURGOIN, by_phone=True)
    ServiceFactory(type=listening, name="Réservé (exemple)", reserved=True, at=GRENOBLE)
    indexing.rebuild()
    return services


# --- A site of guides, made once a module: its tests read it, and change nothing that another reads ---------


@pytest.fixture(scope="module")
def guides(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, chromium: Browser
) -> Iterator[GuideSite]:
    """Not on `live_server`, which empties the database after each test: emptied once, at the end."""
    with django_db_blocker.unblock():
        # Without a test marked `django_db` there is no database of tests, and this one would be the site's.
        assert connection.settings_dict["NAME"].startswith("test_")
        with override_settings(MEDIA_URL="/elsewhere/"):  # which the test server would answer itself
            server = LiveServer("localhost")
        cache.clear()  # kept beside the database, it would name pictures of another module
        yield make_site(server.url)
        server.stop()
        empty_database()


@pytest.fixture
def _django_db_helper(request: pytest.FixtureRequest) -> None:
    """pytest-django's own, which empties the database, but for the tests that share a site."""
    if "guides" not in request.fixturenames:
        request.getfixturevalue("_django_db_helper")


@pytest.fixture
def reader(chromium: Browser, guides: GuideSite) -> Iterator[Walk]:
    yield from _walk(chromium, guides, viewport=DESK)


@pytest.fixture
def reader_on_phone(chromium: Browser, guides: GuideSite) -> Iterator[Walk]:
    yield from _walk(chromium, guides, viewport=PHONE, has_touch=True)


@pytest.fixture
def reader_without_script(chromium: Browser, guides: GuideSite) -> Iterator[Walk]:
    yield from _walk(chromium, guides, viewport=PHONE, java_script_enabled=False)
