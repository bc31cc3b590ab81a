"""The only way out: what one viewer may know of one service, as plain values.

Templates, JSON, CSV, PDF, map and index receive a *ServiceCard* and never a model, so that nothing
after this file can leak. A place is shown by its address, by its commune only (the town-hall point
then stands for it), or not at all.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from directory import taxonomy
from directory.card_values import (
    CommuneRef,
    ContactCard,
    Coordinates,
    CoverageRef,
    OrganisationRef,
    PlaceCard,
    ServiceCard,
    TypeRef,
    area_ref,
    commune_ref,
    coordinates_of,
    organisation_ref,
    schedules_of,
    type_ref,
)
from directory.freshness import add_months, freshness_of
from directory.hours import OpenState, Schedule, open_state
from directory.models import Contact, Place, Service
from directory.phones import display_phone
from directory.visibility import ANONYMOUS, Viewer, can_see, may_read

__all__ = [
    "CommuneRef",
    "ContactCard",
    "Coordinates",
    "CoverageRef",
    "NotVisible",
    "OrganisationRef",
    "PlaceCard",
    "ServiceCard",
    "TypeRef",
    "area_ref",
    "card_for",
    "card_for_index",
    "commune_ref",
    "coordinates_of",
    "organisation_ref",
    "type_ref",
]


class NotVisible(Exception):
    """Asked for the card of a service that the viewer may not see: a mistake of the caller."""


def card_for(service: Service, viewer: Viewer, at: datetime | None = None) -> ServiceCard:
    """What `viewer` may know of `service`; opening is judged at `at` (now). Raises NotVisible.

    Reads `service` as `ServiceQuerySet.for_cards()` loads it, without a further query.
    """
    if not can_see(service, viewer):
        raise NotVisible(service.public_id)
    return _project(service, viewer, at or timezone.now())


def card_for_preview(service: Service, viewer: Viewer) -> ServiceCard:
    """What `viewer` would know of a draft once published. Raises NotVisible when its audience excludes them.

    Only for those who keep the entry (directory/previews.py), who know all that the draft holds.
    """
    if not may_read(service.audience, service.department, service.organisation_id, viewer):
        raise NotVisible(service.public_id)
    return _project(service, viewer, timezone.now())


def card_for_index(service: Service) -> ServiceCard:
    """What the index may hold: public points and public contacts only, whatever the audience."""
    return _project(service, ANONYMOUS, timezone.now())


def _project(service: Service, viewer: Viewer, at: datetime) -> ServiceCard:
    places = _places(service, viewer)
    today = timezone.localdate(at)
    return ServiceCard(
        pk=service.pk,
        id=service.public_id,
        url=service.get_absolute_url(),
        name=service.name,
        type=type_ref(service.type),
        organisation=organisation_ref(service.organisation),
        audience=service.audience,
        department=service.department,
        summary=service.summary,
        description=service.description,
        age_min=service.age_min,
        age_max=service.age_max,
        age_bands=taxonomy.bands_touched(service.age_min, service.age_max),
        gender=service.gender,
        **_slug_lists(service),
        how=service.how,
        prepare=service.prepare,
        details=_details(service),
        interpreter=service.interpreter,
        accessibility=service.accessibility,
        cost=service.cost,
        is_urgent=service.is_urgent,
        by_appointment=service.by_appointment,
        is_national=service.is_national,
        coverage=_coverage(service),
        places=places,
        contacts=_contacts(service, viewer),
        hours=service.hours,
        hours_note=service.hours_note,
        open=_open(service, places, at),
        out_of_hours=service.out_of_hours or service.type.out_of_hours,
        fallback=tuple(service.fallback or service.type.fallback),
        **_closure(service, today),
        **_verification(service, today),
        is_searchable=service.state != Service.State.CLOSED and service.organisation.is_open,
    )


_SLUG_LISTS = (
    "roles",
    "situations",
    "violences",
    "provisions",
    "referrers",
    "conditions",
    "contact_modes",
    "reception_modes",
    "languages",
)


def _slug_lists(service: Service) -> Mapping[str, Any]:
    return {name: tuple(getattr(service, name)) for name in _SLUG_LISTS}


def _closure(service: Service, today: date) -> Mapping[str, Any]:
    """Its state with the message and the dates; a closure that is over is no longer told."""
    if service.state != Service.State.CLOSED and service.closed_until and service.closed_until < today:
        return {"state": Service.State.ACTIVE, "state_message": "", "closed_from": None, "closed_until": None}
    announced = bool(service.closed_from or service.closed_until)
    told = announced or service.state != Service.State.ACTIVE
    return {
        "state": service.state,
        "state_message": service.state_message if told else "",
        "closed_from": service.closed_from,
        "closed_until": service.closed_until,
    }


def _verification(service: Service, today: date) -> Mapping[str, Any]:
    verified = service.verified_on
    return {
        "freshness": freshness_of(verified, today),
        "verified_on": verified,
        "verified_by": service.verified_by,
        "recheck_on": add_months(verified, service.verify_every) if verified else None,
    }


def _details(service: Service) -> tuple[tuple[str, str], ...]:
    labels = {field["slug"]: field["label"] for field in service.type.own_fields}
    return tuple(
        (labels[slug], str(text)) for slug, text in service.details.items() if text and slug in labels
    )


# --- Places ---------------------------------------------------------------------------------------


def _places(service: Service, viewer: Viewer) -> tuple[PlaceCard, ...]:
    if service.type.hides_address:
        return ()  # neither place nor commune: its intake is what is shown (C4, C11)
    shown = (place for place in service.places.all() if place.address_visibility != "jamais")
    return tuple(_place(place, _shows_address(place, service, viewer)) for place in shown)


def _shows_address(place: Place, service: Service, viewer: Viewer) -> bool:
    """By its commune only means so for everyone: a town-hall point cannot be told apart from the others."""
    if place.address_visibility not in ("publique", "professionnels"):
        return False
    audience = "public" if place.address_visibility == "publique" else "professionnels"
    return may_read(audience, service.department, service.organisation_id, viewer)


def _place(place: Place, shows_address: bool) -> PlaceCard:
    has_point = shows_address and place.point is not None
    point = place.point if has_point else place.commune.point
    return PlaceCard(
        # A free label ("3 rue…, code 12B") may tell what the commune alone must not.
        label=place.label if shows_address else "",
        commune=commune_ref(place.commune),
        street=place.street if shows_address else "",
        postal_code=place.postal_code if shows_address else "",
        complement=place.complement if shows_address else "",
        point=coordinates_of(point),
        precision="address" if has_point else "commune",
        address_is_told_by_phone=not shows_address and place.address_visibility == "sur-appel",
        hours=place.hours,
        hours_note=place.hours_note,
        by_appointment=place.by_appointment,
        accessibility=place.accessibility if shows_address else "",
    )


# --- Contacts, coverage, hours ----------------------------------------------------------------------


def _contacts(service: Service, viewer: Viewer) -> tuple[ContactCard, ...]:
    return tuple(
        _contact(contact)
        for contact in service.contacts.all()
        if may_read(contact.audience, service.department, service.organisation_id, viewer)
    )


_SCHEMES = {"telephone": "tel:", "sms": "sms:", "courriel": "mailto:"}


def _contact(contact: Contact) -> ContactCard:
    is_number = contact.kind in (Contact.Kind.PHONE, Contact.Kind.SMS)
    return ContactCard(
        kind=contact.kind,
        number=contact.value,
        display=display_phone(contact.value) if is_number else contact.value,
        href=_href(contact),
        label=contact.label or contact.get_kind_display(),
        audience=contact.audience,
        hours=contact.hours,
        note=contact.note,
    )


def _href(contact: Contact) -> str:
    """Ready for a link; empty for an address that a browser would run rather than open."""
    if contact.kind in _SCHEMES:
        return _SCHEMES[contact.kind] + contact.value
    return contact.value if contact.value.startswith(("https://", "http://")) else ""


def _coverage(service: Service) -> tuple[CoverageRef, ...]:
    areas = [area_ref(area) for area in service.coverage_areas.all()]
    if service.is_national:
        areas.append(CoverageRef("national", "national", ""))
    if service.type.hides_address:
        return tuple(areas)  # a commune would place it (C11)
    communes = [
        CoverageRef(f"commune:{commune.insee}", "commune", commune.name)
        for commune in service.coverage_communes.all()
    ]
    return tuple(areas + communes)


def _open(service: Service, places: tuple[PlaceCard, ...], at: datetime) -> OpenState:
    return open_state(
        _schedules(service, places),
        at,
        places[0].commune.department if places else service.department,
        suspended=service.state == Service.State.SUSPENDED,
        suspended_from=service.closed_from,
        suspended_until=service.closed_until,
        ended=service.state == Service.State.CLOSED,
    )


def _schedules(service: Service, places: tuple[PlaceCard, ...]) -> tuple[Schedule, ...]:
    """Its hours; failing any, whether one makes an appointment."""
    appointment = service.by_appointment or any(place.by_appointment for place in places)
    return schedules_of(service.hours, service.by_appointment, places) or (Schedule("", appointment),)
