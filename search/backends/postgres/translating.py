"""Conditions and numbers of the rules as SQL, over the columns of one table of the index.

Django compiles queries too, in more time than PostgreSQL takes to run them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from search import ranking
from search.backends.cells import cells_around, number_of
from search.backends.conditions import Language
from search.backends.postgres import masks
from search.backends.rules import WordsHeld
from search.backends.worth import Factor
from search.boxes import Box

Sql = tuple[str, list[Any]]

# Beyond, cells are too many to look up: as far as what declares no coverage may be.
MOST_KM = ranking.WIDER_PROXIMITY_KM
# Lists whose values are not words.
_NUMBERS = {"slots", "holiday_slots"}
NULL: Sql = ("NULL::float8", [])


def selected(table: str, columns: Mapping[str, Sql], where: Sql) -> Sql:
    """The rows of a table that meet a condition, with these columns."""
    listed = ", ".join(f"({sql}) AS {name}" for name, (sql, _params) in columns.items())
    params = [value for _sql, values in columns.values() for value in values]
    return f"SELECT {listed} FROM {table} WHERE {where[0]}", [*params, *where[1]]


def plain(names: Iterable[str]) -> dict[str, Sql]:
    """Columns as the table has them."""
    return {name: (name, []) for name in names}


def number(factor: Factor, language: Language[Sql] | None = None) -> Sql:
    """What each row is multiplied by."""
    said = (language or LANGUAGE).translated
    return _case([(said(case), value) for case, value in factor.cases], factor.otherwise)


def number_of_entry(factor: Factor) -> Sql:
    """The same, of an entry: by its masks, a tenth of what its lists cost, but not by any index."""
    return number(factor, _BY_MASKS)


def joined(parts: Iterable[Sql], operator: str, neutral: float) -> Sql:
    """Numbers multiplied or added."""
    found = list(parts)
    sql = f" {operator} ".join(f"({one})" for one, _params in found) or f"{neutral!r}::float8"
    return sql, [value for _sql, params in found for value in params]


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
    return (f"{column} = ANY(%s)", [found]) if found else LANGUAGE.nothing


def _list(operator: str) -> Callable[[str, Iterable[Any]], Sql]:
    def compared(column: str, values: Iterable[Any]) -> Sql:
        kind = "smallint[]" if column in _NUMBERS else "varchar[]"
        return (f"{column} {operator} %s::{kind}", [list(values)])

    return compared


def _overlap_of_masks(column: str, values: Iterable[Any]) -> Sql:
    slugs = list(values)
    mask = masks.mask_of(column, slugs)
    return _list("&&")(column, slugs) if mask is None else (f"{masks.name_of(column)} & {mask} <> 0", [])


def _is_null(column: str, is_null: bool) -> Sql:
    return (f"{column} IS {'' if is_null else 'NOT '}NULL", [])


def _within(column: str, value: Any) -> Sql:
    """On the sphere, as distances are shown and as the other engine counts them; found by its cells. By its
    box when it is far only: that of a service with places far apart is around everything."""
    point, distance = value
    if distance.km <= MOST_KM:
        numbers = sorted(map(number_of, chain(*cells_around(point.x, point.y, distance.km))))
        found, asked = "cells && %s::integer[]", [f"{{{','.join(map(str, numbers))}}}"]
    else:
        found, asked = in_box(column, Box.around(point.x, point.y, distance.km))
    near = f"{column} <-> %s::geography <= %s"
    return (f"({found} AND {near})", [*asked, point.ewkt, distance.m])


def in_box(column: str, box: Box) -> Sql:
    """By an index of points on the plane: sides of a box are meridians and parallels."""
    return (
        f"{column}::geometry(MultiPoint, 4326) && ST_MakeEnvelope(%s, %s, %s, %s, 4326)",
        [box.west, box.south, box.east, box.north],
    )


def _compared(operator: str) -> Callable[[str, Any], Sql]:
    return lambda column, value: (f"{column} {operator} %s", [value])


def _joined(word: str) -> Callable[[Sequence[Sql]], Sql]:
    def joined_by(parts: Sequence[Sql]) -> Sql:
        params = [value for _sql, values in parts for value in values]
        return (word.join(f"({sql})" for sql, _params in parts), params)

    return joined_by


LANGUAGE: Language[Sql] = Language(
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
    columns={"pk": "service_id", "undeclared_places": "places"},
)
_BY_MASKS = replace(LANGUAGE, lookups={**LANGUAGE.lookups, "overlap": _overlap_of_masks})
translated = LANGUAGE.translated
translated_by_masks = _BY_MASKS.translated
all_of = LANGUAGE.all_of
