"""The services of a question and of its doors. One trip, one before it to weigh words and to read the hours
kept, one more beyond ten words, one more when a filter asks for hours. Doors take two: who is there, then
which of them are open; three when they are judged at an hour. Doors and list share theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from directory.visibility import Viewer
from search.backends.base import Doors, EngineDown, Found, Hit, Leading, Territory
from search.backends.elastic import facets, queries, weighing
from search.backends.elastic.client import Search
from search.backends.elastic.mapping import WINDOW, alias_of
from search.backends.elastic.rounds import Rounds, asked, nothing, together
from search.backends.elastic.translating import Query, all_of, translated
from search.backends.elastic.weighing import Weighing
from search.backends.opening import open_at
from search.question import Question


@dataclass(frozen=True)
class _Weighed:
    """What the page of a question is made of: its words are weighed, its hours known."""

    territory: Territory | None
    kept: queries.Kept
    words: Weighing
    at: datetime
    is_open_then: Q | None

    def hits(self, question: Question) -> Rounds[tuple[Hit, ...]]:
        answer = yield from asked(self._page(question))
        return self._hits(question, answer)

    def found(self, question: Question) -> Rounds[Found]:
        bodies = facets.counts(self.kept)
        page, *counts = yield [self._page(question), *(_of_services(body) for body in bodies)]
        total = counts[0]["hits"]["total"]["value"]
        return Found(total, self._hits(question, page), facets.facets_of(counts))

    def _page(self, question: Question) -> Search:
        body = queries.page(question, self.territory, self.kept, self.words, self.at, self.is_open_then)
        return _of_services(body)

    def _hits(self, question: Question, answer: Mapping[str, Any]) -> tuple[Hit, ...]:
        return _hits(answer, queries.order_of(question, self.territory))


def finding(question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Rounds[Found]:
    weighed = yield from _weighed(question, territory, viewer, at)
    return (yield from weighed.found(question))


# --- Doors --------------------------------------------------------------------------------------------------


def leading(
    questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[Leading]:
    if not questions:
        return Leading()
    hits, is_open = yield from _at_the_doors(questions, territory, viewer, at)
    return Leading(hits, (yield from _open_among(hits, is_open)))


def _at_the_doors(
    questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[tuple[tuple[tuple[Hit, ...], ...], Q]]:
    """Who is found at each, and what is open at `at`. Hours are waited for when one is judged by them."""
    hours = _odd_hours(queries.competent(viewer, territory, questions[0].radius))
    if any(_moment_of(one) for one in questions):
        odd_hours = yield from hours
        hits = yield from together([_door(one, territory, viewer, at, odd_hours) for one in questions])
    else:
        doors = [_door(one, territory, viewer, at, []) for one in questions]
        odd_hours, *hits = yield from together([hours, *doors])
    return tuple(hits), open_at("maintenant", at, odd_hours)


def _door(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime, odd_hours: list[str]
) -> Rounds[tuple[Hit, ...]]:
    weighed = yield from _weighed(question, territory, viewer, at, odd_hours)
    return (yield from weighed.hits(question))


def _open_among(hits: Sequence[Sequence[Hit]], is_open: Q) -> Rounds[frozenset[int]]:
    services = sorted({one.service for at_a_door in hits for one in at_a_door})
    if not services:
        return frozenset()
    answer = yield from asked(_of_services(queries.open_among(services, is_open)))
    return frozenset(int(hit["sort"][0]) for hit in answer["hits"]["hits"])


def led(
    doors: Doors, territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[tuple[Leading, Found]]:
    """The words of the list are weighed while the doors are asked for. On its first page, who is found there
    goes in front before it is known which of them are open: they are put in their order here."""
    question = doors.led(Leading())
    if not doors.sought:
        return Leading(), (yield from finding(question, territory, viewer, at))
    at_the_doors = _at_the_doors(doors.sought, doors.near, viewer, doors.at)
    (hits, is_open), weighed = yield from together([at_the_doors, _weighed(question, territory, viewer, at)])
    opened = _open_among(hits, is_open)
    question = doors.led(Leading(hits))
    if question.page > 1 and question.in_front:
        leading = Leading(hits, (yield from opened))
        return leading, (yield from weighed.found(doors.led(leading)))
    longer = replace(question, limit=max(question.limit, len(question.in_front)))
    open_then, found = yield from together([opened, weighed.found(longer)])
    leading = Leading(hits, open_then)
    return leading, replace(found, hits=_in_order(doors.led(leading), found.hits)[: question.limit])


def _in_order(question: Question, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    ranks = {service: rank for rank, service in enumerate(question.in_front)}
    return tuple(sorted(hits, key=lambda hit: ranks.get(hit.service, len(ranks))))


# --- What is asked before -----------------------------------------------------------------------------------


def _answering(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime
) -> Rounds[Query]:
    among = queries.candidates(question, territory, viewer)
    if not question.when:
        return among
    odd_hours = yield from _odd_hours(among)
    return all_of([among, translated(open_at(question.when, at, odd_hours))])


def _weighed(
    question: Question,
    territory: Territory | None,
    viewer: Viewer,
    at: datetime,
    odd_hours: list[str] | None = None,
) -> Rounds[_Weighed]:
    """`odd_hours`: those of the candidates, when they are known."""
    if question.page * question.limit > WINDOW:
        raise EngineDown("page-too-deep")
    among = yield from _answering(question, territory, viewer, at)
    moment = _moment_of(question)
    hours = _odd_hours(among) if moment and odd_hours is None else nothing()
    words, read = yield from together([_weighing(question, among), hours])
    is_open_then = open_at("maintenant", moment, odd_hours or read or []) if moment else None
    return _Weighed(territory, queries.kept(question, among, words), words, at, is_open_then)


def _moment_of(question: Question) -> datetime | None:
    """The moment said, when no filter asks for another."""
    return question.moment[0] if question.moment and not question.when else None


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
