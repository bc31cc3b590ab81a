"""One statement: rank the candidates, cut the page, count the facets."""

from collections.abc import Iterator, Sequence
from typing import Any

from search import ranking
from search.backends.postgres import masks
from search.backends.postgres.translating import NULL, Sql, plain, selected
from search.backends.rules import COLUMNS, PUBLIC_FILTERS, counted, facet_of
from search.question import Question, Sort

# Every order ends in the primary key: a page never repeats what another showed.
_ORDERS: dict[Sort, str] = {
    "pertinence": "score DESC, km NULLS LAST, pk",
    "distance": "km NULLS LAST, score DESC, pk",
    "nom": "sort_name, pk",
    "verification": "verified_on DESC NULLS LAST, sort_name, pk",
}

_DISTANCE = "CASE WHEN km IS NULL THEN %s ELSE %s + (1 - %s) * power(2, -greatest(0, km - %s) / %s) END"
_DISTANCE_PARAMS = (ranking.NO_PLACE, ranking.FAR, ranking.FAR, ranking.NEAR_KM, ranking.HALF_KM)


def build(
    where: Sql,
    worth: dict[str, Sql],
    question: Question,
    missed: dict[str, Sql],
    words: dict[str, Sql],
    named: Sql,
    *,
    is_counted: bool = True,
) -> Sql:
    """The rows are (kind, key, number, score, km), the hits in no order. `worth`: "worth" and "km".

    A hit's number is its rank from 1 over all pages; `total` and each facet value have a count, if counted:
    a row of each, or one without number that packs them all (`masks.counts`).
    """
    answers, params = kept(where, worth, _columns(question), missed, words, named)
    source = "kept"
    if missed:
        source = "passed"
        # Most facets are counted among these: read once.
        answers += f",\npassed AS MATERIALIZED (SELECT * FROM kept{passing(True)})"
    hits, hits_params = _hits(question, source)
    if not is_counted:
        return answers + "\n" + hits, [*params, *hits_params]
    total = f"SELECT 'total', '', count(*), NULL, NULL FROM {source}"
    facets = list(_facets(missed))
    selects = [hits, total, *(sql for sql, _params in facets)]
    facet_params = [value for _sql, values in facets for value in values]
    return answers + "\n" + "\nUNION ALL\n".join(selects), [*params, *hits_params, *facet_params]


def together(asked: Sequence[Sql], is_open: Sql) -> Sql:
    """The rows of several statements: the number of its own, its columns, and whether the entry `is_open`."""
    union = "\nUNION ALL\n".join(
        f"(SELECT {number} AS asked, found.* FROM ({sql}) AS found)"
        for number, (sql, _params) in enumerate(asked)
    )
    sql = (
        f"SELECT led.*, ({is_open[0]}) AS is_open FROM ({union}) AS led"
        " JOIN search_searchentry ON service_id = led.key::bigint"
    )
    return sql, [*is_open[1], *(value for _sql, params in asked for value in params)]


def kept(
    where: Sql,
    worth: dict[str, Sql],
    columns: Sequence[str],
    missed: dict[str, Sql],
    words: dict[str, Sql],
    named: Sql,
) -> Sql:
    """`WITH … kept AS (…)`: what answers, and how many of the filters it does not pass (`missing`)."""
    has_distance = worth["km"] != NULL
    listed = {"pk": ("service_id", []), **worth, **plain(columns), **missed, **words}
    if words:
        listed["named"] = named
    candidates, params = selected("search_searchentry", listed, where)
    # Without an offset the planner merges the two, and weighs and measures each row as often as it is named.
    parts = [f"WITH candidates AS ({candidates} OFFSET 0)", *_weighed(list(words))]
    parts.append(_kept("weighed" if words else "candidates", " + ".join(missed), has_distance))
    scoring = [ranking.TEXT] if words else []
    floor = [ranking.TEXT_FLOOR] if words else []
    return ",\n".join(parts), [*params, *scoring, *(_DISTANCE_PARAMS if has_distance else ()), *floor]


