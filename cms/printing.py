"""HTML → PDF: tagged (PDF/UA), dated, with nothing fetched from anywhere but our own files."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage

STYLES = "css/paper.css"
PICTURES = "/media/images/"


def pdf_of(html: str) -> bytes:
    """The document on A4 pages. Its title and language are those of the HTML; it names no author."""
    from weasyprint import HTML  # two to three seconds, the first time: never at start-up

    document = HTML(string=html, base_url=settings.SITE_URL, url_fetcher=_fetcher())
    return document.write_pdf(stylesheets=[_styles()], pdf_variant="pdf/ua-1")


@cache
def _styles() -> Any:
    from weasyprint import CSS

    found = finders.find(STYLES)
    if not found:
        raise ImproperlyConfigured(f"No static file {STYLES}.")
    return CSS(string=Path(found).read_text(encoding="utf-8"))


@cache
def _fetcher() -> Any:
    """Pictures of the site from where they are stored, and those drawn in the page: all else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = urlsplit(url).path
            name = f"images/{path.removeprefix(PICTURES)}"
            if not url.startswith(settings.SITE_URL) or not path.startswith(PICTURES) or ".." in name:
                raise ValueError("Only our own pictures are printed.")
            return URLFetcherResponse(url, default_storage.open(name).read())

    return OwnFiles(allowed_protocols=("data",))


def qr_of(address: str) -> str:
    """The address as a square to scan, as a `data:` picture."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=0, dark="#1c2b33", light=None)


def absolute(path: str) -> str:
    # From the settings, not from the request: what is printed must not carry a forged host name.
    return settings.SITE_URL.rstrip("/") + path
