"""The rules (`search.backends.rules`) as what PostgreSQL runs: which entries, and what each is worth.

`statement` ranks, counts and cuts what comes out.
"""

from datetime import date
from functools import lru_cache

from django.db.models import Q

from search.backends import rules
from search.backends.base import Territory
from search.backends.competent import competent_in
from search.backends.postgres.translating import LANGUAGE, NULL, Sql, joined, number, number_of_entry
from search.backends.worth import Factor, worth_in
from search.question import Question, Term

competent = competent_in(LANGUAGE)


def missed(question: Question) -> dict[str, Sql]:
    """For each filter in use, 1 when the entry does not pass it."""
    passed = rules.passed(question).items()
    return {f"missed_{name}": number_of_entry(Factor(((asked, 0.0),), 1.0)) for name, asked in passed}


def word_weights(question: Question) -> dict[str, Sql]:
    """For each term, the weight of the best field that holds it, 0 when none does.

    Of whatever has a `text`: entries and pages.
    """
    return {f"word_{index}": number(_best_field(term)) for index, term in enumerate(question.terms)}


def _best_field(term: Term) -> Factor:
    *heavy, (_condition, last) = rules.fields_of(term)
    # Nothing at all, first: most entries hold few of the words.
    return Factor(((~Q(text=rules.WordsHeld([term])), 0.0), *heavy), last)


_said = worth_in(number_of_entry)


def worth_of(question: Question, territory: Territory | None, today: date, is_open_then: Q | None) -> Sql:
    """The product of all factors of an entry."""
    return joined(_said(question, territory, today, is_open_then), "*", 1.0)


@lru_cache(maxsize=512)
def kilometres(territory: Territory | None) -> Sql:
    """To the nearest of its points, on the sphere; null without one, or without a place to start from."""
    if territory is None or territory.point is None:
        return NULL
    # On the sphere: 0.3 % off the spheroid at most. By the operator: three times faster than ST_Distance, and
    # not a hundred times what the planner expects of a row.
    return "(places <-> %s::geography) / 1000.0", [rules.point_of(territory).ewkt]
