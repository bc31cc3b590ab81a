"""Pure functions from a question to the bodies of its requests. The score is that of `search.ranking`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from directory.visibility import Viewer
from search import ranking
from search.backends import rules
from search.backends.base import EngineDown, Territory
from search.backends.competent import competent_in
from search.backends.elastic.translating import (
    LANGUAGE,
    Query,
    all_of,
    any_of,
    constant,
    exists,
    none_of,
    translated,
)
from search.backends.elastic.weighing import Weighing, texts
from search.backends.worth import Factor, worth_in
from search.question import Question, Sort

Body = dict[str, Any]
MOST_ODD_HOURS = 20_000

# Every order ends in the primary key: a page never repeats what another showed.
_ORDERS: dict[Sort, tuple[str, ...]] = {
    "pertinence": ("score", "km", "rank"),
    "distance": ("km", "score", "rank"),
    "nom": ("name", "rank", "km"),
    "verification": ("verified", "name", "rank", "km"),
}
_KEYS: dict[str, Body] = {
    "score": {"_score": "desc"},
    "rank": {"rank": "asc"},
    "name": {"sort_name": "asc"},
    "verified": {"verified_on": {"order": "desc", "missing": "_last"}},
}


# The place of a service among those that lead; far behind for the others.
_LEADING = "def at = params.ranks[String.valueOf(doc['rank'].value)]; at == null ? 1000000 : at"


competent = competent_in(LANGUAGE)


def candidates(question: Question, territory: Territory | None, viewer: Viewer) -> Query:
    """What may answer: who may count it, who is competent, what was said."""
    answering = competent(viewer, territory, question.radius)
    return all_of([answering, translated(rules.mentioned(question))])


# --- What is asked before -----------------------------------------------------------------------------------


def odd_hours_body(among: Query) -> Body:
    """The hours of the candidates that half-hours cannot tell."""
    counted = {"odd_hours": {"terms": {"field": "odd_hours", "size": MOST_ODD_HOURS}}}
    return {"query": among, "size": 0, "track_total_hits": False, "aggs": counted}


def odd_hours_of(answer: Mapping[str, Any]) -> list[str]:
    """`EngineDown` when they are more than can be counted: the embedded engine has them all."""
    counted = answer["aggregations"]["odd_hours"]
    if counted["sum_other_doc_count"]:
        raise EngineDown("too-many-hours")
    return [bucket["key"] for bucket in counted["buckets"]]


# --- The question itself ------------------------------------------------------------------------------------


class Kept(NamedTuple):
    """What every hit meets; `passed`: each filter in use, by its name."""

    among: list[Query]
    passed: dict[str, Query]

    @property
    def query(self) -> Query:
        return all_of([*self.among, *self.passed.values()])


def kept(question: Question, among: Query, weighing: Weighing) -> Kept:
    """Of the candidates (`among`), those that are not held by their least word only."""
    passed = {name: translated(condition) for name, condition in rules.passed(question).items()}
    return Kept([among, *_floor(question, weighing)], passed)


def page(
    question: Question,
    territory: Territory | None,
    held: Kept,
    weighing: Weighing,
    at: datetime,
    is_open_then: Q | None = None,
) -> Body:
    """The page asked, and nothing counted."""
    said_functions = _worth(question, territory, timezone.localdate(at), is_open_then)
    functions = [*chain.from_iterable(said_functions), *_without_place(territory)]
    said = _near(_said(question, held.query, weighing), territory)
    return {
        "query": _scored(said, functions, "multiply") if functions else said,
        "sort": list(_order(question, territory)),
        "track_scores": "score" not in order_of(question, territory),
        "track_total_hits": False,
        "from": (question.page - 1) * question.limit,
        "size": question.limit,
        "stored_fields": "_none_",  # the sort holds the keys: a page of results needs no document
    }


def open_among(services: Sequence[int], is_open: Q) -> Body:
    """Which of these services are open."""
    return {
        "query": all_of([{"terms": {"rank": list(services)}}, translated(is_open)]),
        "sort": [_KEYS["rank"]],
        "track_total_hits": False,
        "size": len(services),
        "stored_fields": "_none_",
    }


def _floor(question: Question, weighing: Weighing) -> Iterator[Query]:
    """Without what is held by its least word only (`ranking.TEXT_FLOOR`)."""
    least = ranking.TEXT_FLOOR * weighing.best
    if not (question.terms and least):
        return
    said = any_of(list(texts(question.terms, weighing)))
    # A little less: the server counts in simple precision.
    enough = {"function_score": {"query": said, "min_score": least * (1 - 1e-5)}}
    yield any_of([translated(rules.kept_anyway(question)), enough])


def _said(question: Question, kept: Query, weighing: Weighing) -> Query:
    """1 + TEXT · text."""
    one = constant(kept, 1.0)
    said = list(texts(question.terms, weighing, ranking.TEXT))
    return {"bool": {"must": [one], "should": said}} if said else one


def _near(query: Query, territory: Territory | None) -> Query:
    """Half of what distance may take is lost every HALF_KM; of what has no place, nothing."""
    if territory is None or territory.point is None:
        return query
    longitude, latitude = territory.point
    lost = {
        "places": {
            "origin": {"lon": longitude, "lat": latitude},
            "offset": f"{ranking.NEAR_KM:g}km",
            "scale": f"{ranking.HALF_KM:g}km",
            "decay": 0.5,
        }
    }
    return _scored(query, [{"weight": ranking.FAR}, {"exp": lost, "weight": 1 - ranking.FAR}], "sum")


def _scored(query: Query, functions: list[Body], mode: str) -> Query:
    scored = {"query": query, "functions": functions, "score_mode": mode, "boost_mode": "multiply"}
    return {"function_score": scored}


def _functions(factor: Factor) -> Iterator[Body]:
    """Each case without those before it, so that one alone multiplies."""
    before: list[Query] = []
    for condition, value in factor.cases:
        held = translated(condition)
        if value != 1:
            yield {"filter": all_of([held, none_of(any_of(before))]) if before else held, "weight": value}
        before.append(held)
    if factor.otherwise != 1 and before:
        yield {"filter": none_of(any_of(before)), "weight": factor.otherwise}


_worth = worth_in(lambda factor: tuple(_functions(factor)))


def _without_place(territory: Territory | None) -> list[Body]:
    """What has no place neither leads nor vanishes."""
    has_point = territory is not None and territory.point is not None
    return [{"filter": none_of(exists("places")), "weight": ranking.NO_PLACE}] if has_point else []


# --- Order --------------------------------------------------------------------------------------------------


def order_of(question: Question, territory: Territory | None) -> list[str]:
    """The names of the keys that hits are sorted by."""
    leads = ["lead"] if question.in_front else []
    has_km = territory is not None and territory.point is not None
    return leads + [key for key in _ORDERS[question.sort] if key != "km" or has_km]


def _order(question: Question, territory: Territory | None) -> Iterator[Body]:
    for key in order_of(question, territory):
        if key == "lead":
            yield _lead(question.in_front)
        elif key == "km":
            assert territory is not None
            yield _kilometres(territory)
        else:
            yield _KEYS[key]


def _lead(first: Sequence[int]) -> Body:
    ranks = {str(service): rank for rank, service in enumerate(first)}
    script = {"source": _LEADING, "params": {"ranks": ranks}}
    return {"_script": {"type": "number", "order": "asc", "script": script}}


def _kilometres(territory: Territory) -> Body:
    assert territory.point is not None
    longitude, latitude = territory.point
    return {
        "_geo_distance": {
            "places": {"lon": longitude, "lat": latitude},
            "order": "asc",
            "unit": "km",
            "mode": "min",
            "ignore_unmapped": False,
        }
    }
