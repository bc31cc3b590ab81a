"""A page that may not be read is found nowhere: no list, link, block, search or file has it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms import models, papers
from cms.readable import cards_of, readable_pages
from directory.visibility import ANONYMOUS, Viewer
from search.indexing import rebuild
from search.models import SearchPage
from tests import pages
from tests.cms.page_tools import READERS, browser_of, text_of

pytestmark = pytest.mark.django_db

TITLE, WORD = "Fiche cachée", "Farfadet"


# --- Ways of not being read ----------------------------------------------------------------


def _draft(sheet: Page) -> None:
    sheet.unpublish()


def _scheduled(sheet: Page) -> None:
    sheet.unpublish()
    sheet.go_live_at = timezone.now() + timedelta(days=1)
    sheet.save_revision().publish()


def _expired(sheet: Page) -> None:
    _over(sheet)
    call_command("publish_scheduled", verbosity=0)
    sheet.refresh_from_db()
    assert sheet.expired


def _over(sheet: Page) -> None:
    """Its time is past, and the clock has not withdrawn it yet."""
    Page.objects.filter(pk=sheet.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def _under_a_draft(sheet: Page) -> None:
    _draft(sheet.get_parent())
    assert Page.objects.get(pk=sheet.pk).live


def _under_what_is_over(sheet: Page) -> None:
    _over(sheet.get_parent())


def _kept(sheet: Page, kind: str) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=sheet, restriction_type=kind, password="sésame")


def _password(sheet: Page) -> None:
    _kept(sheet, PageViewRestriction.PASSWORD)


def _groups(sheet: Page) -> None:
    _kept(sheet, PageViewRestriction.GROUPS).groups.add(Group.objects.create(name="Un groupe"))


def _password_above(sheet: Page) -> None:
    _password(sheet.get_parent())


def _login(sheet: Page) -> None:
    _kept(sheet, PageViewRestriction.LOGIN)


def _login_above(sheet: Page) -> None:
    _login(sheet.get_parent())


WAYS = (
    _draft, _scheduled, _expired, _over, _under_a_draft, _under_what_is_over, _password, _groups,
    _password_above, _login, _login_above,
)  # fmt: skip


# --- Where it might be found -----------------------------------------------------------------


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a sheet is what is asked here, not how it is drawn."""
    monkeypatch.setattr(papers, "pdf_of", lambda html: b"%PDF " + html.encode())


def _planted() -> tuple[models.ReflexSheetPage, Page]:
    """The sheet, on a shelf of its own, and a page that names it in a text and in a block."""
    shelf = pages.make_shelf("rayon-a-part")
    body = [("text", f"<p>{WORD}.</p>")]
    sheet = pages.make_page(models.ReflexSheetPage, shelf, "fiche-cachee", body, title=TITLE, summary=WORD)
    link = f'<p>Voir <a linktype="page" id="{sheet.pk}">la suite</a>.</p>'
    block = {"title": "Autres pages", "pages": [sheet.pk]}
    return sheet, pages.make_standard("qui-renvoie", [("text", link), ("pages", block)])


def _places(client: Client, sheet: Page, naming: Page) -> dict[str, bool]:
    """Where the sheet is found."""
    shelf = client.get("/rayon-a-part/")
    page = client.get(naming.address)
    assert page.status_code == 200
    guides = client.get("/api/v1/search", {"q": WORD}).json()["guides"]
    paper = client.get(reverse("paper", args=[sheet.pk]))
    assert paper.status_code in (200, 404)
    return {
        "page": client.get(sheet.address).status_code == 200,
        "shelf": TITLE in text_of(shelf),
        "link": f'href="{sheet.address}"' in page.content.decode(),
        "block": TITLE in text_of(page),
        "sitemap": sheet.address in client.get("/sitemap.xml").content.decode(),
        "search": sheet.slug in [one["slug"] for one in guides],
        "paper": paper.status_code == 200,
    }


def test_a_published_page_is_found_everywhere(quick_paper: None) -> None:
    sheet, naming = _planted()
    rebuild()
    assert all(_places(Client(), sheet, naming).values())


