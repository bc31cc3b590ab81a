"""The embedded engine: one statement on each of its tables, one more when hours must be judged."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Expression, Q, QuerySet, Value
from django.utils import timezone

from directory.visibility import Viewer
from search.backends import rules, worth
from search.backends.base import FACETS, Found, Hit, Leading, PageHit, Territory
from search.backends.opening import open_at
from search.backends.postgres import candidates, pages, statement
from search.backends.postgres.translating import Sql, condition, translated
from search.models import SearchEntry
from search.question import Question, When


class PostgresBackend:
    """Implements `search.backends.base.Backend`."""

    name = "postgresql"

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        sql, params = self.statement(question, territory, viewer, at)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return _found(cursor.fetchall())

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return pages.find_pages(question, limit)

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        @cache
        def open_at_moment(moment: datetime) -> Q:
            among = candidates.competent(viewer, territory, questions[0].radius, questions[0].away)
            return _open(among, "maintenant", moment)

        asked = [
            self._statement(
                answering(one, territory, viewer, at), one, territory, at, open_at_moment, is_counted=False
            )
            for one in questions
        ]
        with connection.cursor() as cursor:
            cursor.execute(*statement.together(asked, translated(open_at_moment(at))))
            rows = cursor.fetchall()
        return Leading(
            tuple(_found(row[1:6] for row in rows if row[0] == number).hits for number in range(len(asked))),
            frozenset(int(row[2]) for row in rows if row[6]),
        )

    def statement(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Sql:
        """The SQL of `find`, to be explained or run."""
        entries = answering(question, territory, viewer, at)
        return self._statement(
            entries, question, territory, at, lambda moment: _open(entries, "maintenant", moment)
        )

    def _statement(
        self,
        entries: QuerySet[SearchEntry],
        question: Question,
        territory: Territory | None,
        at: datetime,
        open_at_moment: Callable[[datetime], Q],
        *,
        is_counted: bool = True,
    ) -> Sql:
        factors = list(worth.factors(question, territory, timezone.localdate(at)))
        if question.moment and not question.when:
            factors.append(worth.open_factor(open_at_moment(question.moment[0])))
        kilometres = candidates.kilometres(territory)
        return statement.build(
            entries.annotate(worth=candidates.product(factors), km=kilometres),
            question,
            candidates.missed(question),
            candidates.word_weights(question),
            named(question),
            has_distance=not isinstance(kilometres, Value),
            is_counted=is_counted,
        )


def answering(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime
) -> QuerySet[SearchEntry]:
    """The entries that may answer; one query when hours must be judged one by one."""
    entries = candidates.competent(viewer, territory, question.radius, question.away)
    entries = entries.filter(condition(rules.mentioned(question)))
    if question.when:
        entries = entries.filter(condition(_open(entries, question.when, at)))
    return entries


def _open(entries: QuerySet[SearchEntry], when: When, at: datetime) -> Q:
    """Those of `entries` that are open; one query, for the hours that half-hours cannot tell."""
    odd_hours = entries.exclude(odd_hours="").order_by().values_list("odd_hours", flat=True).distinct()
    return open_at(when, at, odd_hours)


def named(question: Question) -> Expression:
    """Whether an entry is kept however little its words weigh: its type was named, or nothing was said."""
    return condition(rules.kept_anyway(question))


def _found(rows: Iterable[tuple[str, str, int, float | None, float | None]]) -> Found:
    hits: list[tuple[int, Hit]] = []
    facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    total = 0
    for kind, key, number, score, km in rows:
        if kind == "hit":
            hits.append((number, Hit(int(key), round(score or 0.0, 4), km)))
        elif kind == "total":
            total = number
        else:
            facets[kind][key] = number
    return Found(total, tuple(hit for _number, hit in sorted(hits, key=lambda found: found[0])), facets)
