"""The pages that a question is about: one statement on their own index, scores never mixed with services'."""

from collections.abc import Mapping, Sequence

from django.db import connection

from search import ranking
from search.backends import page_rules
from search.backends.base import PageHit, subjects_of
from search.backends.postgres.candidates import word_weights
from search.backends.postgres.translating import Sql, joined, number, plain, selected, translated
from search.excerpts import excerpt_of
from search.question import Question

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
    columns: dict[str, Sql] = {
        **plain(("source", "key", "part_of")),
        "worth": joined(map(number, page_rules.factors(asked)), "*", 1.0),
        "about": number(page_rules.about(question)),
        "filters": joined(map(number, page_rules.filters_met(asked)), "+", 0.0),
        **words,
    }
    where = translated(page_rules.held(question, asked))
    candidates, params = selected("search_searchpage", columns, where)
    sql = _STATEMENT.format(candidates=candidates, rarities=_rarities(list(words)), share=_share(list(words)))
    weights = [ranking.TEXT, ranking.PAGE_FLOOR, ranking.PAGE_SHARE]
    return sql, [*params, *weights, ranking.MOST_CHAPTERS, limit]


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
