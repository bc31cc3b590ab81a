"""Pages at their address: a commune that is said leaves no trace, and no method or input breaks them."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from cms import models
from cms.reading import HERE, sealed_place
from search import tokens
from search.indexing import rebuild
from tests import pages, territory
from tests.cms.page_tools import live_block, make_numbers, text_of
from tests.factories import ActorTypeFactory, CommuneFactory, ServiceFactory
from tests.planting import kept_for_a_module

pytestmark = pytest.mark.django_db

WORD = "Embrun"
EXPIRED = "n’a pas été gardée au-delà d’un quart d’heure"


@pytest.fixture(scope="module")
def _chapter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[models.ChapterPage]:
    with kept_for_a_module(django_db_blocker):
        territory.load_communes()
        make_numbers()
        kind = ActorTypeFactory(slug="crip")
        for code, name in (("05", "Cellule des Hautes-Alpes"), ("38", "Cellule de l’Isère")):
            ServiceFactory(type=kind, name=name, department=code, coverage=[territory.department(code)])
        rebuild()
        guide = pages.make_guide()
        pages.make_chapter(guide, "avant")
        asked = pages.make_chapter(guide, "contacter", [live_block()])
        pages.make_chapter(guide, "apres")
        yield asked


@pytest.fixture
def chapter(_chapter: models.ChapterPage, db: None) -> models.ChapterPage:
    """With a block that asks for the commune, and a service in Embrun's department and one in Isère."""
    return _chapter


def _say(page: Any, text: str, client: Client | None = None) -> HttpResponse:
    return (client or Client()).post(page.address, {"lieu": text})


def _read(page: Any, token: str) -> HttpResponse:
    return Client().get(page.address, {HERE: token})


def _answered(page: Any, text: str) -> HttpResponse:
    """What the browser shows after saying a commune."""
    response = Client().get(_say(page, text)["Location"])
    assert response.status_code == 200
    return response


# --- A commune that is said ------------------------------------------------------------------


def test_a_commune_travels_in_an_address_that_tells_nothing(chapter: models.ChapterPage) -> None:
    response = _say(chapter, WORD)
    address = response["Location"]
    assert response.status_code == 303
    assert re.fullmatch(rf"{chapter.address}\?ici=[\w=-]+#ici", address)
    assert WORD.lower() not in unquote(address).lower()
    assert "05046" not in address
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert response.content == b""


def test_who_answers_there_is_shown_and_is_kept_by_no_browser(chapter: models.ChapterPage) -> None:
    response = _answered(chapter, WORD)
    said = text_of(response)
    assert "Cellule des Hautes-Alpes" in said
    assert "Cellule de l’Isère" not in said
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_same_commune_never_has_the_same_address(chapter: models.ChapterPage) -> None:
    assert _say(chapter, WORD)["Location"] != _say(chapter, WORD)["Location"]


def test_no_forgery_token_and_no_session_are_needed(chapter: models.ChapterPage) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert _say(chapter, WORD, strict).status_code == 303
    assert not strict.cookies


def test_saying_nothing_forgets_what_was_said(chapter: models.ChapterPage) -> None:
    for nothing in ("", "   ", "\x00"):
        assert _say(chapter, nothing)["Location"] == f"{chapter.address}#ici"


def test_going_from_chapter_to_chapter_keeps_the_commune(chapter: models.ChapterPage) -> None:
    html = _answered(chapter, WORD).content.decode()
    for slug in ("avant", "apres"):
        link = re.search(rf'href="(/guides/guide-essai/{slug}/\?ici=[^"]+)"', html).group(1)
        other = Client().get(link)
        assert other.status_code == 200
        assert f'href="{chapter.address}?ici=' in other.content.decode()
    assert re.search(r'href="/papier/p/\d+/\?ici=', html)


# --- What is old, foreign, doubtful -------------------------------------------------------------


def test_an_old_address_says_so(chapter: models.ChapterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    token = sealed_place(WORD)
    monkeypatch.setattr(tokens, "LIFETIME", -1)
    response = _read(chapter, token)
    assert response.status_code == 200
    assert EXPIRED in text_of(response)
    assert "Cellule des Hautes-Alpes" not in text_of(response)
    assert "?ici=" not in response.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-4] + "AAAA", lambda token: token[::-1], lambda token: token * 200,
        lambda token: "x", lambda token: "é\u2028\U0001f600", lambda token: "<script>", lambda token: "\x00",
        lambda token: "A" * 20_000, lambda token: "=" * 9, lambda token: "insee:05046",
    ],
)  # fmt: skip
def test_an_altered_address_is_a_page_that_says_so(chapter: models.ChapterPage, change: Any) -> None:
    response = _read(chapter, change(sealed_place(WORD)))
    assert response.status_code == 200
    assert EXPIRED in text_of(response)
    assert "<script>" not in response.content.decode()