def passing(is_filtered: bool) -> str:
    """The condition of the rows of `kept` that pass every filter."""
    # Without a filter nothing is said: a condition that all rows meet would mislead the planner.
    # Of `= 0` it would expect one row of two hundred, and sort what it should hash.
    return " WHERE missing <= 0" if is_filtered else ""


def _columns(question: Question) -> list[str]:
    ordering = {"nom": ["sort_name"], "verification": ["verified_on", "sort_name"]}
    return [*masks.counting(COLUMNS.values()), *ordering.get(question.sort, [])]


# --- Text: a rare word counts more, as rare as it is among what this reader may count ----------------------


def _weighed(words: Sequence[str]) -> list[str]:
    if not words:
        return []
    holding = {word: f"nullif(count(*) FILTER (WHERE {word} > 0), 0)" for word in words}
    rarities = ", ".join(
        f"coalesce(ln(1 + count(*)::float8 / {held}), 0) AS rare_{word}" for word, held in holding.items()
    )
    weighted = " + ".join(f"{word} * rare_{word}" for word in words)
    most = " + ".join(f"rare_{word}" for word in words)
    return [
        f"rarity AS (SELECT {rarities} FROM candidates)",
        f"weighed AS MATERIALIZED (SELECT candidates.*, coalesce(({weighted}) / nullif({most}, 0), 0) AS text"
        " FROM candidates, rarity)",
    ]


def _kept(source: str, missing: str, has_distance: bool) -> str:
    has_text = source == "weighed"
    score = "worth" + (" * (1 + %s * text)" if has_text else "") + (f" * {_DISTANCE}" if has_distance else "")
    floor = " WHERE named OR text >= %s * (SELECT max(text) FROM weighed)" if has_text else ""
    return (
        f"kept AS MATERIALIZED (SELECT *, {missing or '0'} AS missing, {score} AS score FROM {source}{floor})"
    )


def _hits(question: Question, source: str) -> Sql:
    leading = [list(question.in_front)] if question.in_front else []
    lead = "array_position(%s::bigint[], pk) NULLS LAST, " if leading else ""
    sql = (
        "SELECT 'hit' AS kind, pk::text AS key, number, score, km FROM ("
        f"SELECT pk, score, km, row_number() OVER (ORDER BY {lead}{_ORDERS[question.sort]}) AS number"
        f" FROM {source}) AS page WHERE number > %s AND number <= %s"
    )
    first = (question.page - 1) * question.limit
    return sql, [*leading, first, first + question.limit]


# --- Facets: what each value would give, were it the only one of its facet ----------------------------------


def _facets(missed: dict[str, Any]) -> Iterator[Sql]:
    used = {name.removeprefix("missed_") for name in missed}
    for name, column in counted(used):
        among, slugs = _under_others(name, used), PUBLIC_FILTERS.get(name)
        if column in masks.NUMBERED:
            yield _packed(facet_of(name), column, among, slugs)
            slugs = tuple(slug for slug in masks.without_bit(column) if slugs is None or slug in slugs)
        if slugs is None or slugs:
            yield _facet(facet_of(name), column, among, slugs)


def _under_others(name: str, used: set[str]) -> str:
    """Among which rows a facet is counted."""
    if name in used:
        return f"kept WHERE missing - missed_{name} <= 0"
    return "passed" if used else "kept"


def _packed(facet: str, column: str, among: str, slugs: tuple[str, ...] | None) -> Sql:
    """The name of the column, then the counts of its values."""
    sql = f"SELECT %s, '{column} ' || {masks.counters(column, slugs)}, NULL, NULL, NULL FROM {among}"
    return sql, [facet]


def _facet(facet: str, column: str, among: str, slugs: tuple[str, ...] | None) -> Sql:
    """Rows are grouped by their list of slugs first: few lists, many rows."""
    only = " WHERE slug = ANY(%s)" if slugs else ""
    sql = (
        f"SELECT %s, slug, sum(held)::bigint, NULL, NULL FROM ("
        f"SELECT {column} AS slugs, count(*) AS held FROM {among} GROUP BY {column}"
        f") AS grouped, unnest(slugs) AS slug{only} GROUP BY slug"
    )
    return sql, [facet, *([list(slugs)] if slugs else [])]
