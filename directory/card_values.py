"""The shapes of what leaves the directory: plain frozen values, no model.

Only `cards.py` makes the cards of services. At the end, references to what hides nothing by itself: a
type, an organisation, a commune, a territory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.freshness import Freshness
from directory.hours import OpenState, Schedule
from directory.models import ActorType, Area, Commune, Contact, Organisation

Coordinates = tuple[float, float]  # longitude, latitude, WGS 84


@dataclass(frozen=True)
class CommuneRef:
    insee: str
    name: str
    department: str


@dataclass(frozen=True)
class TypeRef:
    slug: str
    acronym: str
    name: str
    short_name: str
    discreet: str
    kind: str
    family: str
    for_victims: bool
    aliases: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class OrganisationRef:
    pk: int
    id: str
    name: str
    acronym: str
    url: str


@dataclass(frozen=True)
class CoverageRef:
    """`code` is what the index holds: "area:12", "commune:05046" or "national"."""

    code: str
    kind: str
    name: str
    is_example: bool = False


@dataclass(frozen=True)
class PlaceCard:
    """`precision`: "address" (the point is the place), "commune" (the town hall stands for it)."""

    label: str
    commune: CommuneRef
    street: str
    postal_code: str
    complement: str
    point: Coordinates | None
    precision: str
    address_is_told_by_phone: bool
    hours: str
    hours_note: str
    by_appointment: bool
    accessibility: str


@dataclass(frozen=True)
class ContactCard:
    """`number` is E.164 or short for a phone, the address otherwise; `href` is ready for a link."""

    kind: str
    number: str
    display: str
    href: str
    label: str
    audience: str
    hours: str
    note: str


@dataclass(frozen=True)
class ServiceCard:
    pk: int
    id: str
    url: str
    name: str
    type: TypeRef
    organisation: OrganisationRef
    audience: str
    department: str
    summary: str
    description: str
    age_min: int | None
    age_max: int | None
    age_bands: tuple[str, ...]
    gender: str
    roles: tuple[str, ...]
    situations: tuple[str, ...]
    violences: tuple[str, ...]
    provisions: tuple[str, ...]
    referrers: tuple[str, ...]
    conditions: tuple[str, ...]
    contact_modes: tuple[str, ...]
    reception_modes: tuple[str, ...]
    how: str
    prepare: str
    details: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    interpreter: str
    accessibility: str
    cost: str
    is_urgent: bool
    by_appointment: bool
    is_national: bool
    coverage: tuple[CoverageRef, ...]
    places: tuple[PlaceCard, ...]
    contacts: tuple[ContactCard, ...]
    hours: str
    hours_note: str
    open: OpenState
    out_of_hours: str
    fallback: tuple[str, ...]
    state: str
    state_message: str
    closed_from: date | None
    closed_until: date | None
    freshness: Freshness
    verified_on: date | None
    verified_by: str
    recheck_on: date | None
    is_searchable: bool

    @property
    def phones(self) -> tuple[ContactCard, ...]:
        return tuple(contact for contact in self.contacts if contact.kind == Contact.Kind.PHONE)

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """Its own hours, or those of the places that are shown."""
        return schedules_of(self.hours, self.by_appointment, self.places)


def schedules_of(hours: str, by_appointment: bool, places: Iterable[PlaceCard]) -> tuple[Schedule, ...]:
    """The hours that speak for a service, on its card and in the index: its own, else those of its places."""
    if hours:
        return (Schedule(hours, by_appointment),)
    return tuple(Schedule(place.hours, place.by_appointment) for place in places if place.hours)


def type_ref(actor_type: ActorType) -> TypeRef:
    return TypeRef(
        slug=actor_type.slug,
        acronym=actor_type.acronym,
        name=actor_type.name,
        short_name=actor_type.short_name,
        discreet=actor_type.discreet,
        kind=actor_type.kind,
        family=actor_type.family,
        for_victims=actor_type.for_victims,
        aliases=tuple(actor_type.aliases),
        url=actor_type.get_absolute_url(),
    )


def organisation_ref(organisation: Organisation) -> OrganisationRef:
    return OrganisationRef(
        pk=organisation.pk,
        id=organisation.public_id,
        name=organisation.name,
        acronym=organisation.acronym,
        url=organisation.get_absolute_url(),
    )


def commune_ref(commune: Commune) -> CommuneRef:
    return CommuneRef(commune.insee, commune.name, commune.department)


def coordinates_of(point: Any) -> Coordinates | None:
    return (round(point.x, 5), round(point.y, 5)) if point else None


def area_ref(area: Area) -> CoverageRef:
    return CoverageRef(f"area:{area.pk}", area.kind, area.name, area.is_example)
