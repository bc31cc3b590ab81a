"""The pages that a question is about: one statement on their own index, scores never mixed with services'."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Case, Expression, FloatField, Q, Value, When

from search import ranking
from search.backends.base import PageHit, subjects_of
from search.backends.postgres.candidates import factor_when, named_types, text_query, word_weights
from search.excerpts import excerpt_of
from search.models import SearchPage
from search.question import Question

Sql = tuple[str, list[Any]]

# Keys are numbers written out: the shorter, the smaller. The row's own number changes with a rebuild.
_STATEMENT = """
WITH candidates AS ({candidates}),
rarity AS (SELECT {rarities} FROM candidates),
shared AS (SELECT candidates.*, {share} AS share FROM candidates, rarity),
weighed AS (SELECT *, greatest(share, about) AS said FROM shared),
scored AS (
    SELECT *, worth * (1 + %s * said) AS score FROM weighed
    WHERE said >= %s AND said >= %s * (SELECT max(said) FROM weighed)
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY source, part_of ORDER BY score DESC, length(key), key) AS place
    FROM scored
)
SELECT source, key, part_of, language, score, body
FROM placed JOIN search_searchpage USING (source, key, part_of)
WHERE part_of = '' OR place <= %s ORDER BY score DESC, source, length(key), key LIMIT %s"""


def find_pages(question: Question, limit: int) -> tuple[PageHit, ...]:
    """`Backend.find_pages`: no query when nothing that pages answer was asked."""
    asked = subjects_of(question)
    if not (question.terms or asked):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(*statement(question, asked, limit))
        rows = cursor.fetchall()
    return tuple(
        PageHit(source, key, part_of, language, float(score), excerpt_of(body, question.terms))
        for source, key, part_of, language, score, body in rows
    )


def statement(question: Question, asked: Mapping[str, list[str]], limit: int) -> Sql:
    words = word_weights(question)
    pages = SearchPage.objects.filter(_held(question, asked)).annotate(
        worth=_worth(asked), about=_about(question), filters=_filters_met(asked), **words
    )
    columns = ("source", "key", "part_of", "worth", "about", "filters", *words)
    candidates, params = pages.values(*columns).query.sql_with_params()
    sql = _STATEMENT.format(candidates=candidates, rarities=_rarities(list(words)), share=_share(list(words)))
    weights = [ranking.TEXT, ranking.PAGE_FLOOR, ranking.PAGE_SHARE]
    return sql, [*params, *weights, ranking.MOST_CHAPTERS, limit]


def _held(question: Question, asked: Mapping[str, list[str]]) -> Q:
    """Any of the words, or a type that they name; without words, any of what was chosen."""
    if not question.terms:
        return reduce(or_, (_meets(column, values) for column, values in asked.items()))
    named = named_types(question)
    said = Q(text=text_query(question.terms))
    return said | Q(types__overlap=named) if named else said


def _meets(column: str, values: Sequence[str]) -> Q:
    return Q(**{f"{column}__overlap": list(values)})


def _worth(asked: Mapping[str, list[str]]) -> Expression:
    worth: Expression = Value(1.0)
    for column, values in asked.items():
        worth = worth * factor_when(_meets(column, values), ranking.PAGE_ASKED[column])
    return worth


def _about(question: Question) -> Expression:
    """What a page about a type that was named holds at least: all, when it is about nothing else."""
    named = named_types(question)
    whole, part = Q(types__overlap=named, types__contained_by=named), Q(types__overlap=named)
    cases = [When(whole, then=1.0), When(part, then=ranking.PAGE_ABOUT)] if named else []
    return Case(*cases, default=0.0, output_field=FloatField())


def _filters_met(asked: Mapping[str, list[str]]) -> Expression:
    """From 0 to 1, the share of what was chosen that the page meets."""
    met: Expression = Value(0.0)
    for column, values in asked.items():
        met = met + factor_when(_meets(column, values), ranking.PAGE_FILTERS[column], 0.0)
    return met / Value(sum(ranking.PAGE_FILTERS[column] for column in asked) or 1.0)


def _rarities(words: Sequence[str]) -> str:
    """1 for a word that every page holds, or none; more, the fewer hold it."""
    every = "(SELECT count(*) FROM search_searchpage)::float8"
    held = {word: f"nullif(count(*) FILTER (WHERE {word} > 0), 0)" for word in words}
    rare = [f"coalesce(1 + ln({every} / {count}), 1) AS rare_{word}" for word, count in held.items()]
    return ", ".join(rare) or "count(*)"


def _share(words: Sequence[str]) -> str:
    if not words:
        return "filters"
    held = " + ".join(f"{word} * rare_{word}" for word in words)
    return f"({held}) / ({' + '.join(f'rare_{word}' for word in words)})"
