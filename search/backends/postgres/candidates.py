"""The rules (`search.backends.rules`) as what PostgreSQL runs: entries, and what each is worth.

`statement` ranks, counts and cuts what comes out.
"""

from collections.abc import Iterable

from django.contrib.gis.db.models import PointField
from django.db.models import Expression, F, FloatField, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from directory.visibility import Viewer, readable
from search.backends import rules
from search.backends.base import Territory
from search.backends.postgres.translating import condition, joined, number
from search.backends.worth import Factor
from search.models import SearchEntry
from search.question import Question, Term


def competent(
    viewer: Viewer, territory: Territory | None, radius: int | None, away: int | None = None
) -> QuerySet[SearchEntry]:
    """What `viewer` may count that answers for the territory."""
    return SearchEntry.objects.filter(
        condition(readable(viewer)), condition(rules.answering(territory, radius, away))
    )


def missed(question: Question) -> dict[str, Expression]:
    """For each filter in use, 1 when the entry does not pass it."""
    passed = rules.passed(question).items()
    return {f"missed_{name}": number(Factor(((asked, 0.0),), 1.0)) for name, asked in passed}


def word_weights(question: Question) -> dict[str, Expression]:
    """For each term, the weight of the best field that holds it, 0 when none does.

    Of whatever has a `text`: entries and pages.
    """
    return {f"word_{index}": number(_best_field(term)) for index, term in enumerate(question.terms)}


def _best_field(term: Term) -> Factor:
    *heavy, (_condition, last) = rules.fields_of(term)
    # Nothing at all, first: most entries hold few of the words.
    return Factor(((~Q(text=rules.WordsHeld([term])), 0.0), *heavy), last)


def product(factors: Iterable[Factor]) -> Expression:
    return joined(map(number, factors), "*", 1.0)


def total(factors: Iterable[Factor]) -> Expression:
    return joined(map(number, factors), "+", 0.0)


def kilometres(territory: Territory | None) -> Expression:
    """To the nearest of its points, on the sphere; null without one, or without a place to start from."""
    if territory is None or territory.point is None:
        return Value(None, output_field=FloatField())
    # On the sphere: three times faster than on the spheroid, 0.3 % off at most.
    start = Cast(Value(rules.point_of(territory).ewkt), PointField(geography=True))
    metres = Func(F("places"), start, Value(False), function="ST_Distance", output_field=FloatField())
    return metres / Value(1000.0)
