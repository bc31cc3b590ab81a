"""The pages that a new site starts with: made once, refreshed, never taken from whoever wrote on them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from cms import models
from cms.models.starter import StarterRecord
from cms.starter import loading
from cms.starter.files import StarterPage, starter_pages
from cms.starter.loading import create_starter_site
from directory.models import ActorType
from directory.reference import load_actor_types, load_helplines
from tests.cms.page_tools import text_of

pytestmark = pytest.mark.django_db

ALL = len(starter_pages("fr")) + len(starter_pages("en"))
SLUG = "fiche-reflexe-fugue"


@pytest.fixture(autouse=True)
def _empty_site(db: None) -> None:
    """As Wagtail leaves it: its welcome page at the root of the site."""
    load_actor_types()
    load_helplines()
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    for page in Page.objects.filter(depth=2):
        page.delete()
    root.refresh_from_db()
    welcome = root.add_child(instance=Page(title="Welcome", slug="home", locale=locale))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def _make() -> dict[str, int]:
    return create_starter_site(lambda text: None)


def _sheet() -> models.ReflexSheetPage:
    return models.ReflexSheetPage.objects.get(slug=SLUG, locale__language_code="fr")


@pytest.fixture
def change_files(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A next version of the software, whose file says something else."""

    def change(slug: str = SLUG, language: str = "fr", **fields: Any) -> None:
        def changed(asked: str) -> tuple[StarterPage, ...]:
            return tuple(
                replace(one, fields={**one.fields, **fields}, digest="autre")
                if (one.slug, asked) == (slug, language)
                else one
                for one in starter_pages(asked)
            )

        monkeypatch.setattr(loading, "starter_pages", changed)

    return change


# --- Making -------------------------------------------------------------------------------


def test_an_empty_site_gets_everything_and_a_second_run_changes_nothing() -> None:
    assert _make() == {"made": ALL, "refreshed": 0, "left": 0}
    before = list(Page.objects.order_by("pk").values("pk", "path", "url_path", "live", "latest_revision_id"))
    assert _make() == {"made": 0, "refreshed": 0, "left": ALL}
    assert list(Page.objects.order_by("pk").values(*before[0])) == before
    assert all(page["live"] for page in before)
    assert Page.find_problems() == ([], [], [], [], [])


def test_wagtail_s_welcome_page_gives_way() -> None:
    _make()
    assert not Page.objects.filter(slug="home").exists()
    site = Site.objects.get()
    assert isinstance(site.root_page.specific, models.HomePage)
    assert Client().get("/").context["page"] == site.root_page.specific


def test_a_welcome_page_that_somebody_used_stays() -> None:
    welcome = Page.objects.get(slug="home")
    welcome.add_child(instance=Page(title="À nous", slug="a-nous"))
    _make()
    assert Page.objects.filter(slug="a-nous").exists()
    assert Client().get("/a-nous/").status_code == 404  # it is under no site any more
    assert Client().get("/guides/").status_code == 200


def test_the_root_of_the_tree_is_never_a_welcome_page() -> None:
    root = Page.get_first_root_node()
    Page.objects.get(slug="home").delete()
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    _make()
    assert Page.objects.filter(pk=root.pk).exists()
    assert Client().get("/guides/").status_code == 200


def test_every_page_is_served_in_both_languages() -> None:
    _make()
    for language in ("fr", "en"):
        client = Client(headers={"Accept-Language": language})
        for page in Page.objects.filter(depth__gt=1, locale__language_code="fr").specific():
            response = client.get(page.address)
            html = response.content.decode()
            assert response.status_code == 200, page.address
            assert html.count("<h1") == 1, page.address
            assert "page:" not in html.partition("<main")[2], page.address
            assert "type:" not in text_of(response), page.address
            assert 'href=""' not in html, page.address


def test_every_link_leads_somewhere() -> None:
    _make()
    client, seen = Client(), {}
    for page in Page.objects.filter(depth__gt=1, locale__language_code="fr").specific():
        html = client.get(page.address).content.decode().partition("<main")[2]
        for link in {part.partition('"')[0].partition("#")[0] for part in html.split('href="/')[1:]}:
            if not link.startswith(("papier/", "recherche/r/")):
                seen.setdefault(f"/{link}", page.address)
    broken = {link: on for link, on in seen.items() if not _leads_somewhere(client, link)}
    assert not broken


def _leads_somewhere(client: Client, link: str) -> bool:
    """Files are served once they are collected: here, that they are shipped is enough."""
    if link.startswith("/static/"):
        return finders.find(link.removeprefix("/static/")) is not None
    return client.get(link).status_code in (200, 302)


# --- What somebody did since -----------------------------------------------------------------


def test_a_page_that_nobody_touched_follows_its_file(change_files: Callable[..., None]) -> None:
    _make()
    before = _sheet().pk
    change_files(title="Autre titre", summary="Autre résumé.")
    assert _make() == {"made": 0, "refreshed": 1, "left": ALL - 1}
    assert (_sheet().pk, _sheet().title, _sheet().summary) == (before, "Autre titre", "Autre résumé.")
    assert _make() == {"made": 0, "refreshed": 0, "left": ALL}


@pytest.mark.parametrize("publish", [True, False])
def test_a_page_that_somebody_edited_is_kept(change_files: Callable[..., None], publish: bool) -> None:
    """Published or still a draft: what was written is nobody else's to replace."""
    _make()
    page = _sheet()
    page.title = "Notre titre"
    revision = page.save_revision()
    if publish:
        revision.publish()
    change_files(title="Titre livré")
    assert _make()["refreshed"] == 0
    assert _sheet().get_latest_revision().content["title"] == "Notre titre"
    assert _sheet().title != "Titre livré"


def test_a_page_that_somebody_withdrew_is_not_published_again(change_files: Callable[..., None]) -> None:
    _make()
    _sheet().unpublish()
    _make()
    assert not _sheet().live
    change_files(title="Titre livré")
    _make()
    assert not _sheet().live


def test_a_page_that_somebody_deleted_does_not_come_back(change_files: Callable[..., None]) -> None:
    _make()
    _sheet().delete()
    change_files(title="Titre livré")
    assert _make()["made"] == 0
    assert not Page.objects.filter(slug=SLUG).exists()
    assert StarterRecord.objects.get(language="fr", slug=SLUG).page is None


def test_a_page_that_somebody_made_before_us_is_theirs() -> None:
    _make()
    StarterRecord.objects.all().delete()
    page = _sheet()
    page.title = "Notre titre"
    page.save_revision().publish()
    _make()
    assert _sheet().title == "Notre titre"
    assert Page.objects.filter(slug=SLUG).count() == 1


def test_a_page_that_moved_is_not_made_twice(change_files: Callable[..., None]) -> None:
    _make()
    shelf = models.GuideIndexPage.objects.get(slug="ressources", locale__language_code="fr")
    _sheet().move(shelf, pos="last-child")
    change_files(title="Titre livré")
    _make()
    assert Page.objects.filter(slug=SLUG).count() == 1
    assert _sheet().get_parent().pk == shelf.pk


def test_the_command_says_what_it_needs_and_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_starter_site")
    assert f"{ALL} page(s) créée(s)" in capsys.readouterr().out
    models.MeasurePage.objects.all().delete()
    ActorType.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference"):
        call_command("create_starter_site")
