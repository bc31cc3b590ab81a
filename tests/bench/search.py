"""Measure the search: `python tests/bench/search.py --entries 10000 [--elasticsearch] [--clients 8]`.

A reproducible directory in its own database, the site served on 127.0.0.1, forty questions through
`/api/v1/search`. Prints p50 and p95 in milliseconds, answers a second, and their ratio to the floor of the
same run: twenty cards loaded by key and rendered; and to the raw composite: all that the engine was sent for
the same questions, sent again afterwards without Maillage around, by as many clients. And what the site holds
in memory. Needs the same DATABASE_URL as the tests, and their ELASTICSEARCH_URL.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench import measures  # noqa: E402 - once the path is set
from tests.serving import ServedSite, served_site, with_elasticsearch  # noqa: E402

DATABASE = "maillage_bench"
SIZES = (1000, 10_000, 100_000, 1_000_000)
PAGE = 20


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest questions to name")
    options = parser.parse_args()
    with served(options, options.clients) as site:
        searched = report(options, site.port)
        report_raw(options, searched)
        print(f"memory of the site: {memory_of(site.process)} MB")


def arguments(text: str | None) -> argparse.ArgumentParser:
    """What the benches of the site have in common."""
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument("--entries", type=int, default=1000, choices=SIZES)
    parser.add_argument("--elasticsearch", action="store_true", help="the server answers, not PostgreSQL")
    parser.add_argument("--rounds", type=int, default=5)
    return parser


@contextmanager
def served(options: argparse.Namespace, clients: int = 1) -> Iterator[ServedSite]:
    """The site with its directory. For one client, one worker: what one request costs, not how many fit."""
    import django

    django.setup()
    prepare(options.entries)
    if options.elasticsearch:
        prepare_elasticsearch(options.entries)
    workers, threads = ("1", "1") if clients == 1 else (str(os.cpu_count()), "4")
    command = ["cms.wsgi", "--workers", workers, "--worker-class", "gthread", "--threads", threads]
    with served_site(
        [*command, "--log-level", "warning"], "tests.bench.settings", **environment(options)
    ) as site:
        yield site


def environment(options: argparse.Namespace) -> dict[str, str]:
    """Of what answers with Elasticsearch, in the time that a deployment gives it."""
    if not options.elasticsearch:
        return {}
    from django.conf import settings

    return with_elasticsearch(",".join(settings.TEST_ELASTICSEARCH_URLS), prefix_of(options.entries), 0.8)


# --- The directory and the site -----------------------------------------------------------------------------


def prepare(entries: int) -> None:
    """The database with its corpus and its index. A database of that size is kept."""
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


# --- Measures ---------------------------------------------------------------------------------------------


def report(options: argparse.Namespace, port: int) -> tuple[float, float]:
    """p50 and p95 of the searches, in milliseconds."""
    from tests.bench.questions import QUESTIONS

    floors = floor_paths(options.entries, len(QUESTIONS))
    searches = [f"/api/v1/search?{urlencode(question)}" for question in QUESTIONS]

    def turns_of(_number: int) -> measures.Turns:
        reader = measures.Reader(port)
        return [(reader.asking(low), reader.asking(high)) for low, high in zip(floors, searches, strict=True)]

    found = measures.measured(turns_of, options.clients, options.rounds)
    low = measures.line("floor (20 cards by key)", found.column(0))
    high = measures.line(f"search ({len(QUESTIONS)} questions)", found.column(1))
    measures.ratio_to_p50("ratio to the floor's p50", high, low)
    if options.clients > 1:
        rate = found.calls / found.spent
        print(f"{options.clients} clients: {rate:.0f} answers a second, half of them floors")
    measures.slowest(found.best(1), QUESTIONS, options.slowest)
    return high


def report_raw(options: argparse.Namespace, searched: tuple[float, float]) -> None:
    from django.utils import timezone

    from tests.bench.questions import QUESTIONS
    from tests.bench.raw import again_of, asked_of_the_engine

    engine = _engine(options.elasticsearch)
    again, now = again_of(engine.name), timezone.now()
    turns = [(again(asked_of_the_engine(question, engine, now)),) for question in QUESTIONS]
    found = measures.measured(lambda _number: turns, options.clients, options.rounds)
    raw = measures.line(f"raw composite ({engine.name})", found.column(0))
    measures.ratio("search to the raw composite", searched, raw)


def _engine(is_elasticsearch: bool) -> Any:
    from search.backends.elastic.backend import ElasticBackend
    from search.backends.postgres import PostgresBackend

    return ElasticBackend() if is_elasticsearch else PostgresBackend()


def floor_paths(entries: int, count: int) -> list[str]:
    from directory.visibility import ANONYMOUS, visible_services

    chance = random.Random(entries)
    keys = list(visible_services(ANONYMOUS).order_by("pk").values_list("pk", flat=True))
    return [f"/floor?ids={','.join(map(str, chance.sample(keys, PAGE)))}" for _number in range(count)]


if __name__ == "__main__":
    main()
