"""Street tiles through our own origin: fetched once, kept within a bound, and nothing told of who looks."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cms import tile_source, tiles
from cms.tile_store import SHELVES, Tile, TileStore
from tests.cms.upstream import PICTURE, Upstream, serving

TILE = "/tuiles/9/264/183"
OTHER = "/tuiles/9/265/183"
EMPTY = tiles._EMPTY


@pytest.fixture
def upstream(settings: Settings, tmp_path: Path) -> Iterator[Upstream]:
    with serving(Upstream()) as upstream:
        settings.MAP_TILES_UPSTREAM = upstream.address + "/{z}/{x}/{y}.png?key=k"
        settings.MAP_TILES_ATTRIBUTION = "© des contributeurs"
        settings.MAP_TILES_USER_AGENT = "Maillage (+https://maillage.example) contact@maillage.example"
        settings.MAP_TILES_DIR = tmp_path
        yield upstream


def get(path: str = TILE, **headers: str) -> HttpResponse:
    return Client(headers=headers).get(path)


def age(tmp_path: Path) -> None:
    """As if all that is kept, and every pause, had ended."""
    for path in tmp_path.rglob("*"):
        if path.name == "pause":
            path.write_text("1")
        elif path.is_file() and path.suffix != ".lock":
            head, _line, body = path.read_bytes().partition(b"\n")
            path.write_bytes(_old(head) + b"\n" + body)


def _old(head: bytes) -> bytes:
    before, _colon, after = head.partition(b'"fresh_until": ')
    return before + b'"fresh_until": 1' + after[after.index(b",") :]


def kept(tmp_path: Path) -> int:
    paths = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.parent.parent == tmp_path]
    return sum(path.stat().st_size for path in paths)


# --- Served -----------------------------------------------------------------------------------------------


def test_without_an_upstream_there_are_none(settings: Settings) -> None:
    assert settings.MAP_TILES_UPSTREAM == ""
    assert get().status_code == 404
    assert tiles.tiles_address() == ""


def test_a_tile_is_fetched_once(upstream: Upstream) -> None:
    for _turn in range(3):
        found = get()
        assert (found.status_code, found["Content-Type"], found.content) == (200, "image/png", PICTURE)
    assert upstream.paths == ["/9/264/183.png?key=k"]
    assert "no-store" in found["Cache-Control"]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert not found.cookies
    assert tiles.tiles_address() == "/tuiles/{z}/{x}/{y}"


def test_it_says_who_asks_and_nothing_of_who_looks(upstream: Upstream) -> None:
    get(
        Cookie="sessionid=secret",
        Referer="https://maillage.example/s/x/",
        User_Agent="Somebody",
        Accept_Language="ar",
    )
    heard = upstream.heard[0]
    assert heard["user-agent"] == "Maillage (+https://maillage.example) contact@maillage.example"
    assert set(heard) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert "svg" not in heard["accept"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/tuiles/9/512/0",
        "/tuiles/9/0/512",
        "/tuiles/20/0/0",
        "/tuiles/-1/0/0",
        "/tuiles/a/0/0",
        "/tuiles/0/1/0",
    ],
)
def test_what_is_off_the_map_is_not_asked_for(upstream: Upstream, path: str) -> None:
    assert Client().get(path, follow=True).status_code == 404
    assert upstream.paths == []


def test_many_at_once_make_one_request(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "_FETCHING", tiles.BoundedSemaphore(6))
    upstream.delay = 0.3
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _turn: get(), range(6)))
    assert {answer.content for answer in answers} == {PICTURE}
    assert len(upstream.paths) == 1


def test_a_slow_upstream_holds_two_threads_and_no_more(upstream: Upstream) -> None:
    upstream.delay = 3  # on a busy machine, a thread may start a second after another
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda x: get(f"/tuiles/9/{x}/183"), range(6)))
    codes = [answer.status_code for answer in answers]
    assert set(codes) == {200, 429}  # on a busy machine the last may come when the first two are done
    assert upstream.most_at_once == 2
    assert get("/tuiles/9/5/183").status_code == 200


@pytest.mark.django_db
def test_what_must_be_fetched_is_limited(upstream: Upstream, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT, limit = 1, tiles._TIMES
    answers = [get(f"/tuiles/9/{x}/183").status_code for x in range(limit + 1)]
    assert answers == [200] * limit + [429]
    assert get("/tuiles/9/0/183").status_code == 200  # kept: not counted


# --- The upstream's own caching ---------------------------------------------------------------------------


def test_how_long_a_tile_is_fresh() -> None:
    day, now = tile_source.DAY, time.time()
    for headers, seconds, may_keep in (
        ({}, 7 * day, True),
        ({"Cache-Control": "max-age=60"}, 60, True),
        ({"Cache-Control": "public, max-age=60, s-maxage=3600"}, 3600, True),
        ({"Cache-Control": "max-age=999999999"}, 60 * day, True),
        ({"Cache-Control": "no-cache"}, 0, True),
        ({"Cache-Control": "no-store"}, 0, False),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, -now, True),
        ({"Expires": "0"}, 0, True),
        ({"Cache-Control": "max-age=60", "Expires": "0"}, 60, True),
    ):
        until, keeps = tile_source.lifetime(headers)
        assert (round(until - now), keeps) == (pytest.approx(round(seconds), abs=2), may_keep), headers


def test_an_old_tile_is_asked_for_again_by_its_mark(upstream: Upstream, tmp_path: Path) -> None:
    upstream.reply(ETag='"v1"', Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT")
    get()
    age(tmp_path)
    upstream.reply(status=304, body=b"", Cache_Control="max-age=600")
    assert get().content == PICTURE
    assert upstream.heard[1]["if-none-match"] == '"v1"'
    assert upstream.heard[1]["if-modified-since"] == "Mon, 02 Nov 2026 10:00:00 GMT"
    assert get().content == PICTURE
    assert len(upstream.paths) == 2


def test_what_may_not_be_kept_is_not(upstream: Upstream, tmp_path: Path) -> None:
    upstream.reply(Cache_Control="no-store")
    assert (get().content, get().content) == (PICTURE, PICTURE)
    assert (len(upstream.paths), kept(tmp_path)) == (2, 0)


# --- When it fails ----------------------------------------------------------------------------------------


def test_down_it_serves_what_it_has_and_asks_no_more_for_a_while(upstream: Upstream, tmp_path: Path) -> None:
    get()
    age(tmp_path)
    upstream.reply(status=503, body=b"", Retry_After="120")
    assert (get().status_code, get().content) == (200, PICTURE)
    other = get(OTHER)
    assert (other.status_code, other["Content-Type"], other.content) == (502, "image/png", EMPTY)
    assert len(upstream.paths) == 2  # the second 503 was never asked for
    age(tmp_path)
    upstream.reply()
    assert get(OTHER).content == PICTURE
    assert not list(tmp_path.rglob("pause"))


def test_unreachable_it_is_left_alone(upstream: Upstream, settings: Settings) -> None:
    settings.MAP_TILES_UPSTREAM = "http://127.0.0.1:9/{z}/{x}/{y}"
    assert (get().status_code, get().content) == (502, EMPTY)


def test_a_tile_that_does_not_exist_is_not_asked_for_again(upstream: Upstream) -> None:
    upstream.reply(status=404, body=b"no")
    assert [(get().status_code, get().content) for _turn in range(2)] == [(404, EMPTY)] * 2
    assert len(upstream.paths) == 1
    upstream.reply()
    assert get(OTHER).status_code == 200  # one absent tile is no failure of the others


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/octet-stream"])
def test_only_pictures_pass(upstream: Upstream, tmp_path: Path, kind: str) -> None:
    upstream.reply(Content_Type=kind)
    assert (get().status_code, get().content, kept(tmp_path)) == (502, EMPTY, 0)


def test_nothing_large_passes(upstream: Upstream, tmp_path: Path) -> None:
    upstream.reply(body=b"x" * (tile_source.MOST_BYTES + 1))
    assert (get().status_code, kept(tmp_path)) == (502, 0)
    upstream.reply(body=b"")
    assert get().status_code == 502


def test_it_follows_nobody_elsewhere(upstream: Upstream) -> None:
    with serving(Upstream()) as elsewhere:
        upstream.reply(status=302, body=b"", Location=elsewhere.address + "/x.png")
        assert get().status_code == 502
        upstream.reply(status=302, body=b"", Location="file:///etc/hostname")
        assert get(OTHER).status_code == 502
        assert elsewhere.paths == []


# --- On disk ----------------------------------------------------------------------------------------------


def test_it_never_holds_more_than_its_bound(tmp_path: Path) -> None:
    most = SHELVES * 10_000
    store = TileStore(tmp_path, "upstream", most)
    for number in range(400):
        store.write(f"9/{number}/0", Tile(b"x" * 1500, "image/png", time.time() + 60))
    assert most / 2 < kept(tmp_path) <= most
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = TileStore(tmp_path, "upstream", SHELVES * 4000)
    names = [f"9/{number}/0" for number in range(300)]
    shelf = [name for name in names if store._shelf(name) == store._shelf(names[0])][:4]
    for turn, name in enumerate(shelf[:3]):
        store.write(name, Tile(b"x" * 1000, "image/png", 0))
        os.utime(store._path(name), (turn, turn))
    assert store.read(shelf[0]) is not None  # used now
    store.write(shelf[3], Tile(b"x" * 1000, "image/png", 0))
    assert [store.read(name) is not None for name in shelf] == [True, False, True, True]


def test_a_damaged_file_is_fetched_again(upstream: Upstream, tmp_path: Path) -> None:
    get()
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.parent.parent.parent == tmp_path:
            path.write_bytes(b"half a fi")
    assert get().content == PICTURE
    assert len(upstream.paths) == 2


def test_settings_are_checked(settings: Settings) -> None:
    assert list(tiles.check_tiles(None)) == []
    settings.MAP_TILES_UPSTREAM, settings.MAP_TILES_ATTRIBUTION = (
        "https://tiles.example/{z}/{x}/{y}.png",
        "© X",
    )
    assert list(tiles.check_tiles(None)) == []
    settings.MAP_TILES_ATTRIBUTION = ""
    assert [one.id for one in tiles.check_tiles(None)] == ["cms.E002"]
    for wrong in ("https://tiles.example/{z}/{x}.png", "ftp://x/{z}/{x}/{y}", "https://x/{z}/{x}/{y}/{s}"):
        settings.MAP_TILES_UPSTREAM = wrong
        assert "cms.E001" in [one.id for one in tiles.check_tiles(None)]
