"""One statement: rank the candidates, cut the page, count the facets."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Expression, QuerySet

from directory import taxonomy
from search import ranking
from search.backends.postgres.candidates import COLUMNS, FILTERS
from search.models import SearchEntry
from search.question import Question, Sort

PUBLIC_FILTERS = {
    "age": taxonomy.AGE_BANDS.slugs,
    "gender": taxonomy.GENDERS.slugs,
    "role": taxonomy.ROLES.slugs,
    "situation": taxonomy.SITUATIONS.slugs,
}
_FACET_OF = {name: "public" if name in PUBLIC_FILTERS else name for name in FILTERS}

# Every order ends in the primary key: a page never repeats what another showed.
_ORDERS: dict[Sort, str] = {
    "pertinence": "score DESC, km NULLS LAST, pk",
    "distance": "km NULLS LAST, score DESC, pk",
    "nom": "sort_name, pk",
    "verification": "verified_on DESC NULLS LAST, sort_name, pk",
}

_DISTANCE = "CASE WHEN km IS NULL THEN %s ELSE %s + (1 - %s) * power(2, -greatest(0, km - %s) / %s) END"
_DISTANCE_PARAMS = (ranking.NO_PLACE, ranking.FAR, ranking.FAR, ranking.NEAR_KM, ranking.HALF_KM)

Sql = tuple[str, list[Any]]


def build(
    entries: QuerySet[SearchEntry],
    question: Question,
    missed: dict[str, Expression],
    words: dict[str, Expression],
    named: Expression,
    has_distance: bool,
) -> Sql:
    """`entries` holds `worth` and `km`; the rows are (kind, key, number, score, km), the hits in no order.

    A hit's number is its rank from 1 over all pages; `total` and each facet value have a count.
    """
    missing = " + ".join(missed) or "0"
    candidates, params = (
        entries.annotate(**missed, **words, named=named)
        .values("pk", "worth", "km", "named", *_columns(question), *missed, *words)
        .query.sql_with_params()
    )
    parts = [
        f"WITH candidates AS MATERIALIZED ({candidates})",
        _weighed(list(words)),
        _kept(missing, has_distance),
        "passing AS (SELECT * FROM kept WHERE missing = 0)",
    ]
    params = [*params, *_kept_params(has_distance)]
    hits, hits_params = _hits(question)
    facets = list(_facets(missed))
    selects = [
        hits,
        "SELECT 'total', '', count(*), NULL, NULL FROM passing",
        *(sql for sql, _params in facets),
    ]
    sql = ",\n".join(parts) + "\n" + "\nUNION ALL\n".join(selects)
    return sql, [*params, *hits_params, *(value for _sql, values in facets for value in values)]


def _columns(question: Question) -> list[str]:
    ordering = {"nom": ["sort_name"], "verification": ["verified_on", "sort_name"]}
    return sorted(set(COLUMNS.values())) + ordering.get(question.sort, [])


# --- Text: a rare word counts more, as rare as it is among what this reader may count ----------------------


def _weighed(words: Sequence[str]) -> str:
    if not words:
        return "weighed AS (SELECT *, 0.0 AS text FROM candidates)"
    holding = {word: f"nullif(count(*) FILTER (WHERE {word} > 0), 0)" for word in words}
    rarities = ", ".join(
        f"coalesce(ln(1 + count(*)::float8 / {held}), 0) AS rare_{word}" for word, held in holding.items()
    )
    weighted = " + ".join(f"{word} * rare_{word}" for word in words)
    most = " + ".join(f"rare_{word}" for word in words)
    return (
        f"rarity AS (SELECT {rarities} FROM candidates),\n"
        f"weighed AS MATERIALIZED (SELECT candidates.*, coalesce(({weighted}) / nullif({most}, 0), 0) AS text"
        " FROM candidates, rarity)"
    )


def _kept(missing: str, has_distance: bool) -> str:
    distance = _DISTANCE if has_distance else "1"
    return (
        f"kept AS MATERIALIZED (SELECT *, {missing} AS missing, worth * (1 + %s * text) * {distance} AS score"
        " FROM weighed WHERE named OR text >= %s * (SELECT max(text) FROM weighed))"
    )


def _kept_params(has_distance: bool) -> list[float]:
    return [ranking.TEXT, *(_DISTANCE_PARAMS if has_distance else ()), ranking.TEXT_FLOOR]


def _hits(question: Question) -> Sql:
    sql = (
        "SELECT 'hit' AS kind, pk::text AS key, number, score, km FROM ("
        f"SELECT pk, score, km, row_number() OVER (ORDER BY {_ORDERS[question.sort]}) AS number FROM passing"
        ") AS page WHERE number > %s AND number <= %s"
    )
    first = (question.page - 1) * question.limit
    return sql, [first, first + question.limit]


# --- Facets: what each value would give, were it the only one of its facet ----------------------------------


def _facets(missed: dict[str, Any]) -> Iterator[Sql]:
    """Rows are grouped by their list of slugs first: few lists, many rows."""
    used = {name.removeprefix("missed_") for name in missed}
    split = bool(used & PUBLIC_FILTERS.keys())
    for name in FILTERS:
        if name in PUBLIC_FILTERS and not split:
            continue
        others = f"missing - missed_{name} = 0" if name in used else "missing = 0"
        yield _facet(_FACET_OF[name], COLUMNS[name], others, PUBLIC_FILTERS.get(name))
    if not split:
        yield _facet("public", "publics", "missing = 0", None)


def _facet(facet: str, column: str, others: str, slugs: Sequence[str] | None) -> Sql:
    only = " WHERE slug = ANY(%s)" if slugs else ""
    sql = (
        f"SELECT %s, slug, sum(held)::bigint, NULL, NULL FROM ("
        f"SELECT {column} AS slugs, count(*) AS held FROM kept WHERE {others} GROUP BY {column}"
        f") AS grouped, unnest(slugs) AS slug{only} GROUP BY slug"
    )
    return sql, [facet, *([list(slugs)] if slugs else [])]
