"""Measure the search: `python tests/bench/search.py --entries 10000`.

A reproducible directory in its own database, the site served on 127.0.0.1, forty questions through
`/api/v1/search`, one client. Prints p50 and p95 in milliseconds, and their ratio to the floor of the same
run: twenty cards loaded by key and rendered. Needs the same DATABASE_URL as the tests.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
os.environ["SEARCH_RATE_LIMIT"] = "0"

DATABASE = "maillage_bench"
PAGE = 20
START_SECONDS = 60


def main() -> None:
    options = _options()
    import django

    django.setup()
    database = prepare(options.entries)
    with served(database) as port:
        report(options, port)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000, choices=(1000, 10_000))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest questions to name")
    return parser.parse_args()


# --- The directory and the site -----------------------------------------------------------------------------


def prepare(entries: int) -> str:
    """The database with its corpus and its index; returns its address. A database of that size is kept."""
    from django.core.management import call_command
    from django.db import connection

    use_database(f"{DATABASE}_{entries}")
    from directory.models import Service

    if Service.objects.count() != entries:
        _fill(entries)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return _address(connection.settings_dict)


def use_database(name: str) -> None:
    """A database of that name beside the one of DATABASE_URL, made when it is not there."""
    from django.conf import settings
    from django.db import connection

    settings.DATABASES["default"]["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=True)


def _fill(entries: int) -> None:
    from directory import reference
    from directory.models import ActorType, Organisation
    from search import indexing
    from tests.bench import corpus

    print(f"Corpus of {entries} services…", flush=True)
    Organisation.objects.all().delete()
    ActorType.objects.all().delete()
    reference.load_communes()
    reference.load_actor_types()
    reference.load_helplines()
    corpus.make(entries)
    start = time.perf_counter()
    indexing.rebuild(lambda done, total: print(f"  indexed {done} / {total}", flush=True))
    print(f"Index: {(time.perf_counter() - start) * 1000 / entries:.2f} ms an entry")


def _address(parts: dict[str, object]) -> str:
    password = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    return f"postgis://{parts['USER']}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


@contextmanager
def served(database: str) -> Iterator[int]:
    """The site on a free port, with one worker: what one request costs, not how many fit."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*command, "--worker-class", "gthread", "--threads", "1", "--log-level", "warning"],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(
        f"The site did not answer on 127.0.0.1:{port} in {START_SECONDS} s: see its messages above."
    )


# --- Measures ---------------------------------------------------------------------------------------------


def report(options: argparse.Namespace, port: int) -> None:
    from tests.bench.questions import QUESTIONS

    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    floors = _floor_paths(options.entries, len(QUESTIONS))
    searches = [f"/api/v1/search?{urlencode(question)}" for question in QUESTIONS]
    floor_times, search_times = rounds(client, list(zip(floors, searches, strict=True)), options.rounds)
    low = line("floor (20 cards by key)", [one for times in floor_times for one in times])
    high = line("search (40 questions)", [one for times in search_times for one in times])
    print(f"ratio                     p50 {high[0] / low[0]:6.2f}   p95 {high[1] / low[1]:6.2f}")
    best = sorted(zip(map(min, search_times), QUESTIONS, strict=True), key=_slowness)
    for seconds, question in best[: options.slowest]:
        print(f"  {seconds * 1000:7.1f} ms  {question}")


def _slowness(measured: tuple[float, object]) -> float:
    return -measured[0]


def _floor_paths(entries: int, count: int) -> list[str]:
    from directory.visibility import ANONYMOUS, visible_services

    chance = random.Random(entries)
    keys = list(visible_services(ANONYMOUS).order_by("pk").values_list("pk", flat=True))
    return [f"/floor?ids={','.join(map(str, chance.sample(keys, PAGE)))}" for _number in range(count)]


def rounds(
    client: http.client.HTTPConnection, pairs: Sequence[tuple[str, str]], rounds: int
) -> tuple[list[list[float]], list[list[float]]]:
    """Seconds of each path in each round, floors and searches in turn, so that both meet the same weather.

    A first round warms up and does not count.
    """
    for path in [one for pair in pairs for one in pair]:
        _get(client, path)
    times = [
        [tuple(timed(lambda path=path: _get(client, path)) for path in pair) for _round in range(rounds)]
        for pair in pairs
    ]
    return [[one for one, _other in row] for row in times], [[other for _one, other in row] for row in times]


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _get(client: http.client.HTTPConnection, path: str) -> None:
    client.request("GET", path)
    response = client.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{response.status} for {path}: {body[:300]!r}")


def line(label: str, seconds: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    p50, p95 = ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000
    print(f"{label:<25} p50 {p50:6.1f} ms p95 {p95:6.1f} ms")
    return p50, p95


if __name__ == "__main__":
    main()
