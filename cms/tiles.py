"""Street tiles through our own origin: a visitor's browser talks to nobody else.

`MAP_TILES_UPSTREAM` alone says where they come from. Without it there are none, and the map has its outlines.
"""

import time
from base64 import b64decode
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms import tile_source
from cms.tile_store import Tile, TileStore
from directory.throttle import seconds_to_wait

FARTHEST, NEAREST = 0, 19
# A view takes a dozen tiles; only those that must be fetched are counted.
_TIMES = 10
_PATIENCE = 3  # seconds: while another fetches the same one
_TURN = 0.5  # for its turn: a quick upstream serves a whole view
# Of the threads of a process: an upstream that is slow must not hold those that answer who needs help.
_FETCHING = BoundedSemaphore(2)
_MEGABYTE = 1_000_000
_EMPTY = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def tiles_address() -> str:
    """The address of a tile with {z}, {x} and {y} in it; empty without an upstream."""
    return (
        reverse("tile", args=[0, 0, 0])[: -len("0/0/0")] + "{z}/{x}/{y}"
        if settings.MAP_TILES_UPSTREAM
        else ""
    )


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """A picture, a transparent one when there is none: the outlines under it stand. Nothing of it is kept by
    the browser (cms.middleware): tiles on a shared computer would tell where one looked."""
    if not settings.MAP_TILES_UPSTREAM or not (z <= NEAREST and x < 2**z and y < 2**z):
        raise Http404
    store = TileStore(
        settings.MAP_TILES_DIR, settings.MAP_TILES_UPSTREAM, settings.MAP_TILES_MAX_MB * _MEGABYTE
    )
    name = f"{z}/{x}/{y}"
    known = store.read(name)
    if known and known.is_fresh:
        return _picture(known)
    if time.time() < store.paused_until:
        return _picture(known)
    wait = seconds_to_wait(request, "tiles", times=_TIMES)
    if wait or not _FETCHING.acquire(timeout=_TURN):
        return _picture(known) if known else _later(wait or 1)
    try:
        return _picture(_fetched(store, name, known))
    finally:
        _FETCHING.release()


def _later(wait: int) -> HttpResponse:
    """No picture: the map then asks again."""
    return HttpResponse(status=429, headers={"Retry-After": str(wait)})


def _fetched(store: TileStore, name: str, known: Tile | None) -> Tile | None:
    """From the upstream, once for all who wait for it; else as it was."""
    with store.alone(name, _PATIENCE) as is_alone:
        known = store.read(name) or known  # fetched by another meanwhile
        paused_until = store.paused_until
        if (known and known.is_fresh) or not is_alone or time.time() < paused_until:
            return known
        if paused_until:
            # It did not answer the last time: one tries, the others wait for that.
            store.pause(tile_source.PAUSE)
        try:
            found, may_keep = _asked(name, known)
        except tile_source.Unavailable as error:
            if error.pause:
                store.pause(error.pause)
            return known
        if paused_until:
            store.resume()
        if may_keep:
            store.write(name, found)
        return found


def _asked(name: str, known: Tile | None) -> tuple[Tile, bool]:
    z, x, y = name.split("/")
    address = settings.MAP_TILES_UPSTREAM.format(z=z, x=x, y=y)
    return tile_source.fetch(address, settings.MAP_TILES_USER_AGENT, known)


def _picture(found: Tile | None) -> HttpResponse:
    if found and found.body:
        return HttpResponse(found.body, content_type=found.kind)
    return HttpResponse(_EMPTY, content_type="image/png", status=404 if found else 502)


def check_tiles(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """An upstream needs a whole address, and the attribution that its terms ask for."""
    upstream = settings.MAP_TILES_UPSTREAM
    if not upstream:
        return []
    found: list[CheckMessage] = []
    try:
        is_address = upstream.format(z=1, x=2, y=3).startswith(("https://", "http://"))
    except (KeyError, IndexError, ValueError):
        is_address = False
    if not is_address or not all(part in upstream for part in ("{z}", "{x}", "{y}")):
        found.append(Error("MAP_TILES_UPSTREAM: give an https address with {z}, {x} and {y}.", id="cms.E001"))
    if not settings.MAP_TILES_ATTRIBUTION:
        found.append(Error("MAP_TILES_ATTRIBUTION: say whose map it is, as its terms ask.", id="cms.E002"))
    return found
