"""Tiles of the street map on disk: written whole or not at all, never more than the bound, one fetch a tile.

A tile's name decides its shelf. Each shelf holds its part of the bound, drops what was used longest ago, and
has the lock under which its tiles are fetched: no count is kept for all, nothing walks through everything.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

SHELVES = 16
_USED_EVERY = 3600  # seconds: when a tile was last used is not written at each reading
_TRY_EVERY = 0.05


@dataclass(frozen=True)
class Tile:
    """`body` is empty for a tile that the upstream does not have. `fresh_until` is in seconds since 1970."""

    body: bytes
    kind: str
    fresh_until: float
    etag: str = ""
    modified: str = ""

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until

    def until(self, moment: float) -> "Tile":
        return replace(self, fresh_until=moment)


class TileStore:
    """The tiles of one upstream under `folder`, `most` bytes at most."""

    def __init__(self, folder: Path, upstream: str, most: int) -> None:
        self.folder = folder / sha256(upstream.encode()).hexdigest()[:12]
        self.most = most

    def _shelf(self, name: str) -> Path:
        return self.folder / f"{int(_hashed(name)[:4], 16) % SHELVES:02d}"

    def _path(self, name: str) -> Path:
        return self._shelf(name) / _hashed(name)

    def read(self, name: str) -> Tile | None:
        """The tile as it was kept, fresh or not; None when it never was, or is no longer."""
        path = self._path(name)
        try:
            head, _line, body = path.read_bytes().partition(b"\n")
            tile = Tile(body=body, **json.loads(head))
        except (OSError, ValueError, TypeError):
            return None
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _USED_EVERY:
                os.utime(path)
        return tile

    def write(self, name: str, tile: Tile) -> None:
        """Keep it; when the disk refuses, the tile is served all the same and fetched again next time."""
        values = asdict(tile)
        body = values.pop("body")
        with suppress(OSError):
            shelf = self._shelf(name)
            shelf.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=shelf, prefix=".", delete=False) as file:
                file.write(json.dumps(values).encode() + b"\n" + body)
            os.replace(file.name, self._path(name))
            _shorten(shelf, self.most // SHELVES)

    @contextmanager
    def alone(self, name: str, patience: float) -> Iterator[bool]:
        """Whether nobody else fetches on this shelf, in any process; False after `patience` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{self._shelf(name).name}.lock").open("w") as file:
            yield _locked(file.fileno(), patience)

    # --- An upstream that does not answer is left alone for a while, by all the processes ----------------

    def pause(self, seconds: float) -> None:
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "pause").write_text(str(time.time() + seconds))

    def resume(self) -> None:
        (self.folder / "pause").unlink(missing_ok=True)

    @property
    def paused_until(self) -> float:
        """In seconds since 1970; 0 when the upstream answered the last time."""
        try:
            return float((self.folder / "pause").read_text())
        except (OSError, ValueError):
            return 0


def _hashed(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:32]


def _locked(descriptor: int, patience: float) -> bool:
    """Closing the file unlocks it."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(_TRY_EVERY)
        else:
            return True


def _shorten(shelf: Path, most: int) -> None:
    """Drop what was used longest ago until the shelf holds its part."""
    with os.scandir(shelf) as entries:
        known = [(entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries]
    held = sum(size for _used, size, _path in known)
    for _used, size, path in sorted(known):
        if held <= most:
            return
        with suppress(FileNotFoundError):
            os.unlink(path)
        held -= size
