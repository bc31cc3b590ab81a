"""Asking the upstream for a tile: who we are, and nothing of who looks.

Its terms are kept: our name and address, its own caching, no second request for what did not change, none at
all for a while when it does not answer.
"""

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from cms.tile_store import Tile

TIMEOUT = 4  # seconds without a byte; a tile takes less than LONGEST
LONGEST = 8
MOST_BYTES = 1_000_000
# A drawing (SVG) could carry a script.
KINDS = ("image/png", "image/jpeg", "image/webp")
DAY = 24 * 3600
UNSAID, AT_MOST, ABSENT_FOR = 7 * DAY, 60 * DAY, 300
PAUSE, LONGEST_PAUSE = 30, 600


class Unavailable(Exception):
    """No tile can be had now; `pause`: seconds during which the upstream is not asked for any."""

    def __init__(self, reason: str, pause: float = 0) -> None:
        super().__init__(reason)
        self.pause = pause


class _SameHost(HTTPRedirectHandler):
    max_redirections = 3

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            raise Unavailable("sent elsewhere")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """Neither cookies nor files nor ftp: the web alone."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, _SameHost):
        opener.add_handler(handler())
    opener.add_handler(HTTPErrorProcessor())
    return opener


def fetch(address: str, agent: str, known: Tile | None) -> tuple[Tile, bool]:
    """The tile at `address`, and whether it may be kept; `known` again when it did not change.

    Raises Unavailable: unreachable, refused, too large, no picture.
    """
    try:
        with _opener().open(_request(address, agent, known), timeout=TIMEOUT) as answer:
            return _tile(answer)
    except HTTPError as error:
        with error:
            return _without_tile(error, known)
    except (OSError, HTTPException) as error:
        raise Unavailable(type(error).__name__, PAUSE) from error


def _request(address: str, agent: str, known: Tile | None) -> Request:
    headers = {"User-Agent": agent, "Accept": ", ".join(KINDS)}
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.modified:
        headers["If-Modified-Since"] = known.modified
    return Request(address, headers=headers)


def _tile(answer: HTTPResponse) -> tuple[Tile, bool]:
    kind = answer.headers.get_content_type()
    if answer.status != 200 or kind not in KINDS:
        raise Unavailable("no picture")
    body = _body(answer)
    fresh_until, may_keep = lifetime(answer.headers)
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    return Tile(body, kind, fresh_until, etag, modified), may_keep


def _body(answer: HTTPResponse) -> bytes:
    until = time.monotonic() + LONGEST
    body = b""
    while part := answer.read1(65536):
        body += part
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise Unavailable("too large or too slow")
    if not body:
        raise Unavailable("nothing")
    return body


def _without_tile(error: HTTPError, known: Tile | None) -> tuple[Tile, bool]:
    if error.code == 304 and known:
        fresh_until, may_keep = lifetime(error.headers)
        return known.until(fresh_until), may_keep
    if error.code in (404, 410):
        return Tile(b"", "", time.time() + ABSENT_FOR), True
    raise Unavailable(str(error.code), _pause(error.headers))


def _pause(headers: Mapping[str, str]) -> float:
    asked = headers.get("Retry-After") or ""
    return min(int(asked), LONGEST_PAUSE) if asked.isascii() and asked.isdigit() else PAUSE


def lifetime(headers: Mapping[str, str]) -> tuple[float, bool]:
    """Until when the answer is fresh, whether it may be kept. An upstream that says nothing: seven days."""
    now = time.time()
    said = [part.strip().lower() for part in (headers.get("Cache-Control") or "").split(",")]
    if "no-store" in said:
        return now, False
    if "no-cache" in said:
        return now, True
    ages = [part.partition("=")[2] for part in said if part.startswith(("s-maxage=", "max-age="))]
    seconds = [int(age) for age in ages if age.isascii() and age.isdigit()]
    if seconds:
        return now + min(max(seconds), AT_MOST), True
    return min(_expiry(headers.get("Expires"), now), now + AT_MOST), True


def _expiry(text: str | None, now: float) -> float:
    if not text:
        return now + UNSAID
    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError:
        return now  # "0" and the like: already old
