"""Conditions of the rules (Django's *Q*) as queries of the server: the same rules, in its words."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from elasticsearch.dsl.query import (
    Bool,
    Exists,
    GeoDistance,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Query,
    Range,
    Term,
    Terms,
    Wildcard,
)

from search.backends.elastic.mapping import field_of
from search.backends.rules import WordsHeld
from search.question import Term as WordTerm

# Columns of the embedded index by the fields of the server's, where they differ.
_FIELDS = {"pk": "rank", "organisation_id": "organisation"}


def translated(condition: Q) -> Query:
    """The query that the same rows meet. Without any condition, everything. ValueError on an unknown one."""
    parts = [translated(one) if isinstance(one, Q) else _one(*one) for one in condition.children]
    if not parts:
        return Bool(must_not=[MatchAll()]) if condition.negated else MatchAll()
    if len(parts) == 1:
        return Bool(must_not=parts) if condition.negated else parts[0]
    joined = (
        Bool(filter=parts) if condition.connector == Q.AND else Bool(should=parts, minimum_should_match=1)
    )
    return Bool(must_not=[joined]) if condition.negated else joined


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
        return Term(**{f"has_{field}": False})
    return Term(**{field: value})


def _among(field: str, values: Iterable[Any]) -> Query:
    # Tokens of half-hours are numbers in the rules.
    found = [str(value) if field.endswith("slots") else value for value in values]
    return Terms(**{field: found}) if found else MatchNone()


def _is_null(field: str, is_null: bool) -> Query:
    return Bool(must_not=[Exists(field=field)]) if is_null else Exists(field=field)


def _within(field: str, value: Any) -> Query:
    point, distance = value
    return GeoDistance(distance=f"{distance.km:g}km", **{field: {"lon": point.x, "lat": point.y}})


def _contains(field: str, root: str) -> Query:
    # Only names of perpetrators' services are looked into so (domain.md R16): `called` holds no other.
    assert field == "sort_name"
    return Wildcard(called={"value": f"*{root}*"})


def _compared(operator: str) -> Callable[[str, date], Query]:
    return lambda field, day: Range(**{field: {operator: day.isoformat()}})


_LOOKUPS: dict[str, Callable[[str, Any], Query]] = {
    "": _exact,
    "in": _among,
    "overlap": _among,
    "isnull": _is_null,
    "dwithin": _within,
    "contains": _contains,
    "lt": _compared("lt"),
    "lte": _compared("lte"),
    "gte": _compared("gte"),
}


def words_held(terms: Iterable[WordTerm], weight: str = "") -> Query:
    """Any alternative of any term, in the field of that weight, or in any ("")."""
    held = [_said(field_of(weight), alternative) for term in terms for alternative in term]
    return held[0] if len(held) == 1 else Bool(should=held, minimum_should_match=1)


def _said(field: str, alternative: str) -> Query:
    roots = alternative.split()
    if len(roots) == 1:
        return Term(**{field: roots[0]})
    return MatchPhrase(**{field: " ".join(roots)})
