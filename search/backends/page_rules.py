"""What every engine obeys about pages: which are held, and what each is worth.

Conditions are Django's *Q* over the columns of `search.models.SearchPage` (see `search.backends.rules`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from search import ranking
from search.backends.rules import WordsHeld, named_types
from search.backends.worth import Factor
from search.question import Question

# What professionals must read before they act (domain.md §9), whatever the words.
_GUIDES = {"exploitation-sexuelle-mineurs": "guide-mineurs"}
Asked = Mapping[str, list[str]]  # `search.backends.base.subjects_of`


def held(question: Question, asked: Asked) -> Q:
    """Any of the words, or a type that they name; without words, any of what was chosen."""
    if not question.terms:
        return reduce(or_, (meets(column, values) for column, values in asked.items()))
    named = _led_to(question)
    said = Q(text=WordsHeld(question.terms))
    return said | Q(types__overlap=named) if named else said


def _led_to(question: Question) -> list[str]:
    """The types that were named, and the pages that the words lead to, whatever their text holds."""
    guides = [_GUIDES[one] for one in question.said("violence") if one in _GUIDES]
    return [*named_types(question), *question.said("content"), *guides]


def meets(column: str, values: Sequence[str]) -> Q:
    return Q(**{f"{column}__overlap": list(values)})


def factors(asked: Asked) -> Iterator[Factor]:
    for column, values in asked.items():
        yield Factor(((meets(column, values), ranking.PAGE_ASKED[column]),))


def about(question: Question) -> Factor:
    """What a page about a type that was named holds at least: all, when it is about nothing else."""
    named = _led_to(question)
    if not named:
        return Factor((), 0.0)
    part = Q(types__overlap=named)
    return Factor(((part & Q(types__contained_by=named), 1.0), (part, ranking.PAGE_ABOUT)), 0.0)


def filters_met(asked: Asked) -> list[Factor]:
    """Their sum, from 0 to 1, is the share of what was chosen that the page meets."""
    whole = sum(ranking.PAGE_FILTERS[column] for column in asked) or 1.0
    return [
        Factor(((meets(column, values), ranking.PAGE_FILTERS[column] / whole),), 0.0)
        for column, values in asked.items()
    ]
