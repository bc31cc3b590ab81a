"""PDFs as others read them: poppler's text and properties."""

import re
import subprocess
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader


def sheet_of(path: str, client: Client | None = None, **data: Any) -> bytes:
    """The PDF at that address."""
    response = (client or Client()).get(path, data)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/pdf"
    return response.content


def _poppler(tool: str, pdf: bytes, *options: str) -> str:
    done = subprocess.run([tool, *options], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(pdf: bytes) -> str:
    """Its text in reading order, on one line."""
    text = _poppler("pdftotext", pdf, "-enc", "UTF-8", "-", "-")
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, laid out."""
    return _poppler("pdftotext", pdf, "-layout", "-enc", "UTF-8", "-", "-").split("\f")[:-1]


def facts_of(pdf: bytes) -> dict[str, str]:
    """What `pdfinfo` says: Title, Tagged, Pages…"""
    lines = _poppler("pdfinfo", pdf, "-").splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def structure_of(pdf: bytes) -> str:
    """The tags, one a line, as `pdfinfo -struct` says them."""
    return _poppler("pdfinfo", pdf, "-struct", "-")


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def name_of(response: HttpResponse) -> str:
    return re.search(r'filename="([^"]+)"', response["Content-Disposition"]).group(1)
