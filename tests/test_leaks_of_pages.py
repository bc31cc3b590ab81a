"""Pages that hide are read by nobody; the others tell each reader their own services, on paper too."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cms.models import GuidePage, ReflexSheetPage
from directory.models import ActorType
from search.tokens import seal
from tests.leaking import corpus as planted
from tests.leaking.corpus import OF_38, TOKEN_38, VIEWERS, Corpus
from tests.leaking.page_corpus import SIGNED_IN
from tests.leaking.readers import client_of
from tests.leaking.reading import leaks_in, readable

pytestmark = pytest.mark.django_db

RESERVED = "Cellule Canari-Réservée"
SHINING = (
    "/guides/page-phare/", "/guides/page-phare/chapitre-phare/", "/guides/fiche-phare/", "/site-phare/",
)  # fmt: skip
PLACES = ("insee:38185", "Monestier-de-Clermont", "38")


@pytest.fixture
def corpus(canaries_and_pages: Corpus, db: None) -> Corpus:
    cache.clear()
    return canaries_and_pages


@pytest.fixture(params=VIEWERS)
def viewer(request: pytest.FixtureRequest) -> str:
    return request.param


def _in(place: str) -> str:
    return f"?ici={seal({'lieu': [place]})}"


def _asked(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        yield path
        yield from (path + _in(place) for place in PLACES)


def test_pages_tell_each_reader_their_own(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    leaks = [*_leaks_on_screen(client, corpus, viewer), *_leaks_on_paper(client, corpus, viewer)]
    assert not leaks, "\n".join(leaks)
    kept = readable(client.get("/guides/page-cinq/"))
    assert ("Canari-Texte-connectes" in kept) is (viewer in SIGNED_IN)


def _leaks_on_screen(client: Client, corpus: Corpus, viewer: str) -> Iterator[str]:
    for language in ("fr", "en"):
        for path in _asked(SHINING if language == "fr" else SHINING[:1]):
            response = client.get(path, headers={"Accept-Language": language})
            assert response.status_code == 200, path
            yield from leaks_in(corpus, viewer, f"get {path} ({language})", response)
        said = readable(client.get(SHINING[0] + _in(PLACES[0]), headers={"Accept-Language": language}))
        assert "Phare du texte" in said
        assert (RESERVED in said) is (viewer in OF_38 - {TOKEN_38})


def _leaks_on_paper(client: Client, corpus: Corpus, viewer: str) -> Iterator[str]:
    """Drawn, and read as poppler reads it."""
    sheets = [GuidePage.objects.get(slug="page-phare"), ReflexSheetPage.objects.get(slug="fiche-phare")]
    paths = [f"/papier/p/{page.pk}/" for page in sheets]
    paths.append(f"/papier/f/{ActorType.objects.get(slug='leao').public_id}/")
    for path in paths:
        response = client.get(path + _in(PLACES[0]))
        assert response.content.startswith(b"%PDF")
        yield from leaks_in(corpus, viewer, f"get {path}", response)
        assert (RESERVED in readable(response)) is (viewer in OF_38 - {TOKEN_38}), path


def test_the_index_holds_no_page_that_hides(corpus: Corpus) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(page::text, ' ') FROM search_searchpage page")
        rows = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(word::text, ' ') FROM search_searchword word")
        words = cursor.fetchone()[0]
    assert "Phare du texte" in rows
    assert "canari" not in rows.lower()
    assert "canari" not in words.lower()


def test_every_kind_of_text_is_planted(corpus: Corpus) -> None:
    """The canaries are where editors write: an administrator finds each in the form of its page."""
    from wagtail.models import Page

    client = client_of(planted.ADMINISTRATOR, corpus)
    told = "".join(
        readable(client.get(f"/gestion/pages/{page.pk}/edit/")) for page in Page.objects.filter(depth__gt=2)
    )
    planted_here = [secret for secret in corpus.secrets if " of a page, " in secret.label]
    assert len({secret.label.partition(" of")[0] for secret in planted_here}) >= 10
    for secret in planted_here:
        assert secret.pattern.search(told) or secret.label.startswith(("Document", "Image")), secret.label
    assert Client().get("/guides/page-sept/").status_code == 200
