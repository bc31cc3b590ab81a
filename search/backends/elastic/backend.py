"""The engine of a national directory. One request for a question, one more to weigh its words, one when hours
must be judged; all within one budget of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from directory.visibility import Viewer
from search.backends.base import EngineDown, Found, Hit, Leading, PageHit, Territory
from search.backends.elastic import facets, pages, queries, weighing
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
        among = _answering(question, territory, viewer, at, budget)
        is_open_then = None
        if question.moment and not question.when:
            is_open_then = _open(among, "maintenant", question.moment[0], budget)
        words = _weighing(question, among, budget)
        kept = queries.kept(question, among, words)
        page = queries.page(question, territory, kept, words, at, is_open_then)
        bodies = [page, *facets.counts(kept)]
        answers = search_together(alias_of("services"), bodies, budget)
        return _found(answers, queries.order_of(question, territory))

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        budget = Budget()

        @cache
        def open_at_moment(moment: datetime) -> Q:
            among = queries.competent(viewer, territory, questions[0].radius, questions[0].away)
            return _open(among, "maintenant", moment, budget)

        bodies = []
        for one in questions:
            among = _answering(one, territory, viewer, at, budget)
            is_open_then = open_at_moment(one.moment[0]) if one.moment and not one.when else None
            words = _weighing(one, among, budget)
            page = queries.page(one, territory, queries.kept(one, among, words), words, at, is_open_then)
            bodies.append(queries.telling(page, open_at_moment(at)))
        answers = search_together(alias_of("services"), bodies, budget)
        hits: list[tuple[Hit, ...]] = []
        open_then: set[int] = set()
        for one, answer in zip(questions, answers, strict=True):
            page_hits = _hits(answer, queries.order_of(one, territory))
            told = zip(page_hits, answer["hits"]["hits"], strict=True)
            open_then.update(hit.service for hit, row in told if row.get("matched_queries"))
            hits.append(page_hits)
        return Leading(tuple(hits), frozenset(open_then))

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return pages.find_pages(question, limit)


def _answering(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime, budget: Budget
) -> Query:
    among = queries.candidates(question, territory, viewer)
    if question.when:
        among = all_of([among, translated(_open(among, question.when, at, budget))])
    return among


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
    page, counted, *_wider = answers
    return Found(counted["hits"]["total"]["value"], _hits(page, order), facets.facets_of(answers))


def _hits(answer: Mapping[str, Any], order: list[str]) -> tuple[Hit, ...]:
    score, km, rank = (order.index(key) if key in order else None for key in ("score", "km", "rank"))
    return tuple(_hit(one, score, km, rank) for one in answer["hits"]["hits"])


def _hit(hit: Mapping[str, Any], score: int | None, km: int | None, rank: int) -> Hit:
    """Each number by its place among what the hits are sorted by."""
    far = hit["sort"][km] if km is not None else None
    # Without a place, the server says that it is infinitely far.
    has_place = isinstance(far, float | int) and far < 100_000
    return Hit(
        int(hit["sort"][rank]),
        round(hit["_score"] if score is None else hit["sort"][score], 4),
        float(far) if has_place else None,
    )