@pytest.mark.parametrize("hide", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_what_may_not_be_read_is_found_nowhere(hide: Callable[[Any], None], quick_paper: None) -> None:
    sheet, naming = _planted()
    rebuild()  # before it hides: what the index holds still decides nothing
    hide(sheet)
    opened = {"page", "shelf", "link", "block", "paper"} if hide in (_login, _login_above) else set()
    for reader in READERS:
        found = {place for place, is_found in _places(browser_of(reader), sheet, naming).items() if is_found}
        expected = opened if reader != "anonymous" else set()
        assert found - {"search"} == expected, reader
        assert ("search" in found) <= bool(expected), reader
    rebuild()
    assert not SearchPage.objects.filter(key=str(sheet.pk)).exists()


def test_the_index_follows_without_being_asked(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sheet, _naming = _planted()
    assert SearchPage.objects.filter(key=str(sheet.pk)).exists()
    for hide in (_password_above, _under_a_draft):
        with django_capture_on_commit_callbacks(execute=True):
            hide(sheet)
        assert not SearchPage.objects.filter(key=str(sheet.pk)).exists(), hide
        with django_capture_on_commit_callbacks(execute=True):
            PageViewRestriction.objects.all().delete()
            sheet.get_parent().specific.save_revision().publish()
        assert SearchPage.objects.filter(key=str(sheet.pk)).exists(), hide


# --- Chapters, revisions, moves ------------------------------------------------------------------


def test_chapters_that_may_not_be_read_are_counted_and_named_nowhere() -> None:
    guide = pages.make_guide()
    first, hidden, last = (pages.make_chapter(guide, f"partie-{name}") for name in ("une", "cachee", "autre"))
    _draft(hidden)
    for page in (guide, first, last):
        response = Client().get(page.address)
        assert "Partie cachee" not in text_of(response)
        assert "Les 2 chapitres" in text_of(response)
    assert f'href="{last.address}"' in Client().get(first.address).content.decode().partition("m-ends")[2]


def test_what_is_written_since_is_not_read() -> None:
    guide = pages.make_guide(summary="Publié.")
    guide.title, guide.summary, guide.slug = "Autre titre", "Pas encore publié.", "autre-adresse"
    guide.save_revision()
    said = text_of(Client().get("/guides/guide-essai/"))
    assert "Publié." in said
    assert "Autre titre" not in said + text_of(Client().get("/guides/"))
    assert Client().get("/guides/autre-adresse/").status_code == 404


def test_a_page_that_moved_is_at_its_new_address_with_what_is_under_it() -> None:
    guide = pages.make_guide()
    chapter = pages.make_chapter(guide, "partie")
    link = f'<p><a linktype="page" id="{chapter.pk}">Là</a></p>'
    naming = pages.make_standard("qui-renvoie", [("text", link)])
    Page.objects.get(pk=guide.pk).move(pages.make_shelf("ailleurs"), pos="last-child")
    client = Client()
    assert client.get("/guides/guide-essai/partie/").status_code == 404
    assert client.get("/ailleurs/guide-essai/partie/").status_code == 200
    assert 'href="/ailleurs/guide-essai/partie/"' in client.get(naming.address).content.decode()


def test_a_translation_hides_with_its_original(quick_paper: None) -> None:
    sheet, _naming = _planted()
    locale = Locale.objects.get_or_create(language_code="en")[0]
    copy = sheet.copy_for_translation(locale, copy_parents=True)
    copy.title = "Hidden sheet"
    copy.save_revision().publish()
    english = Client(headers={"Accept-Language": "en"})
    assert "Hidden sheet" in text_of(english.get(sheet.address))
    _draft(sheet)
    assert english.get(sheet.address).status_code == 404
    assert english.get(reverse("paper", args=[copy.pk])).status_code == 404
    assert sheet.address not in english.get("/sitemap.xml").content.decode()
    assert cards_of([copy.pk], ANONYMOUS) == []


def test_nothing_above_the_site_is_a_page(viewer_administrator: Viewer) -> None:
    pages.make_home()
    assert not readable_pages(viewer_administrator).filter(depth=1).exists()
    assert Client().get("/accueil/").status_code == 404
