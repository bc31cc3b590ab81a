"""Measure the engines: `python tests/bench/engines.py --entries 100000`.

Synthetic documents (no service behind them) in the index of PostgreSQL and, with ELASTICSEARCH_URL, in that
of Elasticsearch; the forty questions of `questions.py`, understood beforehand, asked of each engine with
their total and their facets. Prints p50 and p95 in milliseconds and their ratio to the engine's floor: the
cheapest query that gives twenty entries, asked in turn with them; and to the raw composite: the same
requests, sent again without Maillage around. And what filling costs, against a raw bulk, and what is held.
`--clients 8`: as many ask at once; what an engine keeps is then not measured apart.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench import measures  # noqa: E402 - once the path is set
from tests.bench.measures import Call, Prepared, Turns, line, ratio, ratio_to_p50  # noqa: E402
from tests.bench.raw import again_of  # noqa: E402


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
        measure("PostgreSQL", of_postgres(), questions, options)
        print_held_by_postgres()
    if options.only != "postgresql" and has_elasticsearch(options.entries):
        measure("Elasticsearch", of_elasticsearch(), questions, options)
        print_held_by_elasticsearch()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1)
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


@dataclass(frozen=True)
class Engine:
    """`floor`: the cheapest query of twenty entries, by a number. `forget`: what it counted; None: it keeps
    nothing."""

    backend: Any
    floor: Callable[[int], object]
    forget: Call | None = None


def of_postgres() -> Engine:
    from search.backends.postgres import PostgresBackend
    from search.models import SearchEntry

    def floor(number: int) -> None:
        list(SearchEntry.objects.filter(pk__in=range(number * 20 + 1, number * 20 + 21)).values_list("pk"))

    return Engine(PostgresBackend(), floor)


def of_elasticsearch() -> Engine:
    from search.backends.elastic.backend import ElasticBackend
    from search.backends.elastic.client import _server
    from search.backends.elastic.mapping import alias_of
    from tests.bench.documents import departments

    codes = departments()

    def floor(number: int) -> None:
        keys = {"stored_fields": "_none_", "docvalue_fields": ["rank"], "track_total_hits": False}
        body = {"query": {"term": {"department": codes[number % len(codes)]}}, "size": 20}
        _server().search(index=alias_of("services"), **body, **keys)

    def forget() -> None:
        _server().indices.clear_cache(index=alias_of("services"), request=True)

    return Engine(ElasticBackend(), floor, forget)


def measure(name: str, engine: Engine, questions: Sequence[Any], options: argparse.Namespace) -> None:
    """Floors, questions and what they send in turn, so that all meet the same weather. Of an engine that
    keeps what it counted, each question of a lone client is timed as asked for the first time too."""
    turns = turns_of(engine, questions, is_alone=options.clients == 1)
    found = measures.measured(lambda _number: turns, options.clients, options.rounds)
    down, raw, up = (
        line(f"{name}: {what}", found.column(number))
        for number, what in enumerate(("floor", "raw", "question"))
    )
    ratio_to_p50("ratio to the floor's p50", up, down)
    if len(turns[0]) > 3:
        ratio_to_p50("ratio to the floor's p50", line(f"{name}: first time", found.column(3)), down)
    ratio("ratio to the raw", up, raw)
    if options.clients > 1:
        print(f"{options.clients} clients: {found.calls / found.spent:.0f} answers a second, a third of each")
    measures.slowest(found.best(2), [asked.words or asked.filters for asked, _place in questions], 3)


def turns_of(engine: Engine, questions: Sequence[Any], is_alone: bool) -> Turns:
    """Floor, raw, question; then the question as asked for the first time, where that is another thing."""
    from directory.visibility import ANONYMOUS

    again, at, turns = again_of(engine.backend.name), _now(), []
    for number, (question, territory) in enumerate(questions):
        ask = partial(engine.backend.find, question, territory, ANONYMOUS, at)
        turn: list[Call | Prepared] = [partial(engine.floor, number), again(ask), ask]
        if engine.forget and is_alone:
            turn.append(Prepared(engine.forget, ask))
        turns.append(turn)
    return turns


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
