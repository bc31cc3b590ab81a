"""The engine of a national directory. One request for a question, two more to weigh its words, one when hours
must be judged one by one; all within one budget of time."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from directory.visibility import Viewer
from search.backends.base import EngineDown, Found, Hit, PageHit, Territory
from search.backends.elastic import pages, queries
from search.backends.elastic.client import Budget, search
from search.backends.elastic.mapping import WINDOW, alias_of
from search.backends.elastic.queries import Weighing
from search.backends.elastic.translating import Query, all_of, translated
from search.backends.opening import Judged, open_at
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
        weighing = _weighing(question, among, budget)
        body = queries.page_body(question, territory, among, weighing, at, is_open_then)
        return _found(search(alias_of("services"), body, budget), queries.order_of(question, territory))

    def open_among(self, services: Collection[int], at: datetime) -> frozenset[int]:
        budget = Budget()
        among = translated(Q(pk__in=sorted(services)))
        query = all_of([among, translated(_open(among, "maintenant", at, budget))])
        body = {"query": query, "size": len(services), "source": False, "track_total_hits": False}
        hits = search(alias_of("services"), body, budget)["hits"]["hits"]
        return frozenset(int(hit["_id"]) for hit in hits)

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return pages.find_pages(question, limit)


def _weighing(question: Question, among: Query, budget: Budget) -> Weighing:
    """A single word is worth itself, however rare."""
    terms = question.terms
    if not terms:
        return Weighing()
    rarities: tuple[float, ...] = (1.0,)
    if len(terms) > 1:
        body = queries.rarities_body(among, terms)
        rarities = queries.rarities_of(search(alias_of("services"), body, budget), len(terms))
    if not any(rarities):
        return Weighing(rarities)
    body = queries.best_body(among, terms, Weighing(rarities))
    best = search(alias_of("services"), body, budget)["hits"]["max_score"]
    return Weighing(rarities, best or 0.0)


def _open(among: Query, when: When, at: datetime, budget: Budget) -> Q:
    hits = search(alias_of("services"), queries.judged_body(among), budget)["hits"]["hits"]
    return open_at(when, at, (_judged(int(hit["_id"]), hit["_source"]) for hit in hits))


def _judged(pk: int, source: Mapping[str, Any]) -> Judged:
    closed_from, closed_until = (
        date.fromisoformat(source[name]) if source.get(name) else None
        for name in ("closed_from", "closed_until")
    )
    return Judged(pk, source["schedules"], source["clock"], closed_from, closed_until, source["is_suspended"])


def _found(answer: Mapping[str, Any], order: list[str]) -> Found:
    hits = tuple(_hit(one, order) for one in answer["hits"]["hits"])
    return Found(answer["hits"]["total"]["value"], hits, queries.facets_of(answer))


def _hit(hit: Mapping[str, Any], order: list[str]) -> Hit:
    km = hit["sort"][order.index("km")] if "km" in order else None
    # Without a place, the server says that it is infinitely far.
    has_place = isinstance(km, float | int) and km < 100_000
    return Hit(int(hit["_id"]), round(hit["_score"] or 0.0, 4), float(km) if has_place else None)
