"""Measure the search: `python tests/bench/search.py --entries 10000 [--elasticsearch] [--clients 8]`.

A reproducible directory in its own database, the site served on 127.0.0.1, forty questions through
`/api/v1/search`. Prints p50 and p95 in milliseconds, answers a second, and their ratio to the floor of the
same run: twenty cards loaded by key and rendered; and what the site holds in memory. Needs the same
DATABASE_URL as the tests, and their ELASTICSEARCH_URL.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    if options.elasticsearch:
        prepare_elasticsearch(options.entries)
    with served(database, options) as (port, process):
        report(options, port)
        print(f"memory of the site: {memory_of(process)} MB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000, choices=(1000, 10_000, 100_000))
    parser.add_argument("--elasticsearch", action="store_true", help="the server answers, not PostgreSQL")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest questions to name")
    return parser.parse_args()


# --- The directory and the site -----------------------------------------------------------------------------


def prepare(entries: int) -> str:
    """The database with its corpus and its index; returns its address. A database of that size is kept."""
    from django.core.management import call_command
    from django.db import connection

    use_database(f"{DATABASE}_{entries}")
    from directory import reference_guidance
    from directory.models import Service

    if Service.objects.count() != entries:
        _fill(entries)
    reference_guidance.load_lexicon()
    reference_guidance.load_doors()
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


def prepare_elasticsearch(entries: int) -> None:
    """The server's index of the same directory, from its cards; kept when it is of that size."""
    from django.conf import settings

    from search import indexing
    from search.backends.elastic import filling

    settings.ELASTICSEARCH_URLS, settings.ELASTICSEARCH_TIMEOUT = settings.TEST_ELASTICSEARCH_URLS, 60
    settings.ELASTICSEARCH_PREFIX = prefix_of(entries)
    wanted = indexing.searchable_ids()
    if filling.is_in_service() and filling.size() == len(wanted):
        return
    start = time.perf_counter()
    progress = lambda done, total: print(f"  sent {done} / {total}", flush=True)  # noqa: E731
    filling.put_in_service("services", filling.fill_services(wanted, indexing.documents_of, progress))
    filling.put_in_service("pages", filling.fill_pages())
    print(f"Elasticsearch: {len(wanted) / (time.perf_counter() - start):.0f} documents a second, from cards")


def prefix_of(entries: int) -> str:
    return f"bench-site-{entries}"


def memory_of(process: subprocess.Popen[bytes]) -> int:
    """Of the workers of the site, resident, in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    resident = [Path(f"/proc/{child}/statm").read_text().split()[1] for child in children]
    return sum(map(int, resident)) * os.sysconf("SC_PAGE_SIZE") // 2**20


def _address(parts: dict[str, object]) -> str:
    password = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    return f"postgis://{parts['USER']}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


@contextmanager
def served(database: str, options: argparse.Namespace) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The site on a free port. For one client, one worker: what one request costs, not how many fit."""
    port = _free_port()
    workers, threads = ("1", "1") if options.clients == 1 else (str(os.cpu_count()), "4")
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}"]
    environment = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
    if options.elasticsearch:
        environment["BENCH_PREFIX"] = prefix_of(options.entries)
    process = subprocess.Popen(
        [*command, "--workers", workers, "--worker-class", "gthread", "--threads", threads]
        + ["--log-level", "warning"],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait(port)
        yield port, process
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

    floors = _floor_paths(options.entries, len(QUESTIONS))
    searches = [f"/api/v1/search?{urlencode(question)}" for question in QUESTIONS]
    pairs = list(zip(floors, searches, strict=True))

    def one_client(number: int) -> tuple[list[list[float]], list[list[float]]]:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        # Each begins elsewhere: they do not ask the same at the same time.
        first = number * len(pairs) // options.clients
        return rounds(client, pairs[first:] + pairs[:first], options.rounds)

    started = time.perf_counter()
    with ThreadPoolExecutor(options.clients) as clients:
        measured = list(clients.map(one_client, range(options.clients)))
    spent = time.perf_counter() - started
    low = line("floor (20 cards by key)", _all(floors for floors, _searches in measured))
    high = line("search (40 questions)", _all(searches for _floors, searches in measured))
    print(f"ratio to the floor's p50  p50 {high[0] / low[0]:6.2f}   p95 {high[1] / low[0]:6.2f}")
    if options.clients > 1:
        count = 2 * len(pairs) * (options.rounds + 1) * options.clients
        print(f"{options.clients} clients: {count / spent:.0f} answers a second, half of them floors")
    best = sorted(zip(map(min, measured[0][1]), QUESTIONS, strict=True), key=_slowness)
    for seconds, question in best[: options.slowest]:
        print(f"  {seconds * 1000:7.1f} ms  {question}")


def _all(measured: Iterable[list[list[float]]]) -> list[float]:
    return [seconds for rows in measured for row in rows for seconds in row]


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
