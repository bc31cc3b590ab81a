"""The embedded engine: one statement on each of its tables, one more when hours must be judged."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from directory.visibility import Viewer
from search.backends import rules
from search.backends.base import FACETS, Doors, Found, Hit, Leading, Led, PageHit, Territory
from search.backends.opening import open_at
from search.backends.postgres import candidates, masks, pages, statement
from search.backends.postgres.translating import Sql, all_of, translated, translated_by_masks
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

    def find_led(
        self,
        doors: Doors,
        territory: Territory | None,
        viewer: Viewer,
        at: datetime,
        about: Question | None,
        limit: int,
    ) -> Led:
        leading = self.leading(doors.sought, doors.near, viewer, doors.at)
        found = self.find(doors.led(leading), territory, viewer, at)
        return Led(leading, found, self.find_pages(about, limit) if about else ())

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        if not questions:
            return Leading()

        @cache
        def open_at_moment(moment: datetime) -> Q:
            among = candidates.competent(viewer, territory, questions[0].radius)
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
        where = answering(question, territory, viewer, at)
        return self._statement(
            where, question, territory, at, lambda moment: _open(where, "maintenant", moment)
        )

    def _statement(
        self,
        where: Sql,
        question: Question,
        territory: Territory | None,
        at: datetime,
        open_at_moment: Callable[[datetime], Q],
        *,
        is_counted: bool = True,
    ) -> Sql:
        is_open_then = open_at_moment(question.moment[0]) if question.moment and not question.when else None
        today = timezone.localdate(at)
        return statement.build(
            where,
            {
                "worth": candidates.worth_of(question, territory, today, is_open_then),
                "km": candidates.kilometres(territory),
            },
            question,
            candidates.missed(question),
            candidates.word_weights(question),
            named(question),
            is_counted=is_counted,
        )


def answering(question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Sql:
    """Which entries may answer; one query when hours must be judged one by one."""
    where = candidates.competent(viewer, territory, question.radius)
    # A violence or a need is said by a tenth of all entries: in one place, it is shorter read in their rows.
    say = translated_by_masks if territory else translated
    where = all_of([where, say(rules.mentioned(question))])
    if question.when:
        where = all_of([where, translated(_open(where, question.when, at))])
    return where


def _open(where: Sql, when: When, at: datetime) -> Q:
    """Those of them that are open; one query, for the hours that half-hours cannot tell."""
    sql, params = where
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT odd_hours FROM search_searchentry WHERE odd_hours <> '' AND ({sql})", params
        )
        return open_at(when, at, [odd_hours for (odd_hours,) in cursor.fetchall()])


def named(question: Question) -> Sql:
    """Whether an entry is kept however little its words weigh: its type was named, or nothing was said."""
    return translated(rules.kept_anyway(question))


def _found(rows: Iterable[tuple[str, str, int | None, float | None, float | None]]) -> Found:
    hits: list[tuple[int, Hit]] = []
    facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    total = 0
    for kind, key, number, score, km in rows:
        if kind == "hit":
            hits.append((number, Hit(int(key), round(score or 0.0, 4), km)))
        elif kind == "total":
            total = number
        elif number is None:
            column, _, packed = key.partition(" ")
            facets[kind] |= {slug: held for slug, held in masks.counts(column, packed) if held}
        else:
            facets[kind][key] = number
    return Found(total, tuple(hit for _number, hit in sorted(hits, key=lambda found: found[0])), facets)
