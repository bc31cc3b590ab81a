"""What each entry is worth beside its words and its distance: the same for every engine.

Conditions are Django's *Q*, as in `search.backends.rules`; the numbers are those of `search.ranking`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.db.models import Q

from directory import taxonomy
from directory.freshness import stale_before
from search import ranking
from search.backends.base import Away, Territory
from search.backends.opening import closed_on
from search.backends.rules import called, named_types, perpetrators_asked, type_asked
from search.question import Question

Said = TypeVar("Said")
_OF_ANYONE = "autre-infraction cyberviolences discrimination escroquerie harcelement derives-sectaires"
_DONE_TO_ANYONE = frozenset(_OF_ANYONE.split())


class Factor(NamedTuple):
    """A number that each entry is multiplied by: that of the first case it meets, else `otherwise`."""

    cases: tuple[tuple[Q, float], ...]
    otherwise: float = 1.0


def worth_in(say: Callable[[Factor], Said]) -> Callable[..., list[Said]]:
    """From a question, a territory, a day and who is open at the moment said, if one was: all the factors of
    an entry, as an engine says them. Those of the day and of the last places are said once."""

    @lru_cache(maxsize=2)
    def of_day(today: date) -> tuple[Said, ...]:
        return tuple(map(say, factors_of_day(today)))

    @lru_cache(maxsize=512)
    def of_place(territory: Territory) -> Said:
        return say(factor_of_place(territory))

    def worth(
        question: Question, territory: Territory | None, today: date, is_open_then: Q | None = None
    ) -> list[Said]:
        found = [*of_day(today), *([of_place(territory)] if territory else [])]
        found += map(say, factors_of_question(question))
        return found if is_open_then is None else [*found, say(open_factor(is_open_then))]

    return worth


def factors_of_day(today: date) -> Iterator[Factor]:
    yield _when(Q(verified_on__gte=stale_before(today)), 1.0, ranking.STALE)
    yield _when(closed_on(today), ranking.SUSPENDED)


def factor_of_place(territory: Territory) -> Factor:
    """How precisely an entry is competent there; of a territory that is left, how near it is to go to."""
    if territory.away:
        return _nearness(territory.away)
    codes: dict[float, list[str]] = {}
    for code, level in territory.codes.items():
        codes.setdefault(ranking.specificity(level), []).append(code)
    levels = sorted(codes.items(), reverse=True)
    return Factor(tuple((Q(coverage__overlap=held), factor) for factor, held in levels if factor != 1))


def _nearness(away: Away) -> Factor:
    """Of what has no place, the departments tell; of what has one, its distance does."""
    cases, start = [(Q(places__isnull=False), 1.0)], 0
    for end, weight in ranking.DEPARTMENTS_AWAY:
        cases.append((Q(department__in=list(away.departments[start:end])), weight))
        start = end
    return Factor(tuple(cases), ranking.FAR_DEPARTMENT)


def factors_of_question(question: Question) -> Iterator[Factor]:
    if question.publics:
        declared = Q(focus__overlap=list(question.publics))
        yield _when(declared, ranking.PUBLIC_DECLARED, ranking.PUBLIC_ACCEPTED)
    yield from _said_factors(question)
    if question.door_types and not (question.first or named_types(question)):
        yield _in_order_of_doors(question.door_types)
    if question.receiving_types:
        receiving = Q(types__overlap=list(question.receiving_types)) | type_asked(question)
        yield _when(receiving, 1.0, ranking.NOT_RECEIVING)
    if named_types(question):
        yield _when(Q(types__overlap=named_types(question)), 1 + ranking.TYPE_NAMED)
    if not perpetrators_asked(question):
        yield _when(Q(for_victims=False) & ~called(question), ranking.PERPETRATORS_UNASKED)


def _in_order_of_doors(types: Sequence[str]) -> Factor:
    """Where no place is known, no service stands at a door: those of the first doors come first."""
    weights = enumerate(types[: ranking.DOORS])
    cases = ((Q(types__overlap=[slug]), 1 + ranking.DOOR_SAID / (1 + place)) for place, slug in weights)
    return Factor(tuple(cases))


def open_factor(is_open: Q) -> Factor:
    """Who is open at the moment said comes first; the others follow, and say when they open again."""
    return _when(is_open, 1.0, ranking.SHUT_THEN)


def _when(condition: Q, then: float, otherwise: float = 1.0) -> Factor:
    return Factor(((condition, then),), otherwise)


def _said_factors(question: Question) -> Iterator[Factor]:
    """What was understood of the person and of the situation: declared counts, excluded counts against."""
    for kind, column, weight in (
        ("violence", "violences", ranking.VIOLENCE_SAID),
        ("besoin", "provisions", ranking.NEED_SAID),
    ):
        if said := question.said(kind):
            yield _when(Q(**{f"{column}__overlap": said}), 1 + weight)
    if said := question.said("public"):
        yield _when(Q(focus__overlap=said), ranking.PUBLIC_DECLARED)
        for facet in ("age", "gender"):
            values = [slug for slug in said if taxonomy.public_facet(slug) == facet]
            if values:
                yield _when(Q(publics__overlap=values), 1.0, ranking.PERSON_EXCLUDED)
    if question.concepts and not _genders_said(question):
        yield _of_one_gender(question)
    signs = ["lsf"] if "sourd-malentendant" in question.said("public") else []
    if said := [*question.said("langue"), *signs]:
        yield _when(Q(languages__overlap=said), ranking.LANGUAGE_SPOKEN)


def _genders_said(question: Question) -> list[str]:
    said = (*question.publics, *question.said("public"))
    return [slug for slug in said if taxonomy.public_facet(slug) == "gender"]


def _of_one_gender(question: Question) -> Factor:
    """Nothing says whether a woman or a man asks: who receives men alone does not lead; nor women alone, when
    what was done is done as much to men."""
    cases = (
        [] if perpetrators_asked(question) else [(~Q(publics__overlap=["femmes"]), ranking.MEN_ONLY_UNASKED)]
    )
    violences = set(question.said("violence"))
    if violences and violences <= _DONE_TO_ANYONE:
        cases.append((~Q(publics__overlap=["hommes"]), ranking.WOMEN_ONLY_UNASKED))
    return Factor(tuple(cases))
