"""The rules (`search.backends.rules`) as what the ORM runs: entries, and what each is worth.

`statement` ranks, counts and cuts what comes out.
"""

from collections.abc import Iterable
from functools import reduce
from operator import add, mul

from django.contrib.gis.db.models import PointField
from django.db.models import Case, Expression, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from directory.visibility import Viewer, readable
from search.backends import rules
from search.backends.base import Territory
from search.models import SearchEntry
from search.question import Question, Term


def competent(
    viewer: Viewer, territory: Territory | None, radius: int | None, away: int | None = None
) -> QuerySet[SearchEntry]:
    """What `viewer` may count that answers for the territory."""
    return SearchEntry.objects.filter(readable(viewer), rules.answering(territory, radius, away))


def missed(question: Question) -> dict[str, Expression]:
    """For each filter in use, 1 when the entry does not pass it."""
    return {
        f"missed_{name}": Case(When(condition, then=0), default=1, output_field=IntegerField())
        for name, condition in rules.passed(question).items()
    }


def word_weights(question: Question) -> dict[str, Expression]:
    """For each term, the weight of the best field that holds it, 0 when none does.

    Of whatever has a `text`: entries and pages.
    """
    return {f"word_{index}": _best_field(term) for index, term in enumerate(question.terms)}


def _best_field(term: Term) -> Expression:
    *heavy, (_condition, last) = rules.fields_of(term)
    # Nothing at all, first: most entries hold few of the words.
    cases = [When(~Q(text=rules.WordsHeld([term])), then=0.0)]
    cases += [When(condition, then=weight) for condition, weight in heavy]
    return Case(*cases, default=last, output_field=FloatField())


def product(factors: Iterable[rules.Factor]) -> Expression:
    return reduce(mul, (expression(one) for one in factors), Value(1.0))


def total(factors: Iterable[rules.Factor]) -> Expression:
    return reduce(add, (expression(one) for one in factors), Value(0.0))


def expression(factor: rules.Factor) -> Expression:
    cases = (When(condition, then=value) for condition, value in factor.cases)
    return Case(*cases, default=factor.otherwise, output_field=FloatField())


def kilometres(territory: Territory | None) -> Expression:
    """To the nearest of its points, on the sphere; null without one, or without a place to start from."""
    if territory is None or territory.point is None:
        return Value(None, output_field=FloatField())
    # On the sphere: three times faster than on the spheroid, 0.3 % off at most.
    start = Cast(Value(rules.point_of(territory).ewkt), PointField(geography=True))
    metres = Func(F("places"), start, Value(False), function="ST_Distance", output_field=FloatField())
    return metres / Value(1000.0)
