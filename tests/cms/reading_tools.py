"""Texts as a reader finds them: said for one reading, on a page, on paper."""

import re
from html import unescape
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.rich_text import RichText

from cms.papers import page_html
from cms.reading import Reading
from cms.said import said, titled
from directory.visibility import ANONYMOUS, Viewer


def reading(viewer: Viewer = ANONYMOUS, **values: Any) -> Reading:
    return Reading(viewer, timezone.now(), **values)


def plain(text: str, here: Reading | None = None) -> str:
    return str(said(text, here or reading()))


def rich(source: str, here: Reading | None = None) -> str:
    return str(said(RichText(source), here or reading()))


def title(text: str, here: Reading | None = None) -> str:
    return str(titled(text, here or reading()))


def words(html: str) -> str:
    """What is read, without tags, with ordinary spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def pressed_twice(html: str) -> list[str]:
    """What may be pressed inside what may be pressed already: never a thing to find."""
    inner = (
        "a a, a button, button a, button button, summary a, summary button, h1 button, h2 button, h3 button"
    )
    return [str(one) for one in soup(html).select(inner)]


def shown(page: Any, client: Client | None = None) -> str:
    """The page on screen."""
    response = (client or Client()).get(page.address)
    assert response.status_code == 200, page.address
    return response.content.decode()


def on_paper(page: Any, viewer: Viewer = ANONYMOUS) -> str:
    """The HTML that becomes the PDF."""
    request = RequestFactory().get(page.address)
    request.viewer = viewer
    return page_html(page, request)