def test_the_address_of_a_search_is_read_for_its_place_only(chapter: models.ChapterPage) -> None:
    token = tokens.seal({"q": ["un mot tapé"], "lieu": [WORD]})
    response = _read(chapter, token)
    assert "Cellule des Hautes-Alpes" in text_of(response)
    assert "un mot tapé" not in text_of(response)
    assert _read(chapter, tokens.seal({"q": ["un mot tapé"]})).status_code == 200


def test_a_department_is_enough(chapter: models.ChapterPage) -> None:
    for text in ("38", "Isère"):
        assert "Cellule de l’Isère" in text_of(_answered(chapter, text))


def test_homonyms_are_chosen_from(chapter: models.ChapterPage) -> None:
    for row in territory.rows().values():
        if row["nom"] == "Sainte-Colombe":
            CommuneFactory(insee=row["code_insee"])
    html = _answered(chapter, "Sainte-Colombe").content.decode()
    chip = rf'<a class="m-chip[^"]*" href="({chapter.address}\?ici=[\w=-]+#ici)">([^<]+)</a>'
    links = re.findall(chip, html)
    assert len(links) > 1
    assert all("Sainte-Colombe" in label for _address, label in links)
    assert Client().get(links[0][0]).status_code == 200


def test_an_unknown_place_says_so(chapter: models.ChapterPage) -> None:
    response = _answered(chapter, "Trifouillis-les-Oies")
    html = response.content.decode()
    assert 'class="m-note"' in html
    assert "Trifouillis-les-Oies" in html.partition("m-note")[2].partition("</p>")[0]
    assert "Cellule des Hautes-Alpes" not in text_of(response)


@pytest.mark.parametrize(
    "text",
    [
        "Em\x00brun", "x" * 10_000, "\U0001f600" * 300, "<img src=x onerror=alert(1)>", "'\"><svg/onload=a>",
        "insee:", "insee:99999", "insee:' OR 1=1", "%s %(x)s", "{{ 7|add:7 }}", "\ud83d", "-1", "²",
        "38 " * 50, "../../etc/passwd", "\u202e\u0000\u200b", "05046\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_a_page(chapter: models.ChapterPage, text: str) -> None:
    told = _say(chapter, text.encode("utf-8", "replace").decode())
    assert told.status_code == 303
    assert len(told["Location"]) < 1_000
    assert not told.cookies
    response = Client().get(told["Location"])
    html = response.content.decode()
    assert response.status_code == 200
    assert not any(broken in html for broken in ("<img src=x", "<svg/onload", 'value="14"'))
    assert "Set-Cookie" not in response


# --- Methods and paths ---------------------------------------------------------------------------


def _one_of_each() -> list[Any]:
    guide = pages.make_guide("guide-autre")
    resource = pages.make_page(models.ResourcePage, pages.make_shelf("ressources"), "plaquette")
    return [
        pages.make_home(), pages.make_shelf(), guide, pages.make_chapter(guide, "un"), pages.make_reflex(),
        pages.make_measure(), resource, pages.make_standard(), pages.make_standard("accessibilite"),
    ]  # fmt: skip


def test_every_method_is_answered_on_every_kind_of_page() -> None:
    client = Client(raise_request_exception=False)
    expected = {"get": 200, "head": 200, "post": 303}
    expected |= dict.fromkeys(("put", "patch", "delete", "options"), 405)
    for page in _one_of_each():
        for method, status in expected.items():
            response = getattr(client, method)(page.address)
            assert response.status_code == status, (method, page.address)
            assert not response.cookies
        assert client.generic("TRACE", page.address).status_code == 405
        assert client.head(page.address).content == b""


def test_a_post_leads_nowhere_else() -> None:
    pages.make_guide("guide-autre")
    client = Client(raise_request_exception=False)
    for path in ("//evil.example/", "//evil/", "/\\evil/", "/guides/..//evil/", "//guides/", "///"):
        response = client.post("/", {"lieu": WORD}, headers={"Host": "evil.example"}, PATH_INFO=path)
        assert response.status_code == 404, path
    posted = {"lieu": WORD, "next": "//evil.example"}
    told = client.post("/guides/guide-autre/?next=//evil.example/&ici=x", posted)
    assert re.match(r"/guides/guide-autre/\?ici=", told["Location"])
    assert "evil" not in told["Location"]


@pytest.mark.parametrize(
    "path", ["/guides/x/y/z/", "/" + "a/" * 300, "/accueil/", "/racine/", "/é/", "/guides/%00/", "/_/", "/1/"]
)
def test_what_is_no_page_is_not_found(path: str) -> None:
    pages.make_shelf()
    assert Client(raise_request_exception=False).get(path).status_code == 404


def test_pages_say_nothing_of_the_time_they_were_asked(chapter: models.ChapterPage) -> None:
    """Without a commune, two readers get the same page: nothing in it tells one from the other."""
    assert Client().get(chapter.address).content == Client().get(chapter.address).content
