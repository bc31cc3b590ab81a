"""The pages of an organisation and of a type of actor, and the list of types, as finished values."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from directory import taxonomy, wording
from directory.cards import ServiceCard, TypeRef, card_for, type_ref
from directory.discretion import telling_words
from directory.gazetteer import department_names
from directory.helplines import HelplineCard, helplines_by_key
from directory.models import ActorType, Organisation
from directory.querysets import ServiceQuerySet
from directory.readings import ReadingRef, readings_about
from directory.visibility import Kind, Viewer, visible_services

# Beyond this, a type's services are shown one department at a time.
_MOST = 60


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    count: int
    services: tuple[ServiceCard, ...] = ()


@dataclass(frozen=True)
class OrganisationPage:
    title: str
    name: str
    acronym: str
    description: str
    website: str
    is_open: bool
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True)
class TypePage:
    """`title` is discreet; `slug` is what the search form posts."""

    public_id: str
    title: str
    type: TypeRef
    kind: str
    family: str
    role: str
    who: str
    referrers: str
    how: str
    not_this: str
    confused_with: tuple[TypeRef, ...]
    prepare: str
    out_of_hours: str
    fallback: tuple[HelplineCard, ...]
    to_check: str
    is_structure: bool
    total: int
    departments: tuple[Department, ...]
    chosen: Department | None
    readings: tuple[ReadingRef, ...] = ()


@dataclass(frozen=True)
class TypeLine:
    type: TypeRef
    kind: str
    role: str
    count: int


@dataclass(frozen=True)
class Family:
    slug: str
    label: str
    types: tuple[TypeLine, ...]


def organisation_page(organisation: Organisation, viewer: Viewer) -> OrganisationPage:
    services = visible_services(viewer).filter(organisation=organisation)
    return OrganisationPage(
        title=_("Organisation (%(department)s)") % {"department": organisation.department},
        name=organisation.name,
        acronym=organisation.acronym,
        description=organisation.description,
        website=organisation.website,
        is_open=organisation.is_open,
        services=_cards(services, viewer),
    )


def type_page(found: ActorType, viewer: Viewer, department: str = "") -> TypePage:
    """`department` narrows the services listed; an unknown one lists none of them."""
    counts = _counted(found, viewer)
    total = sum(counts.values())
    listed = visible_services(viewer).searchable().filter(type=found)
    if department or total > _MOST:
        listed = listed.filter(department=department)
    departments = _departments(counts, _cards(listed, viewer) if department or total else ())
    return TypePage(
        public_id=found.public_id,
        title=found.discreet if not telling_words(found.discreet) else _("Fiche"),
        type=type_ref(found),
        kind=taxonomy.KINDS.label(found.kind),
        family=taxonomy.FAMILIES.label(found.family),
        role=found.role,
        who=found.who,
        referrers=wording.listed(taxonomy.REFERRERS, found.referrers),
        how=found.how,
        not_this=found.not_this,
        confused_with=tuple(type_ref(other) for other in found.confused_with.filter(is_open=True)),
        prepare=found.prepare,
        out_of_hours=found.out_of_hours,
        fallback=tuple(helplines_by_key(found.fallback).values()),
        # What no source confirms is never published (domain.md): those who can check it are told.
        to_check=found.to_check if viewer.kind >= Kind.COORDINATOR else "",
        is_structure=found.kind == "structure",
        total=total,
        departments=departments,
        chosen=next((one for one in departments if one.code == department), None),
        readings=readings_about(found.slug, viewer),
    )


def _counted(found: ActorType, viewer: Viewer) -> dict[str, int]:
    rows = visible_services(viewer).searchable().filter(type=found).order_by("department")
    return dict(rows.values_list("department").annotate(count=Count("pk")))


def _departments(counts: dict[str, int], cards: Iterable[ServiceCard]) -> tuple[Department, ...]:
    if not counts:
        return ()
    names = department_names()
    by_department = {code: tuple(group) for code, group in groupby(cards, lambda card: card.department)}
    return tuple(
        Department(code, names.get(code, code), count, by_department.get(code, ()))
        for code, count in counts.items()
    )


def _cards(services: ServiceQuerySet, viewer: Viewer) -> tuple[ServiceCard, ...]:
    found = services.for_cards().order_by("department", "name", "pk")
    return tuple(card_for(service, viewer) for service in found)


def families(viewer: Viewer) -> tuple[Family, ...]:
    """Every type in use by family, with how many of its services the reader finds: two queries."""
    rows = visible_services(viewer).searchable().order_by("type_id")
    counts = dict(rows.values_list("type_id").annotate(count=Count("pk")))
    types = list(ActorType.objects.filter(is_open=True))
    by_family = {
        slug: tuple(_type_line(one, counts.get(one.pk, 0)) for one in types if one.family == slug)
        for slug, _label in taxonomy.FAMILIES
    }
    return tuple(
        Family(slug, taxonomy.FAMILIES.label(slug), lines) for slug, lines in by_family.items() if lines
    )


def _type_line(found: ActorType, count: int) -> TypeLine:
    kind = "" if found.kind == "structure" else taxonomy.KINDS.label(found.kind)
    return TypeLine(type_ref(found), kind, found.role, count)
