"""Making a PDF asks nothing of anybody: only the site's own pictures are fetched, from its storage."""

import socket
from typing import Any, NoReturn

import pytest
from django.core.files.storage import default_storage

from cms import models
from cms.printing import _fetcher, pdf_of
from directory.reference import load_actor_types, load_helplines
from tests import pages
from tests.cms.file_tools import picture
from tests.cms.paper_tools import facts_of, reader_of, sheet_of, words_of

SITE = "http://127.0.0.1:8000"
ELSEWHERE = (
    "http://127.0.0.1:5432/", "https://exemple.example/x.png", "//exemple.example/x.png", "ftp://exemple.example/x",
    "file:///etc/passwd", "file:///media/images/../../etc/passwd", f"{SITE}/static/css/paper.css",
    f"{SITE}/media/original_images/x.png", f"{SITE}/media/images/../original_images/x.png",
    f"{SITE}/media/images/../../../etc/passwd", "/media/images/x.png", "gopher://127.0.0.1/", "jar:file:///x",
    "http://127.0.0.1:8000.exemple.example/static/x.png", "http://127.0.0.1:8000@exemple.example/secret",
)  # fmt: skip


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    tried: list[Any] = []

    def refused(_socket: Any, address: Any) -> NoReturn:
        tried.append(address)
        raise OSError("no network in this test")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refused)
    return tried


@pytest.mark.parametrize("url", ELSEWHERE)
def test_nothing_else_is_fetched(url: str) -> None:
    with pytest.raises(Exception, match=r"Only our own|not allowed|[Uu]nsupported|[Nn]o such") as refused:
        _fetcher().fetch(url)
    assert not isinstance(refused.value, OSError)


def test_no_request_leaves_whatever_a_page_holds(no_network: list[Any]) -> None:
    inner = "<svg xmlns='http://www.w3.org/2000/svg'><image href='{}'/><text>{}</text></svg>"
    drawn = [f"data:image/svg+xml,{inner.format(url, 'x')}" for url in ELSEWHERE]
    every = (*ELSEWHERE, *drawn)
    marks = "".join(f'<img src="{url}" alt="x"><object data="{url}"></object>' for url in every)
    head = "".join(f'<link rel="stylesheet" href="{url}">' for url in every)
    head += "".join(f'<link rel="attachment" href="{url}">' for url in ELSEWHERE)
    style = "".join(f"@import url('{url}'); p {{ background: url('{url}') }}" for url in every)
    head = f"<title>x</title>{head}<style>{style}</style>"
    pdf = pdf_of(f"<html lang='fr'><head>{head}</head><p>Lu.</p>{marks}")
    assert no_network == []
    assert "Lu." in words_of(pdf)
    assert "root:" not in words_of(pdf)
    assert not reader_of(pdf).attachments


@pytest.mark.django_db
def test_a_picture_of_the_site_is_printed(no_network: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the database is asked through a socket too
    shown = picture()
    block = {"image": shown.pk, "alternative": "Un carré", "caption": ""}
    sheet = pages.make_reflex(body=[("image", block)])
    pdf = sheet_of(f"/papier/p/{sheet.pk}/")
    assert any(page.images for page in reader_of(pdf).pages)
    assert default_storage.exists(shown.file.name)


@pytest.mark.django_db
def test_each_reflex_sheet_that_is_shipped_holds_on_one_page() -> None:
    from cms.starter.loading import create_starter_site

    load_actor_types()
    load_helplines()
    create_starter_site(lambda text: None)
    sheets = models.ReflexSheetPage.objects.live().order_by("pk")
    told = {sheet.slug: facts_of(sheet_of(f"/papier/p/{sheet.pk}/"))["Pages"] for sheet in sheets}
    assert told
    assert set(told.values()) == {"1"}, told
