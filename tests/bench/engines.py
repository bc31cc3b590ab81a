"""Measure the engines: `python tests/bench/engines.py --entries 100000`.

Synthetic documents (no service behind them) in the index of PostgreSQL and, with ELASTICSEARCH_URL, in that
of Elasticsearch; the forty questions of `questions.py`, understood beforehand, asked of each engine with
their total and their facets. Prints p50 and p95 in milliseconds and their ratio to the engine's floor: the
cheapest query that gives twenty entries, asked in turn with them. And what filling costs, against a raw bulk.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

CHUNK = 2000


def main() -> None:
    options = _options()
    import django

    django.setup()
    from tests.bench.search import use_database

    use_database(f"maillage_engines_{options.entries}")
    fill_postgres(options.entries)
    questions = understood_questions()
    measure("PostgreSQL", *of_postgres(), questions, options.rounds)
    if _elasticsearch(options.entries):
        measure("Elasticsearch", *of_elasticsearch(), questions, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


# --- Filling ------------------------------------------------------------------------------------------------


def fill_postgres(entries: int) -> None:
    """A database of that size is kept from one run to the next."""
    from django.core.management import call_command
    from django.db import connection

    from search.indexing import entry_of
    from search.models import SearchEntry
    from tests.bench.documents import documents

    if SearchEntry.objects.count() == entries:
        return
    call_command("load_reference", verbosity=0)
    SearchEntry.objects.all().delete()
    started = time.perf_counter()
    for number, chunk in enumerate(_chunks(documents(entries))):
        SearchEntry.objects.bulk_create([entry_of(one) for one in chunk])
        _progress(number * CHUNK + len(chunk), entries, started)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchentry")


def _elasticsearch(entries: int) -> bool:
    from django.conf import settings

    urls = settings.TEST_ELASTICSEARCH_URLS
    if not urls:
        print("Elasticsearch: no ELASTICSEARCH_URL, not measured.")
        return False
    settings.ELASTICSEARCH_URLS, settings.ELASTICSEARCH_TIMEOUT = urls, 60
    settings.ELASTICSEARCH_PREFIX = f"bench-{entries}"
    fill_elasticsearch(entries)
    return True


def fill_elasticsearch(entries: int) -> None:
    """Ready documents, by our way and by a raw bulk of the same, a chunk of each in turn."""
    from search.backends.elastic import filling
    from search.backends.elastic.client import Indices, send
    from search.backends.elastic.mapping import alias_of, body_of
    from tests.bench.documents import documents
    from tests.bench.search import timed

    if filling.is_in_service() and filling.size() == entries:
        return
    indices = Indices()
    indices.drop(indices.named(f"{alias_of('services')}-*"))
    name, raw = f"{alias_of('services')}-1", f"{alias_of('services')}-raw"
    for one in (name, raw):
        indices.make(one, body_of("services"))
    ours = theirs = 0.0
    started = time.perf_counter()
    for number, chunk in enumerate(_chunks(documents(entries))):
        sources = {str(one.service): filling.service_source(one) for one in chunk}
        ours += timed(lambda chunk=chunk: filling.send_documents(name, chunk, time.time_ns()))
        plain = [{"_index": raw, "_id": key, "_source": source} for key, source in sources.items()]
        theirs += timed(lambda plain=plain: send(plain, is_seen_at_once=False))
        _progress(number * CHUNK + len(chunk), entries, started)
    indices.drop([raw])
    indices.drop(indices.named(f"{alias_of('pages')}-*"))
    filling.put_in_service("services", name)
    filling.put_in_service("pages", filling.fill_pages())
    print(
        f"Elasticsearch, {entries} documents: {entries / ours:.0f} a second ready to be sent; "
        f"raw bulk {entries / theirs:.0f}; ratio {ours / theirs:.2f}"
    )


def _chunks(documents: Iterable[Any]) -> Iterable[list[Any]]:
    left = iter(documents)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _progress(done: int, entries: int, started: float) -> None:
    if done % (CHUNK * 25) == 0 or done == entries:
        print(f"  {done} / {entries}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


# --- Asking -------------------------------------------------------------------------------------------------


def understood_questions() -> list[tuple[Any, Any]]:
    """Each question with its territory, as `answer` gives them to an engine."""
    from directory.competence import ground_at
    from search.backends.base import Territory
    from search.forms import SearchForm
    from search.types import Knowledge
    from search.understanding import understand
    from tests.bench.questions import QUESTIONS

    found = []
    for params in QUESTIONS:
        asked = SearchForm({name: [value] for name, value in params.items()}).asked()
        question, knowledge = asked.question, Knowledge()
        territory = None
        if question.commune and (ground := ground_at(question.commune)):
            territory = Territory.around(ground)
        elif question.department:
            territory = Territory.of_department(question.department)
        understood = understand(
            question, knowledge.types, _now(), knowledge.lexicon if question.words else None
        )
        found.append((understood.question, territory))
    return found


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def of_postgres() -> tuple[Any, Callable[[int], None]]:
    from search.backends.postgres import PostgresBackend
    from search.models import SearchEntry

    def floor(number: int) -> None:
        list(SearchEntry.objects.filter(pk__in=range(number * 20 + 1, number * 20 + 21)).values_list("pk"))

    return PostgresBackend(), floor


def of_elasticsearch() -> tuple[Any, Callable[[int], None]]:
    from search.backends.elastic.backend import ElasticBackend
    from search.backends.elastic.client import Budget, search
    from search.backends.elastic.mapping import alias_of
    from search.backends.elastic.queries import ONLY_KEYS
    from tests.bench.documents import departments

    codes = departments()

    def floor(number: int) -> None:
        query = {"term": {"department": codes[number % len(codes)]}}
        body = {"query": query, "size": 20, "track_total_hits": False} | ONLY_KEYS
        search(alias_of("services"), body, Budget(60))

    return ElasticBackend(), floor


def measure(
    name: str, backend: Any, floor: Callable[[int], None], questions: Sequence[Any], rounds: int
) -> None:
    """Floors and questions in turn, so that both meet the same weather; a first round does not count."""
    from directory.visibility import ANONYMOUS
    from tests.bench.search import line, timed

    at = _now()
    low, high, each = [], [], []
    for number, (question, territory) in enumerate(questions):

        def ask(question: Any = question, territory: Any = territory) -> None:
            backend.find(question, territory, ANONYMOUS, at)

        ask()
        mine = []
        for _round in range(rounds):
            low.append(timed(lambda number=number: floor(number)))
            mine.append(timed(ask))
        high += mine
        each.append((min(mine), question.words or str(question.filters)))
    down, up = line(f"{name}: floor", low), line(f"{name}: question", high)
    print(f"ratio to the floor's p50  p50 {up[0] / down[0]:6.2f}   p95 {up[1] / down[0]:6.2f}")
    for seconds, words in sorted(each, reverse=True)[:3]:
        print(f"  {seconds * 1000:7.1f} ms  {words[:70]}")


if __name__ == "__main__":
    main()
