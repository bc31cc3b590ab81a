"""The site and its worker in processes of their own, as `bin/serve` starts them, for tests and benches."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.db import connection

from tests.sources import ROOT

# Told to stop, it waits no longer for those who ask nothing.
AS_SERVED = ("--config", str(ROOT / "bin" / "lib" / "gunicorn.conf.py"), "--graceful-timeout", "1")
PATIENCE = 60  # seconds: the machine may be busy


@dataclass(frozen=True)
class Answered:
    """`seconds`: from the request to the last byte. A redirection is followed, and counted in."""

    status: int
    text: str
    seconds: float


@dataclass(frozen=True)
class ServedSite:
    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Answered:
        return self._ask("GET", f"{path}?{urlencode(params)}" if params else path, None)

    def post(self, path: str, params: Mapping[str, str]) -> Answered:
        return self._ask("POST", path, urlencode(params))

    def _ask(self, method: str, path: str, body: str | None) -> Answered:
        started = time.monotonic()
        wire = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            wire.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = wire.getresponse()
            text = answer.read().decode()
            if answer.status == 303:
                wire.request("GET", answer.headers["Location"])
                answer = wire.getresponse()
                text = answer.read().decode()
            return Answered(answer.status, text, time.monotonic() - started)
        finally:
            wire.close()


def database_url() -> str:
    """Of the database that this process uses: a test's own."""
    parts = connection.settings_dict
    password = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    return f"postgis://{parts['USER']}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


def with_elasticsearch(url: str, prefix: str, seconds: float) -> dict[str, str]:
    """What has a process of these settings answer with that server and those indexes."""
    return {
        "SERVED_ELASTICSEARCH_URL": url,
        "ELASTICSEARCH_PREFIX": prefix,
        "ELASTICSEARCH_TIMEOUT": str(seconds),
    }


@contextmanager
def served_site(
    arguments: Sequence[str] = AS_SERVED,
    settings: str = "tests.served_settings",
    **environment: str,
) -> Iterator[ServedSite]:
    """Gunicorn on a free port of 127.0.0.1, which answers when this is entered."""
    port = free_port()
    command = ["-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}"]
    with _running(command, settings, environment) as process:
        _await(port, process)
        yield ServedSite(port, process)


@contextmanager
def served_worker(settings: str = "tests.served_settings", **environment: str) -> Iterator[None]:
    """What follows: `run_tasks`."""
    with _running(["manage.py", "run_tasks"], settings, environment) as process:
        yield
        assert process.poll() is None, "the worker stopped by itself"


@contextmanager
def _running(
    command: Sequence[str], settings: str, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    said = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=os.environ | said | environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"no site on 127.0.0.1:{port} in {PATIENCE} s: see its messages above")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
