"""Conditions of the rules (Django's *Q*) as queries of the server: the same rules, in its words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from search.backends.cells import cells_around
from search.backends.conditions import Language
from search.backends.elastic.mapping import field_of, name_of
from search.backends.rules import WordsHeld
from search.question import Term as WordTerm

# Its own circle is prepared anew by each request (thousands of squares compared, a millisecond): longer than
# the rest of a small question. Beyond, cells are too many words; so are those of all entries of a nation.
MOST_KM = 60

# Plain values: objects that check and copy themselves cost as much as the server's own work.
Query = dict[str, Any]


def exists(field: str) -> Query:
    return {"exists": {"field": field}}


def constant(held: Query, boost: float, name: str = "") -> Query:
    """A score that is the same for all that is held. `name`: told with each hit that it holds."""
    named = {"_name": name} if name else {}
    return {"constant_score": {"filter": held, "boost": boost} | named}


def _exact(field: str, value: Any) -> Query:
    if isinstance(value, WordsHeld):
        return words_held(value.terms, value.weight)
    if value == []:
        return {"term": {f"has_{field}": False}}
    return {"term": {field: value}}


def _among(field: str, values: Iterable[Any]) -> Query:
    # Tokens of half-hours are numbers in the rules.
    found = [str(value) if field.endswith("slots") else value for value in values]
    return {"terms": {field: found}} if found else LANGUAGE.nothing


def _is_null(field: str, is_null: bool) -> Query:
    return none_of(exists(field)) if is_null else exists(field)


def _within(field: str, value: Any) -> Query:
    point, distance = value
    here, limit = {"lon": point.x, "lat": point.y}, f"{distance.km:g}km"
    if field == "places" or distance.km > MOST_KM:
        return {"geo_distance": {"distance": limit, "places": here}}
    cells = cells_around(point.x, point.y, distance.km)
    # It is 1 as far as the limit, and less at once after it.
    measured = {"places": {"origin": here, "offset": limit, "scale": "1km", "decay": 0.5}}
    at_the_edge = {
        "function_score": {
            "query": _among("undeclared_cells", map(name_of, cells.edge)),
            "functions": [{"linear": measured}],
            "boost_mode": "replace",
            "min_score": 1,
        }
    }
    return any_of([_among("undeclared_cells", map(name_of, cells.within)), at_the_edge])


def _compared(operator: str) -> Callable[[str, date], Query]:
    return lambda field, day: {"range": {field: {operator: day.isoformat()}}}


def words_held(terms: Iterable[WordTerm], weight: str = "") -> Query:
    """Any alternative of any term, in the field of that weight, or in any ("")."""
    held = [_said(field_of(weight), alternative) for term in terms for alternative in term]
    return any_of(held)


def _said(field: str, alternative: str) -> Query:
    roots = alternative.split()
    if len(roots) == 1:
        return {"term": {field: roots[0]}}
    return {"match_phrase": {field: " ".join(roots)}}


def _all(parts: Sequence[Query]) -> Query:
    return {"bool": {"filter": _one_deep(parts, "filter", {"filter"})}}


def _any(parts: Sequence[Query]) -> Query:
    return {
        "bool": {
            "should": _one_deep(parts, "should", {"should", "minimum_should_match"}),
            "minimum_should_match": 1,
        }
    }


def _one_deep(parts: Sequence[Query], kind: str, alone: set[str]) -> list[Query]:
    """What is of one kind stands side by side: the server reads each level again, from the deepest."""
    found: list[Query] = []
    for part in parts:
        inner = part.get("bool", {})
        found += inner[kind] if inner.keys() == alone else [part]
    return found


LANGUAGE: Language[Query] = Language(
    everything={"match_all": {}},
    nothing={"match_none": {}},
    together=_all,
    either=_any,
    without=lambda part: {"bool": {"must_not": [part]}},
    lookups={
        "": _exact,
        "in": _among,
        "overlap": _among,
        "isnull": _is_null,
        "dwithin": _within,
        "lt": _compared("lt"),
        "lte": _compared("lte"),
        "gte": _compared("gte"),
    },
    columns={"pk": "rank", "organisation_id": "organisation"},
)
translated = LANGUAGE.translated
all_of, any_of, none_of = LANGUAGE.all_of, LANGUAGE.any_of, LANGUAGE.none_of
