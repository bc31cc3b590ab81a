"""The entries that may answer: who may count them, who is competent, what was said; and what each is worth.

Everything here is the ORM's; `statement` ranks, counts and cuts what comes out.
"""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_, or_

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Expression, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from directory import taxonomy
from directory.freshness import stale_before
from directory.models.service import make_point
from directory.visibility import Viewer, readable
from search import ranking
from search.backends.base import Territory
from search.backends.postgres.opening import closed_on
from search.models import SearchEntry
from search.question import Question, Term

# Each filter by the column that it reads; `public` is four of them (taxonomy.public_facet).
FILTERS = ("type", "age", "gender", "role", "situation", "violence", "besoin", "langue")
COLUMNS = {
    "type": "types",
    "age": "publics",
    "gender": "publics",
    "role": "publics",
    "situation": "publics",
    "violence": "violences",
    "besoin": "provisions",
    "langue": "languages",
}


def competent(
    viewer: Viewer, territory: Territory | None, radius: int | None, away: int | None = None
) -> QuerySet[SearchEntry]:
    """What `viewer` may count that answers for the territory, within the radius when it has a point.

    `away`: for those who must leave, what answers elsewhere, at least so many km from here (domain.md R23).
    What hides has no point: it is in neither.
    """
    entries = SearchEntry.objects.filter(readable(viewer))
    if territory is None:
        return entries
    if away and territory.point:
        near = Q(places__dwithin=(_point(territory), D(km=away)))
        return entries.filter(places__isnull=False).exclude(near)
    entries = entries.filter(_competence(territory, radius))
    if radius and territory.point:
        entries = entries.filter(places__dwithin=(_point(territory), D(km=radius)))
    return entries


def _competence(territory: Territory, radius: int | None) -> Q:
    """By its coverage; or, when it declares none, by its nearness: no zone is not all of France.

    One that declares no coverage and has no place to be near answers in the department that keeps it.
    """
    covering = Q(coverage__overlap=list(territory.codes))
    if not territory.is_commune:
        return covering | Q(department=territory.department)
    undeclared = Q(places__isnull=True, department=territory.department)
    if territory.point:
        reach = D(km=radius or territory.reach_km)
        undeclared |= Q(places__dwithin=(_point(territory), reach))
    return covering | (Q(coverage=[]) & undeclared)


def _point(territory: Territory) -> Point:
    assert territory.point is not None
    return make_point(*territory.point)


# --- Filters: known for each entry, so that a facet can be counted under the others ------------------------


def chosen(question: Question) -> dict[str, list[str]]:
    """The values chosen in each filter; filters without any are left out."""
    values = {
        "type": question.types,
        "violence": question.violences,
        "besoin": question.provisions,
        "langue": question.languages,
    }
    for facet in ("age", "gender", "role", "situation"):
        values[facet] = tuple(slug for slug in question.publics if taxonomy.public_facet(slug) == facet)
    return {name: list(values[name]) for name in FILTERS if values[name]}


def missed(question: Question) -> dict[str, Expression]:
    """For each filter in use, 1 when the entry does not pass it. A service that declares no violence is a
    generalist: it passes no filter on violences, which is for those that name them."""
    return {
        f"missed_{name}": Case(
            When(Q(**{f"{COLUMNS[name]}__overlap": values}), then=0), default=1, output_field=IntegerField()
        )
        for name, values in chosen(question).items()
    }


# --- Words -----------------------------------------------------------------------------------------------


def named_types(question: Question) -> list[str]:
    """The types that the words named."""
    return question.said("type")


def recalled(question: Question) -> Q | None:
    """What the concepts find by themselves: types, violences, needs; None when nothing of these was said."""
    said = [
        Q(**{f"{column}__overlap": question.said(kind)})
        for kind, column in (("type", "types"), ("violence", "violences"), ("besoin", "provisions"))
        if question.said(kind)
    ]
    if question.door_types:
        said.append(Q(types__overlap=list(question.door_types)))
    return reduce(or_, said) if said else None


def mentioned(question: Question) -> Q:
    """Any of the words, or of the concepts understood; everything when nothing of the kind was said."""
    held = recalled(question)
    if question.terms:
        by_words = Q(text=text_query(question.terms))
        held = by_words if held is None else held | by_words
    if held is None:
        return _allowed(question)
    if not _perpetrators_asked(question):
        held &= Q(for_victims=True) | _called(question)
    return held & _allowed(question)


def _allowed(question: Question) -> Q:
    """Without what must never appear for this situation (domain.md §6), unless it was asked for by name."""
    allowed = Q()
    asked = {*question.types, *named_types(question)}
    never = sorted(set(question.never_types) - asked)
    if never:
        allowed &= ~Q(types__overlap=never)
    if question.never_perpetrators:
        allowed &= Q(for_victims=True) | _type_asked(question)
    return allowed


def _called(question: Question) -> Q:
    """Its type was asked for, or every word is in its own name. « Il me frappe » is held by the summaries of
    services for perpetrators and by an alias of their type: it must send nobody there (domain.md R16)."""
    if not question.terms:
        return _type_asked(question)
    by_name = Q()
    for term in question.terms:
        by_name &= reduce(or_, (_in_name(alternative) for alternative in term))
    return _type_asked(question) | by_name


