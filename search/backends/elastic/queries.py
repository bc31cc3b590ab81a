"""Pure functions from a question to the bodies of its requests. The score is that of `search.ranking`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Any

from django.db.models import Q
from django.utils import timezone

from directory.visibility import Viewer, readable
from search import ranking
from search.backends import rules
from search.backends.base import FACETS, Territory
from search.backends.elastic.translating import (
    Query,
    all_of,
    any_of,
    constant,
    exists,
    none_of,
    translated,
    words_held,
)
from search.question import Question, Sort, Term

Body = dict[str, Any]
MOST_JUDGED = 10_000
MOST_VALUES = 500

_JUDGED = ["schedules", "clock", "closed_from", "closed_until", "is_suspended"]
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


@dataclass(frozen=True)
class Weighing:
    """What a word weighs: `rarities` in the order of the terms; `best`: the text of the best candidate."""

    rarities: tuple[float, ...] = ()
    best: float = 0.0

    def share(self, index: int) -> float:
        whole = sum(self.rarities)
        return self.rarities[index] / whole if whole else 0.0


def candidates(question: Question, territory: Territory | None, viewer: Viewer) -> Query:
    """What may answer: who may count it, who is competent, what was said."""
    conditions = [
        readable(viewer),
        rules.answering(territory, question.radius, question.away),
        rules.mentioned(question),
    ]
    return all_of([translated(one) for one in conditions if one])


# --- What is asked before -----------------------------------------------------------------------------------


def judged_body(among: Query) -> Body:
    """The candidates whose hours must be judged one by one."""
    query = all_of([among, translated(Q(is_judged=True))])
    return {"query": query, "size": MOST_JUDGED, "source": _JUDGED, "track_total_hits": False}


def rarities_body(among: Query, terms: Sequence[Term]) -> Body:
    """How many candidates there are, and how many hold each term."""
    holders = {str(index): words_held([term]) for index, term in enumerate(terms)}
    return {
        "query": among,
        "size": 0,
        "track_total_hits": True,
        "aggs": {"words": {"filters": {"filters": holders}}},
    }


def rarities_of(answer: Mapping[str, Any], count: int) -> tuple[float, ...]:
    """A rare word counts more, as rare as it is among what this reader may count."""
    total = answer["hits"]["total"]["value"]
    held = answer["aggregations"]["words"]["buckets"]
    counts = [held[str(index)]["doc_count"] for index in range(count)]
    return tuple(log(1 + total / one) if one else 0.0 for one in counts)


def best_body(among: Query, terms: Sequence[Term], weighing: Weighing) -> Body:
    """The text of the best candidate is the greatest score."""
    texts = list(_texts(terms, weighing))
    query = {"bool": {"filter": [among], "should": texts, "minimum_should_match": 1}}
    return {"query": query, "size": 1, "source": False, "track_total_hits": False}


def _texts(terms: Sequence[Term], weighing: Weighing, factor: float = 1.0) -> Iterator[Query]:
    """For each term, the weight of the best field that holds it, by its rarity; their sum is `text`."""
    for index, term in enumerate(terms):
        if share := weighing.share(index) * factor:
            fields = rules.fields_of(term)
            worth = [constant(translated(condition), weight * share) for condition, weight in fields]
            yield {"dis_max": {"queries": worth}}


# --- The question itself ------------------------------------------------------------------------------------


def page_body(
    question: Question,
    territory: Territory | None,
    among: Query,
    weighing: Weighing,
    at: datetime,
    is_open_then: Q | None = None,
) -> Body:
    """The page asked, the total and the facets, in one request."""
    passed = {name: translated(condition) for name, condition in rules.passed(question).items()}
    factors = list(rules.factors(question, territory, timezone.localdate(at)))
    if is_open_then is not None:
        factors.append(rules.open_factor(is_open_then))
    kept = all_of([among, *_floor(question, weighing)])
    query = _weighed(_near(_said(question, kept, weighing), territory), factors)
    body: Body = {
        "query": query,
        "sort": list(_order(question, territory)),
        "track_scores": True,
        "track_total_hits": True,
        "from": (question.page - 1) * question.limit,
        "size": question.limit,
        "source": False,
        "aggs": dict(_facets(passed)),
    }
    if passed:
        body["post_filter"] = all_of(list(passed.values()))
    return body


def _floor(question: Question, weighing: Weighing) -> Iterator[Query]:
    """Without what is held by its least word only (`ranking.TEXT_FLOOR`)."""
    least = ranking.TEXT_FLOOR * weighing.best
    if not (question.terms and least):
        return
    texts = any_of(list(_texts(question.terms, weighing)))
    # A little less: the server counts in simple precision.
    enough = {"function_score": {"query": texts, "min_score": least * (1 - 1e-5)}}
    yield any_of([translated(rules.kept_anyway(question)), enough])


def _said(question: Question, kept: Query, weighing: Weighing) -> Query:
    """1 + TEXT · text."""
    one = constant(kept, 1.0)
    texts = list(_texts(question.terms, weighing, ranking.TEXT))
    return {"bool": {"must": [one], "should": texts}} if texts else one


def _near(query: Query, territory: Territory | None) -> Query:
    """Half of what distance may take is lost every HALF_KM; what has no place neither leads nor vanishes."""
    if territory is None or territory.point is None:
        return query
    has_place = exists("places")
    longitude, latitude = territory.point
    lost = {
        "places": {
            "origin": {"lon": longitude, "lat": latitude},
            "offset": f"{ranking.NEAR_KM:g}km",
            "scale": f"{ranking.HALF_KM:g}km",
            "decay": 0.5,
        }
    }
    functions: list[Body] = [
        {"filter": has_place, "weight": ranking.FAR},
        {"filter": has_place, "exp": lost, "weight": 1 - ranking.FAR},
        {"filter": none_of(has_place), "weight": ranking.NO_PLACE},
    ]
    return _scored(query, functions, "sum")


def _weighed(query: Query, factors: Iterable[rules.Factor]) -> Query:
    functions = [one for factor in factors for one in _functions(factor)]
    if not functions:
        return query
    return _scored(query, functions, "multiply")


def _scored(query: Query, functions: list[Body], mode: str) -> Query:
    scored = {"query": query, "functions": functions, "score_mode": mode, "boost_mode": "multiply"}
    return {"function_score": scored}


def _functions(factor: rules.Factor) -> Iterator[Body]:
    """Each case without those before it, so that one alone multiplies."""
    before = Q()
    for condition, value in factor.cases:
        if value != 1:
            yield {
                "filter": translated(condition & ~before if before else condition),
                "weight": value,
            }
        before |= condition
    if factor.otherwise != 1 and before:
        yield {"filter": translated(~before), "weight": factor.otherwise}


# --- Order --------------------------------------------------------------------------------------------------


def order_of(question: Question, territory: Territory | None) -> list[str]:
    """The names of the keys that hits are sorted by; the services of the doors lead the usual order."""
    leads = ["lead"] if question.first and question.sort == "pertinence" else []
    has_km = territory is not None and territory.point is not None
    return leads + [key for key in _ORDERS[question.sort] if key != "km" or has_km]


def _order(question: Question, territory: Territory | None) -> Iterator[Body]:
    for key in order_of(question, territory):
        if key == "lead":
            yield _lead(question.first)
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


# --- Facets: what each value would give, were it the only one of its facet ----------------------------------


def _facets(passed: Mapping[str, Query]) -> Iterator[tuple[str, Body]]:
    for name, column in rules.counted(passed):
        yield name, _facet(name, column, passed)


def _facet(name: str, column: str, passed: Mapping[str, Query]) -> Body:
    terms: Body = {"field": column, "size": MOST_VALUES}
    if name in rules.PUBLIC_FILTERS:
        terms["include"] = list(rules.PUBLIC_FILTERS[name])
    others = [query for other, query in passed.items() if other != name]
    # Without others, the server counts faster what no filter wraps.
    return {"filter": all_of(others), "aggs": {"values": {"terms": terms}}} if others else {"terms": terms}


def facets_of(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for name, counted in answer["aggregations"].items():
        buckets = counted.get("values", counted)["buckets"]
        found[rules.facet_of(name)] |= {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return found
