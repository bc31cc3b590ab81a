"""Measure the engines: `python tests/bench/engines.py --entries 100000`.

Synthetic documents (no service behind them) in the index of PostgreSQL and, with ELASTICSEARCH_URL, in that
of Elasticsearch; the forty questions of `questions.py`, understood beforehand, asked of each engine with
their total and their facets. Prints p50 and p95 in milliseconds and their ratio to the engine's floor: the
cheapest query that gives twenty entries, asked in turn with them; and to the raw composite: the same
requests, sent again without Maillage around. And what filling costs, against a raw bulk, and what is held.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")


def main() -> None:
    options = _options()
    import django

    django.setup()
    from tests.bench.filling import fill_postgres, has_elasticsearch
    from tests.bench.search import use_database

    use_database(f"maillage_engines_{options.entries}")
    if options.only != "elasticsearch":
        fill_postgres(options.entries)
    questions = understood_questions()
    if options.only != "elasticsearch":
        measure("PostgreSQL", *of_postgres(), questions, options.rounds)
        print_held_by_postgres()
    if options.only != "postgresql" and has_elasticsearch(options.entries):
        measure("Elasticsearch", *of_elasticsearch(), questions, options.rounds)
        print_held_by_elasticsearch()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("postgresql", "elasticsearch"))
    return parser.parse_args()


# --- Asking -------------------------------------------------------------------------------------------------


def understood_questions() -> list[tuple[Any, Any]]:
    """Each question with its territory, as `answer` gives them to an engine."""
    from directory.competence import ground_at
    from search.backends.base import Territory
    from search.forms import SearchForm
    from search.knowledge import Knowledge
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


Asked = Callable[[], object]
Engine = tuple[Any, Callable[[int], object], Callable[[Asked], Asked], Callable[[], None] | None]


def of_postgres() -> Engine:
    """The engine, its floor, how to send again what a question sends, and how to make the engine forget what
    it counted (None: it keeps nothing)."""
    from django.db import connection

    from search.backends.postgres import PostgresBackend
    from search.models import SearchEntry

    def floor(number: int) -> None:
        list(SearchEntry.objects.filter(pk__in=range(number * 20 + 1, number * 20 + 21)).values_list("pk"))

    def raw(ask: Asked) -> Asked:
        sent: list[tuple[Any, Any]] = []

        def wrapper(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            sent.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            ask()

        def again() -> None:
            with connection.cursor() as cursor:
                for sql, params in sent:
                    cursor.execute(sql, params)
                    cursor.fetchall()

        return again

    return PostgresBackend(), floor, raw, None


def of_elasticsearch() -> Engine:
    from elastic_transport import Transport

    from search.backends.elastic.backend import ElasticBackend
    from search.backends.elastic.client import _server
    from search.backends.elastic.mapping import alias_of
    from tests.bench.documents import departments

    codes, perform = departments(), Transport.perform_request

    def floor(number: int) -> None:
        keys = {"stored_fields": "_none_", "docvalue_fields": ["rank"], "track_total_hits": False}
        body = {"query": {"term": {"department": codes[number % len(codes)]}}, "size": 20}
        _server().search(index=alias_of("services"), **body, **keys)

    def forget() -> None:
        _server().indices.clear_cache(index=alias_of("services"), request=True)

    def raw(ask: Asked) -> Asked:
        sent: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

        def spy(*args: Any, **kwargs: Any) -> Any:
            sent.append((args, kwargs))
            return perform(*args, **kwargs)

        Transport.perform_request = spy  # type: ignore[method-assign]
        try:
            ask()
        finally:
            Transport.perform_request = perform  # type: ignore[method-assign]
        return lambda: [perform(*args, **kwargs) for args, kwargs in sent]

    return ElasticBackend(), floor, raw, forget


def measure(
    name: str,
    backend: Any,
    floor: Callable[[int], object],
    raw: Callable[[Asked], Asked],
    forget: Callable[[], None] | None,
    questions: Sequence[Any],
    rounds: int,
) -> None:
    """Floors, questions and what they send in turn, so that all meet the same weather; a first round does not
    count. Of an engine that keeps what it counted, each question is timed as asked for the first time too."""
    from directory.visibility import ANONYMOUS
    from tests.bench.search import line, timed

    at = _now()
    low, middle, high, first, each = [], [], [], [], []
    for number, (question, territory) in enumerate(questions):

        def ask(question: Any = question, territory: Any = territory) -> None:
            backend.find(question, territory, ANONYMOUS, at)

        again = raw(ask)
        mine = []
        for _round in range(rounds):
            low.append(timed(lambda number=number: floor(number)))
            if forget:
                forget()
                first.append(timed(ask))
            mine.append(timed(ask))
            middle.append(timed(again))
        high += mine
        each.append((min(mine), question.words or str(question.filters)))
    down, _raw, up = (
        line(f"{name}: {what}", seconds)
        for what, seconds in (("floor", low), ("raw", middle), ("question", high))
    )
    print(f"ratio to the floor's p50  p50 {up[0] / down[0]:6.2f}   p95 {up[1] / down[0]:6.2f}")
    if first:
        cold = line(f"{name}: first time", first)
        print(f"ratio to the floor's p50  p50 {cold[0] / down[0]:6.2f}   p95 {cold[1] / down[0]:6.2f}")
    print(f"ratio to the raw          p50 {up[0] / _raw[0]:6.2f}   p95 {up[1] / _raw[1]:6.2f}")
    for seconds, words in sorted(each, reverse=True)[:3]:
        print(f"  {seconds * 1000:7.1f} ms  {words[:70]}")


# --- What is held -------------------------------------------------------------------------------------------


def print_held_by_postgres() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('search_searchentry'), pg_indexes_size('search_searchentry')")
        table, indexes = cursor.fetchone()
    print(f"PostgreSQL holds {table / 2**20:.0f} MB of entries and {indexes / 2**20:.0f} MB of indexes")


def print_held_by_elasticsearch() -> None:
    from search.backends.elastic.client import _server
    from search.backends.elastic.mapping import alias_of

    stored = _server().indices.stats(index=alias_of("services"))["_all"]["total"]["store"]["size_in_bytes"]
    [node] = _server().nodes.stats(metric="jvm")["nodes"].values()
    heap = node["jvm"]["mem"]
    print(
        f"Elasticsearch holds {stored / 2**20:.0f} MB on disk; its heap uses"
        f" {heap['heap_used_in_bytes'] / 2**20:.0f} of {heap['heap_max_in_bytes'] / 2**20:.0f} MB"
    )


if __name__ == "__main__":
    main()