def _in_name(alternative: str) -> Q:
    return reduce(and_, (Q(sort_name__contains=root) for root in alternative.split()))


def text_query(terms: Sequence[Term], weight: str = "") -> SearchQuery:
    """Any alternative of any term, in the fields of that weight; several roots are a phrase.

    Roots are letters and digits: nothing to escape.
    """
    suffix = f":{weight}" if weight else ""
    phrases = (
        " <-> ".join(f"'{root}'{suffix}" for root in alternative.split())
        for term in terms
        for alternative in term
    )
    return SearchQuery(" | ".join(f"({phrase})" for phrase in phrases), search_type="raw", config="simple")


def word_weights(question: Question) -> dict[str, Expression]:
    """For each term, the weight of the best field that holds it (ranking.FIELDS), 0 when none does.

    Of whatever has a `text`: entries and pages.
    """
    return {f"word_{index}": _best_field(term) for index, term in enumerate(question.terms)}


def _best_field(term: Term) -> Expression:
    *heavy, last = ranking.FIELDS
    cases = [When(~Q(text=text_query([term])), then=0.0)]
    cases += [When(Q(text=text_query([term], field)), then=ranking.FIELDS[field]) for field in heavy]
    return Case(*cases, default=ranking.FIELDS[last], output_field=FloatField())


# --- Worth, but for the words and the distance --------------------------------------------------------------


def worth(question: Question, territory: Territory | None, today: date) -> Expression:
    """The product of the factors that each entry holds by itself."""
    stale = Q(verified_on__isnull=True) | Q(verified_on__lt=stale_before(today))
    factors = [factor_when(stale, ranking.STALE), factor_when(closed_on(today), ranking.SUSPENDED)]
    if territory:
        factors.append(_specificity(territory))
    if question.publics:
        declared = Q(focus__overlap=list(question.publics))
        factors.append(factor_when(declared, ranking.PUBLIC_DECLARED, ranking.PUBLIC_ACCEPTED))
    factors += _said_factors(question)
    if named_types(question):
        factors.append(factor_when(Q(types__overlap=named_types(question)), 1 + ranking.TYPE_NAMED))
    if not _perpetrators_asked(question):
        factors.append(
            factor_when(Q(for_victims=False) & ~_type_asked(question), ranking.PERPETRATORS_UNASKED)
        )
    product: Expression = Value(1.0)
    for factor in factors:
        product = product * factor
    return product


def _said_factors(question: Question) -> list[Expression]:
    """What was understood of the person and of the situation: declared counts, excluded counts against."""
    factors = []
    for kind, column, weight in (
        ("violence", "violences", ranking.VIOLENCE_SAID),
        ("besoin", "provisions", ranking.NEED_SAID),
    ):
        if said := question.said(kind):
            factors.append(factor_when(Q(**{f"{column}__overlap": said}), 1 + weight))
    if said := question.said("public"):
        factors.append(factor_when(Q(focus__overlap=said), ranking.PUBLIC_DECLARED))
        for facet in ("age", "gender"):
            values = [slug for slug in said if taxonomy.public_facet(slug) == facet]
            if values:
                factors.append(factor_when(Q(publics__overlap=values), 1.0, ranking.PERSON_EXCLUDED))
    if said := question.said("langue"):
        factors.append(factor_when(Q(languages__overlap=said), ranking.LANGUAGE_SPOKEN))
    return factors


def factor_when(condition: Q, then: float, otherwise: float = 1.0) -> Expression:
    return Case(When(condition, then=then), default=otherwise, output_field=FloatField())


def _specificity(territory: Territory) -> Expression:
    codes: dict[float, list[str]] = {}
    for code, level in territory.codes.items():
        codes.setdefault(ranking.specificity(level), []).append(code)
    levels = sorted(codes.items(), reverse=True)
    return Case(
        *(When(coverage__overlap=held, then=factor) for factor, held in levels if factor != 1),
        default=1.0,
        output_field=FloatField(),
    )


def _perpetrators_asked(question: Question) -> bool:
    roots = {root for term in question.terms for alternative in term for root in alternative.split()}
    return ranking.asks_for_perpetrators(question.publics, question.provisions, roots)


def _type_asked(question: Question) -> Q:
    asked = [*question.types, *named_types(question), *question.door_types]
    return Q(types__overlap=asked) if asked else Q(pk__in=[])


def kilometres(territory: Territory | None) -> Expression:
    """To the nearest of its points, on the sphere; null without one, or without a place to start from."""
    if territory is None or territory.point is None:
        return Value(None, output_field=FloatField())
    # On the sphere: three times faster than on the spheroid, 0.3 % off at most.
    start = Cast(Value(_point(territory).ewkt), PointField(geography=True))
    metres = Func(F("places"), start, Value(False), function="ST_Distance", output_field=FloatField())
    return metres / Value(1000.0)
