"""The engine of a national directory. One trip for a question, one before it to weigh its words and to read
the hours kept, one more beyond ten words, one more when a filter asks for hours; all within one budget of
time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from directory.visibility import Viewer
from search.backends.base import EngineDown, Found, Hit, Leading, PageHit, Territory
from search.backends.elastic import facets, pages, queries, weighing
from search.backends.elastic.client import Budget, Search
from search.backends.elastic.mapping import WINDOW, alias_of
from search.backends.elastic.rounds import Rounds, answered, asked, nothing, together
from search.backends.elastic.translating import Query, all_of, translated
from search.backends.elastic.weighing import Weighing
from search.backends.opening import open_at
from search.question import Question


class ElasticBackend:
    """Implements `search.backends.base.Backend`. Raises `EngineDown` when the server does not answer."""

    name = "elasticsearch"

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        return answered(_finding(question, territory, viewer, at), Budget())

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        return answered(_leading(questions, territory, viewer, at), Budget())

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return answered(pages.finding(question, limit), Budget())

    def find_with_pages(
        self,
        question: Question,
        territory: Territory | None,
        viewer: Viewer,
        at: datetime,
        about: Question,
        limit: int,
    ) -> tuple[Found, tuple[PageHit, ...]]:
        parts = [_finding(question, territory, viewer, at), pages.finding(about, limit)]
        found, read = answered(together(parts), Budget())
        return found, read


def _finding(question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Rounds[Found]:
    if question.page * question.limit > WINDOW:
        raise EngineDown("page-too-deep")
    among = yield from _answering(question, territory, viewer, at)
    moment = question.moment[0] if question.moment and not question.when else None
    hours = _odd_hours(among) if moment else nothing()
    words, odd_hours = yield from together([_weighing(question, among), hours])
    is_open_then = open_at("maintenant", moment, odd_hours) if moment else None
    kept = queries.kept(question, among, words)
    page = queries.page(question, territory, kept, words, at, is_open_then)
    answers = yield [_of_services(body) for body in (page, *facets.counts(kept))]
    return _found(answers, queries.order_of(question, territory))


def _leading(
    questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[Leading]:
    near = queries.competent(viewer, territory, questions[0].radius)
    weighed = [_weighed(one, territory, viewer, at) for one in questions]
    odd_hours, *weighings = yield from together([_odd_hours(near), *weighed])

    @cache
    def open_at_moment(moment: datetime) -> Q:
        return open_at("maintenant", moment, odd_hours)

    searches = []
    for one, (among, words) in zip(questions, weighings, strict=True):
        is_open_then = open_at_moment(one.moment[0]) if one.moment and not one.when else None
        page = queries.page(one, territory, queries.kept(one, among, words), words, at, is_open_then)
        searches.append(_of_services(queries.telling(page, open_at_moment(at))))
    answers = yield searches
    hits: list[tuple[Hit, ...]] = []
    open_then: set[int] = set()
    for one, answer in zip(questions, answers, strict=True):
        page_hits = _hits(answer, queries.order_of(one, territory))
        told = zip(page_hits, answer["hits"]["hits"], strict=True)
        open_then.update(hit.service for hit, row in told if row.get("matched_queries"))
        hits.append(page_hits)
    return Leading(tuple(hits), frozenset(open_then))


def _answering(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[Query]:
    among = queries.candidates(question, territory, viewer)
    if not question.when:
        return among
    odd_hours = yield from _odd_hours(among)
    return all_of([among, translated(open_at(question.when, at, odd_hours))])


def _weighed(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[tuple[Query, Weighing]]:
    among = yield from _answering(question, territory, viewer, at)
    words = yield from _weighing(question, among)
    return among, words


def _weighing(question: Question, among: Query) -> Rounds[Weighing]:
    terms = question.terms
    if len(terms) < 2:
        return weighing.OF_ONE_WORD if terms else Weighing()
    if len(terms) <= weighing.MOST_DIGITS:
        counted = yield from asked(_of_services(weighing.counted_body(among, terms)))
        return weighing.counted_of(counted, len(terms))
    held = yield from asked(_of_services(weighing.rarities_body(among, terms)))
    rarities = weighing.rarities_of(held, len(terms))
    if not any(rarities):
        return Weighing(rarities)
    best = yield from asked(_of_services(weighing.best_body(among, terms, Weighing(rarities))))
    return Weighing(rarities, best["hits"]["max_score"] or 0.0)


def _odd_hours(among: Query) -> Rounds[list[str]]:
    counted = yield from asked(_of_services(queries.odd_hours_body(among)))
    return queries.odd_hours_of(counted)


def _of_services(body: Mapping[str, Any]) -> Search:
    return Search(alias_of("services"), body)


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
