"""The engine of a national directory. One request for a question, one more to weigh its words, one when hours
must be judged; all within one budget of time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from directory.visibility import Viewer
from search.backends.base import EngineDown, Found, Hit, PageHit, Territory
from search.backends.elastic import pages, queries, weighing
from search.backends.elastic.client import Budget, search, search_together
from search.backends.elastic.mapping import WINDOW, alias_of
from search.backends.elastic.translating import Query, all_of, translated
from search.backends.elastic.weighing import Weighing
from search.backends.opening import open_at
from search.question import Question, When


class ElasticBackend:
    """Implements `search.backends.base.Backend`. Raises `EngineDown` when the server does not answer."""

    name = "elasticsearch"

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        if question.page * question.limit > WINDOW:
            raise EngineDown("page-too-deep")
        budget = Budget()
        among = queries.candidates(question, territory, viewer)
        if question.when:
            is_open = _open(among, question.when, at, budget)
            among = all_of([among, translated(is_open)])
        is_open_then = None
        if question.moment and not question.when:
            is_open_then = _open(among, "maintenant", question.moment[0], budget)
        words = _weighing(question, among, budget)
        bodies = queries.bodies(question, territory, among, words, at, is_open_then)
        answers = search_together(alias_of("services"), bodies, budget)
        return _found(answers, queries.order_of(question, territory))

    def open_among(self, services: Collection[int], at: datetime) -> frozenset[int]:
        budget = Budget()
        among = translated(Q(pk__in=sorted(services)))
        query = all_of([among, translated(_open(among, "maintenant", at, budget))])
        body = {"query": query, "size": len(services), "track_total_hits": False} | queries.ONLY_KEYS
        hits = search(alias_of("services"), body, budget)["hits"]["hits"]
        return frozenset(int(hit["fields"]["rank"][0]) for hit in hits)

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return pages.find_pages(question, limit)


def _weighing(question: Question, among: Query, budget: Budget) -> Weighing:
    index, terms = alias_of("services"), question.terms
    if len(terms) < 2:
        return weighing.OF_ONE_WORD if terms else Weighing()
    if len(terms) <= weighing.MOST_DIGITS:
        return weighing.counted_of(search(index, weighing.counted_body(among, terms), budget), len(terms))
    rarities = weighing.rarities_of(search(index, weighing.rarities_body(among, terms), budget), len(terms))
    if not any(rarities):
        return Weighing(rarities)
    best = search(index, weighing.best_body(among, terms, Weighing(rarities)), budget)["hits"]["max_score"]
    return Weighing(rarities, best or 0.0)


def _open(among: Query, when: When, at: datetime, budget: Budget) -> Q:
    answer = search(alias_of("services"), queries.odd_hours_body(among), budget)
    return open_at(when, at, queries.odd_hours_of(answer))


def _found(answers: Sequence[Mapping[str, Any]], order: list[str]) -> Found:
    page = answers[0]["hits"]
    hits = tuple(_hit(one, order) for one in page["hits"])
    return Found(page["total"]["value"], hits, queries.facets_of(answers))


def _hit(hit: Mapping[str, Any], order: list[str]) -> Hit:
    km = hit["sort"][order.index("km")] if "km" in order else None
    # Without a place, the server says that it is infinitely far.
    has_place = isinstance(km, float | int) and km < 100_000
    return Hit(
        int(hit["sort"][order.index("rank")]),
        round(hit["_score"] or 0.0, 4),
        float(km) if has_place else None,
    )
