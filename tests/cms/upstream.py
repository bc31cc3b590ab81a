"""A server of tiles on this machine, that remembers what it was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep

PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture, for those who only carry it"


@dataclass
class Upstream:
    """What it answers, and the requests that came: paths, and headers in small letters."""

    status: int = 200
    body: bytes = PICTURE
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "image/png"})
    delay: float = 0
    paths: list[str] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    address: str = ""
    most_at_once: int = 0
    _now: int = 0

    def reply(self, status: int = 200, body: bytes = PICTURE, **headers: str) -> None:
        """From now on: `Cache_Control="max-age=5"`; a PNG unless `Content_Type` says something else."""
        self.status, self.body = status, body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.headers = {"Content-Type": "image/png"} | named


_LOCK = Lock()


@contextmanager
def counting(upstream: Upstream) -> Iterator[None]:
    with _LOCK:
        upstream._now += 1
        upstream.most_at_once = max(upstream.most_at_once, upstream._now)
    yield
    with _LOCK:
        upstream._now -= 1


@contextmanager
def serving(upstream: Upstream) -> Iterator[Upstream]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            upstream.paths.append(self.path)
            upstream.heard.append({name.lower(): value for name, value in self.headers.items()})
            with counting(upstream):
                sleep(upstream.delay)
            self.send_response(upstream.status)
            for name, value in upstream.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(upstream.body)

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    upstream.address = f"http://127.0.0.1:{server.server_port}"
    yield upstream
    server.shutdown()
    server.server_close()
