"""Conditions of the rules (Django's *Q*) as SQL, over the columns of one table of the index.

Django compiles them too, in more time than PostgreSQL takes to run them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import BooleanField, Field, FloatField, Q
from django.db.models.expressions import RawSQL

from search.backends.conditions import Language
from search.backends.rules import WordsHeld
from search.backends.worth import Factor

Sql = tuple[str, list[Any]]

# Lists whose values are not words.
_NUMBERS = {"slots", "holiday_slots"}


def condition(asked: Q) -> RawSQL:
    return _raw(translated(asked), BooleanField())


def number(factor: Factor) -> RawSQL:
    """What each entry is multiplied by."""
    return _raw(_case([(translated(case), value) for case, value in factor.cases], factor.otherwise))


def joined(parts: Iterable[RawSQL], operator: str, neutral: float) -> RawSQL:
    """Numbers multiplied or added."""
    found = list(parts)
    sql = f" {operator} ".join(f"({one.sql})" for one in found) or str(neutral)
    return _raw((sql, [value for one in found for value in one.params]))


def _raw(sql: Sql, kind: Field[Any, Any] | None = None) -> RawSQL:
    return RawSQL(*sql, output_field=kind or FloatField())


def _case(cases: Sequence[tuple[Sql, float]], otherwise: float) -> Sql:
    """Numbers are ours: written as they are, so that no parameter is of a type to be guessed."""
    when = "".join(f" WHEN {sql} THEN {value!r}::float8" for (sql, _params), value in cases)
    params = [value for (_sql, values), _value in cases for value in values]
    return (f"CASE{when} ELSE {otherwise!r}::float8 END" if when else f"{otherwise!r}::float8", params)


# --- Conditions ---------------------------------------------------------------------------------------------


def _exact(column: str, value: Any) -> Sql:
    if isinstance(value, WordsHeld):
        return (f"{column} @@ to_tsquery('simple', %s)", [value.roots])
    if value == []:
        # To the letter of the partial index of nearness.
        return (f"{column} = '{{}}'::varchar(20)[]", [])
    return (f"{column} = %s", [value])


def _in(column: str, values: Iterable[Any]) -> Sql:
    found = list(values)
    return (f"{column} = ANY(%s)", [found]) if found else _LANGUAGE.nothing


def _list(operator: str) -> Callable[[str, Iterable[Any]], Sql]:
    def compared(column: str, values: Iterable[Any]) -> Sql:
        kind = "smallint[]" if column in _NUMBERS else "varchar[]"
        return (f"{column} {operator} %s::{kind}", [list(values)])

    return compared


def _is_null(column: str, is_null: bool) -> Sql:
    return (f"{column} IS {'' if is_null else 'NOT '}NULL", [])


def _within(column: str, value: Any) -> Sql:
    point, distance = value
    return (f"ST_DWithin({column}, %s::geography, %s)", [point.ewkt, distance.m])


def _compared(operator: str) -> Callable[[str, Any], Sql]:
    return lambda column, value: (f"{column} {operator} %s", [value])


def _joined(word: str) -> Callable[[Sequence[Sql]], Sql]:
    def joined_by(parts: Sequence[Sql]) -> Sql:
        params = [value for _sql, values in parts for value in values]
        return (word.join(f"({sql})" for sql, _params in parts), params)

    return joined_by


_LANGUAGE: Language[Sql] = Language(
    everything=("true", []),
    nothing=("false", []),
    together=_joined(" AND "),
    either=_joined(" OR "),
    without=lambda part: (f"({part[0]}) IS NOT TRUE", part[1]),  # what is unknown is not met
    lookups={
        "": _exact,
        "in": _in,
        "overlap": _list("&&"),
        "contained_by": _list("<@"),
        "isnull": _is_null,
        "dwithin": _within,
        "lt": _compared("<"),
        "lte": _compared("<="),
        "gte": _compared(">="),
    },
    columns={"pk": "service_id"},
)
translated = _LANGUAGE.translated
