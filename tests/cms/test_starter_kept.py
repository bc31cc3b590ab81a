"""The pages that a new site starts with, once made: served, refreshed, never taken from who wrote on them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from cms import models
from cms.models.starter import StarterRecord
from cms.starter import loading
from cms.starter.files import StarterPage, starter_pages
from tests.cms.page_tools import text_of
from tests.cms.starter_tools import ALL, empty_site, make_pages
from tests.planting import kept_for_a_module

pytestmark = pytest.mark.django_db

SLUG = "fiche-reflexe-fugue"


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """The pages on an empty site, made once (six seconds): what a test does to them is undone after it."""
    with kept_for_a_module(django_db_blocker):
        empty_site()
        yield make_pages()


@pytest.fixture(autouse=True)
def _site(made: dict[str, int], db: None) -> None:
    """Each test begins when they are made."""


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


def test_an_empty_site_gets_everything_and_a_second_run_changes_nothing(made: dict[str, int]) -> None:
    assert made == {"made": ALL, "refreshed": 0, "left": 0}
    before = list(Page.objects.order_by("pk").values("pk", "path", "url_path", "live", "latest_revision_id"))
    assert make_pages() == {"made": 0, "refreshed": 0, "left": ALL}
    assert list(Page.objects.order_by("pk").values(*before[0])) == before
    assert all(page["live"] for page in before)
    assert Page.find_problems() == ([], [], [], [], [])


def test_wagtail_s_welcome_page_gives_way() -> None:
    assert not Page.objects.filter(slug="home").exists()
    site = Site.objects.get()
    assert isinstance(site.root_page.specific, models.HomePage)
    assert Client().get("/").context["page"] == site.root_page.specific


def test_every_page_is_served_in_both_languages() -> None:
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
    before = _sheet().pk
    change_files(title="Autre titre", summary="Autre résumé.")
    assert make_pages() == {"made": 0, "refreshed": 1, "left": ALL - 1}
    assert (_sheet().pk, _sheet().title, _sheet().summary) == (before, "Autre titre", "Autre résumé.")
    assert make_pages() == {"made": 0, "refreshed": 0, "left": ALL}


@pytest.mark.parametrize("publish", [True, False])
def test_a_page_that_somebody_edited_is_kept(change_files: Callable[..., None], publish: bool) -> None:
    """Published or still a draft: what was written is nobody else's to replace."""
    page = _sheet()
    page.title = "Notre titre"
    revision = page.save_revision()
    if publish:
        revision.publish()
    change_files(title="Titre livré")
    assert make_pages()["refreshed"] == 0
    assert _sheet().get_latest_revision().content["title"] == "Notre titre"
    assert _sheet().title != "Titre livré"


def test_a_page_that_somebody_withdrew_is_not_published_again(change_files: Callable[..., None]) -> None:
    _sheet().unpublish()
    make_pages()
    assert not _sheet().live
    change_files(title="Titre livré")
    make_pages()
    assert not _sheet().live


def test_a_page_that_somebody_deleted_does_not_come_back(change_files: Callable[..., None]) -> None:
    _sheet().delete()
    change_files(title="Titre livré")
    assert make_pages()["made"] == 0
    assert not Page.objects.filter(slug=SLUG).exists()
    assert StarterRecord.objects.get(language="fr", slug=SLUG).page is None


def test_a_page_that_somebody_made_before_us_is_theirs() -> None:
    StarterRecord.objects.all().delete()
    page = _sheet()
    page.title = "Notre titre"
    page.save_revision().publish()
    make_pages()
    assert _sheet().title == "Notre titre"
    assert Page.objects.filter(slug=SLUG).count() == 1


def test_a_page_that_moved_is_not_made_twice(change_files: Callable[..., None]) -> None:
    shelf = models.GuideIndexPage.objects.get(slug="ressources", locale__language_code="fr")
    _sheet().move(shelf, pos="last-child")
    change_files(title="Titre livré")
    make_pages()
    assert Page.objects.filter(slug=SLUG).count() == 1
    assert _sheet().get_parent().pk == shelf.pk
