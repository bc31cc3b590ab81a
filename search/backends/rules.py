"""What every engine obeys: who may answer, what was said, what each entry is worth.

Conditions are Django's *Q* over the columns of `search.models.SearchEntry`; the embedded engine runs them as
they are, another translates them. A rule is stated here and nowhere else.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from directory import taxonomy
from directory.models.service import make_point
from search import ranking
from search.backends.base import Away, Territory
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
# Those that make the facet « public », with the values of each.
PUBLIC_FILTERS: Mapping[str, tuple[str, ...]] = {
    "age": tuple(taxonomy.AGE_BANDS.slugs),
    "gender": tuple(taxonomy.GENDERS.slugs),
    "role": tuple(taxonomy.ROLES.slugs),
    "situation": tuple(taxonomy.SITUATIONS.slugs),
}
NOTHING = Q(pk__in=[])
# The levels of coverage that answer for here alone.
_OF_HERE = ("commune", "area", "department")


def facet_of(name: str) -> str:
    """The facet that shows this filter."""
    return "public" if name in PUBLIC_FILTERS else name


def counted(used: Collection[str]) -> Iterator[tuple[str, str]]:
    """What facets are counted by, each with its column: the filters; `public` as a whole, unless one of its
    filters is in use: then each under the others."""
    is_split = not PUBLIC_FILTERS.keys().isdisjoint(used)
    yield from ((name, COLUMNS[name]) for name in FILTERS if is_split or name not in PUBLIC_FILTERS)
    if not is_split:
        yield "public", "publics"


class WordsHeld(SearchQuery):
    """Any alternative of any term, in the fields of that weight ("" for all): a value for the column `text`.

    Roots are letters and digits: nothing to escape. Several roots are a phrase.
    """

    def __init__(self, terms: Sequence[Term], weight: str = "") -> None:
        self.terms, self.weight = tuple(terms), weight
        suffix = f":{weight}" if weight else ""
        phrases = (
            " <-> ".join(f"'{root}'{suffix}" for root in alternative.split())
            for term in terms
            for alternative in term
        )
        self.roots = " | ".join(f"({phrase})" for phrase in phrases)
        super().__init__(self.roots, search_type="raw", config="simple")


# --- Where -----------------------------------------------------------------------------------------------


def answering(territory: Territory | None, radius: int | None) -> Q:
    """What answers for the territory, within the radius when it has a point; of a territory that is left,
    what answers elsewhere."""
    if territory is None:
        return Q()
    if territory.away:
        return _elsewhere(territory, territory.away)
    if radius and territory.point:
        return _competence(territory, radius) & _within(territory, radius)
    return _competence(territory, radius)


def _competence(territory: Territory, radius: int | None) -> Q:
    """By its coverage; or, when it declares none, by its nearness: no zone is not all of France.

    One that declares no coverage and has no place to be near answers in the department that keeps it.
    """
    covering = Q(coverage__overlap=list(territory.codes))
    if not territory.is_commune:
        return covering | Q(department=territory.department)
    undeclared = Q(places__isnull=True, department=territory.department)
    if territory.point:
        undeclared |= _near(territory, radius)
    return covering | (Q(coverage=[]) & undeclared)


def _elsewhere(territory: Territory, away: Away) -> Q:
    """For those who must leave (domain.md R23), never what answers for the whole country:

    - what has a public place: all of its places are at least so many km from here; or, to be in another
      department, one keeps it that is not that of here, and its coverage declares neither the commune nor an
      area or a department that holds it;
    - what has none, which answers by phone or hides: a department that is far enough keeps it, or is in its
      coverage; and its coverage holds neither this commune nor a department that is too near. Nothing
      is measured but departments, by the middle of their communes: what hides is not located (C4).
    """
    is_placed = Q(places__isnull=False)
    if away.km is None:
        here = sorted(code for code, level in territory.codes.items() if level in _OF_HERE)
        is_there = ~Q(department=territory.department) & ~Q(coverage__overlap=here)
    else:
        is_there = ~_within(territory, away.km)
    kept_there = Q(department__in=list(away.departments)) | Q(coverage__overlap=list(away.areas))
    too_near = Q(coverage__overlap=sorted({*territory.codes, *away.near_areas}))
    elsewhere = (is_placed & is_there) | (Q(places__isnull=True) & kept_there & ~too_near)
    return elsewhere & ~Q(coverage__overlap=["national"])


def _near(territory: Territory, radius: int | None) -> Q:
    """Of what declares no coverage (`undeclared_places`: the places of these only, so that an engine may find
    them otherwise). Farther than usual only in its own department."""
    km = radius or territory.reach_km
    near = Q(undeclared_places__dwithin=(point_of(territory), D(km=km)))
    return near & Q(department=territory.department) if km > ranking.PROXIMITY_KM and not radius else near


def _within(territory: Territory, km: int) -> Q:
    return Q(places__dwithin=(point_of(territory), D(km=km)))


def point_of(territory: Territory) -> Point:
    assert territory.point is not None
    return make_point(*territory.point)


# --- Filters: known for each entry, so that a facet can be counted under the others ------------------------


def passed(question: Question) -> dict[str, Q]:
    """For each filter in use, what passes it. A service that declares no violence is a generalist: it passes
    no filter on violences, which is for those that name them."""
    return {name: Q(**{f"{COLUMNS[name]}__overlap": values}) for name, values in _chosen(question).items()}


def _chosen(question: Question) -> dict[str, list[str]]:
    """The values chosen in each filter; filters without any are left out."""
    values = {
        "type": question.types,
        "violence": question.violences,
        "besoin": question.provisions,
        "langue": question.languages,
    }
    for facet in PUBLIC_FILTERS:
        values[facet] = tuple(slug for slug in question.publics if taxonomy.public_facet(slug) == facet)
    return {name: list(values[name]) for name in FILTERS if values[name]}


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
        by_words = Q(text=WordsHeld(question.terms))
        held = by_words if held is None else held | by_words
    if held is None:
        return _allowed(question)
    if not perpetrators_asked(question):
        held &= Q(for_victims=True) | called(question)
    return held & _allowed(question)


def kept_anyway(question: Question) -> Q:
    """What is kept however little its words weigh: what was named; everything when nothing was said."""
    if not question.terms:
        return Q()
    return recalled(question) or NOTHING


def fields_of(term: Term) -> Iterator[tuple[Q, float]]:
    """The weight that the best field holding a term gives (ranking.FIELDS), the heaviest first."""
    for field, weight in ranking.FIELDS.items():
        yield Q(text=WordsHeld([term], field)), weight


def _allowed(question: Question) -> Q:
    """Without what must never appear for this situation (domain.md §6), unless it was asked for by name."""
    allowed = Q()
    asked = {*question.types, *named_types(question)}
    never = sorted(set(question.never_types) - asked)
    if never:
        allowed &= ~Q(types__overlap=never)
    if question.never_perpetrators:
        allowed &= Q(for_victims=True) | type_asked(question)
    return allowed


def called(question: Question) -> Q:
    """Its type was asked for, or every word is in its own name. « Il me frappe » is held by the summaries of
    services for perpetrators and by an alias of their type: it must send nobody there (domain.md R16)."""
    if not question.terms:
        return type_asked(question)
    by_name = Q()
    for term in question.terms:
        by_name &= reduce(or_, (_in_name(alternative) for alternative in term))
    return type_asked(question) | by_name


def _in_name(alternative: str) -> Q:
    return reduce(and_, (Q(called__overlap=[root]) for root in alternative.split()))


def type_asked(question: Question) -> Q:
    asked = [*question.types, *named_types(question), *question.door_types]
    return Q(types__overlap=asked) if asked else NOTHING


def perpetrators_asked(question: Question) -> bool:
    roots = {root for term in question.terms for alternative in term for root in alternative.split()}
    return ranking.asks_for_perpetrators(question.publics, question.provisions, roots)
