"""Conditions of the rules (Django's *Q*) as queries of the server: the same rules, in its words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from search.backends.elastic.mapping import field_of
from search.backends.rules import WordsHeld
from search.question import Term as WordTerm

# Plain values: objects that check and copy themselves cost as much as the server's own work.
Query = dict[str, Any]

EVERYTHING: Query = {"match_all": {}}
NOTHING: Query = {"match_none": {}}

# Columns of the embedded index by the fields of the server's, where they differ.
_FIELDS = {"pk": "rank", "organisation_id": "organisation"}


def translated(condition: Q) -> Query:
    """The query that the same rows meet. Without any condition, everything. ValueError on an unknown one."""
    parts = [translated(one) if isinstance(one, Q) else _one(*one) for one in condition.children]
    joined = all_of(parts) if condition.connector == Q.AND else any_of(parts)
    return none_of(joined) if condition.negated else joined


def all_of(parts: Sequence[Query]) -> Query:
    """Without any, everything."""
    if NOTHING in parts:
        return NOTHING
    asked = [part for part in parts if part != EVERYTHING]
    if len(asked) < 2:
        return asked[0] if asked else EVERYTHING
    return {"bool": {"filter": asked}}


def any_of(parts: Sequence[Query]) -> Query:
    """Without any, everything: an empty *Q* asks for nothing."""
    if not parts or EVERYTHING in parts:
        return EVERYTHING
    possible = [part for part in parts if part != NOTHING]
    if len(possible) < 2:
        return possible[0] if possible else NOTHING
    return {"bool": {"should": possible, "minimum_should_match": 1}}


def none_of(*parts: Query) -> Query:
    if parts == (NOTHING,):
        return EVERYTHING
    return {"bool": {"must_not": list(parts)}}


def exists(field: str) -> Query:
    return {"exists": {"field": field}}


def constant(held: Query, boost: float, name: str = "") -> Query:
    """A score that is the same for all that is held. `name`: told with each hit that it holds."""
    named = {"_name": name} if name else {}
    return {"constant_score": {"filter": held, "boost": boost} | named}


def _one(lookup: str, value: Any) -> Query:
    column, _, kind = lookup.partition("__")
    try:
        return _LOOKUPS[kind](_FIELDS.get(column, column), value)
    except KeyError:
        raise ValueError(f"no query for {lookup}") from None


def _exact(field: str, value: Any) -> Query:
    if isinstance(value, WordsHeld):
        return words_held(value.terms, value.weight)
    if value == []:
        return {"term": {f"has_{field}": False}}
    return {"term": {field: value}}


def _among(field: str, values: Iterable[Any]) -> Query:
    # Tokens of half-hours are numbers in the rules.
    found = [str(value) if field.endswith("slots") else value for value in values]
    return {"terms": {field: found}} if found else NOTHING


def _is_null(field: str, is_null: bool) -> Query:
    return none_of(exists(field)) if is_null else exists(field)


def _within(field: str, value: Any) -> Query:
    point, distance = value
    return {"geo_distance": {"distance": f"{distance.km:g}km", field: {"lon": point.x, "lat": point.y}}}


def _compared(operator: str) -> Callable[[str, date], Query]:
    return lambda field, day: {"range": {field: {operator: day.isoformat()}}}


_LOOKUPS: dict[str, Callable[[str, Any], Query]] = {
    "": _exact,
    "in": _among,
    "overlap": _among,
    "isnull": _is_null,
    "dwithin": _within,
    "lt": _compared("lt"),
    "lte": _compared("lte"),
    "gte": _compared("gte"),
}


def words_held(terms: Iterable[WordTerm], weight: str = "") -> Query:
    """Any alternative of any term, in the field of that weight, or in any ("")."""
    held = [_said(field_of(weight), alternative) for term in terms for alternative in term]
    return any_of(held)


def _said(field: str, alternative: str) -> Query:
    roots = alternative.split()
    if len(roots) == 1:
        return {"term": {field: roots[0]}}
    return {"match_phrase": {field: " ".join(roots)}}
