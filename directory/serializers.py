"""Cards → JSON values (contract.md). They read cards only: what a card does not hold cannot be told."""

from typing import Any

from django.utils.timezone import localtime

from directory.cards import CommuneRef, ContactCard, PlaceCard, ServiceCard, TypeRef
from directory.competence import Competence
from directory.helplines import HelplineCard
from directory.hours import zone_of
from directory.models import ActorType, Commune

Json = dict[str, Any]


def commune_json(commune: CommuneRef | None) -> Json | None:
    return {"insee": commune.insee, "name": commune.name} if commune else None


def service_json(
    card: ServiceCard,
    place: PlaceCard | None,
    competence: Competence | None = None,
    distance_km: float | None = None,
    score: float | None = None,
) -> Json:
    """One item of `services`. `place` is the one that answers: the nearest, or the first that is shown."""
    return {
        "id": card.id,
        "url": card.url,
        "name": card.name,
        "summary": card.summary,
        "type": card.type.slug,
        "organisation": card.organisation.name,
        "audience": card.audience,
        "competence": {"level": competence.level, "reason": competence.reason} if competence else None,
        "commune": commune_json(place.commune if place else None),
        "distance_km": None if distance_km is None else round(distance_km, 1),
        "point": list(place.point) if place and place.point else None,
        "precision": place.precision if place and place.point else None,
        "saisine": {"by": list(card.referrers), "conditions": list(card.conditions), "how": card.how},
        "fallback": card.fallback[0] if card.fallback else None,
        **_opening(card, place),
        "phones": [_phone_json(phone) for phone in card.phones],
        "verified_on": card.verified_on.isoformat() if card.verified_on else None,
        "stale": card.freshness.is_stale,
        "languages": list(card.languages),
        "score": None if score is None else round(score, 4),
    }


def _opening(card: ServiceCard, place: PlaceCard | None) -> Json:
    zone = zone_of(place.commune.department if place else card.department)
    state = card.open
    closes = localtime(state.closes_at, zone).strftime("%H:%M") if state.closes_at else None
    opens = localtime(state.next_opening, zone).isoformat(timespec="minutes") if state.next_opening else None
    return {"open": state.state, "closes_at": closes, "next_opening": opens}


def _phone_json(phone: ContactCard) -> Json:
    return {"number": phone.number, "label": phone.label, "audience": phone.audience}


def full_service_json(card: ServiceCard) -> Json:
    """The whole sheet, for `/services/{id}`."""
    place = card.places[0] if card.places else None
    plain = ("description", "gender", "age_min", "age_max", "how", "prepare", "interpreter", "accessibility")
    lists = (
        "age_bands",
        "roles",
        "situations",
        "violences",
        "provisions",
        "contact_modes",
        "reception_modes",
    )
    return {
        **service_json(card, place),
        **{name: getattr(card, name) for name in plain},
        **{name: list(getattr(card, name)) for name in lists},
        "organisation_id": card.organisation.id,
        "type_url": card.type.url,
        "cost": card.cost,
        "coverage": [
            {"kind": ref.kind, "name": ref.name, "example": ref.is_example} for ref in card.coverage
        ],
        "places": [_place_json(one) for one in card.places],
        "contacts": [_contact_json(one) for one in card.contacts],
        "hours": card.hours,
        "hours_note": card.hours_note,
        "out_of_hours": card.out_of_hours,
        "fallbacks": list(card.fallback),
        "state": card.state,
        "state_message": card.state_message,
        "closed_from": card.closed_from and card.closed_from.isoformat(),
        "closed_until": card.closed_until and card.closed_until.isoformat(),
        "freshness": card.freshness.slug,
        "verified_by": card.verified_by,
        "details": [{"label": label, "text": text} for label, text in card.details],
    }


def _place_json(place: PlaceCard) -> Json:
    return {
        "label": place.label,
        "commune": commune_json(place.commune),
        "street": place.street,
        "postal_code": place.postal_code,
        "complement": place.complement,
        "point": list(place.point) if place.point else None,
        "precision": place.precision if place.point else None,
        "told_by_phone": place.address_is_told_by_phone,
        "hours": place.hours,
        "hours_note": place.hours_note,
        "by_appointment": place.by_appointment,
        "accessibility": place.accessibility,
    }


def _contact_json(contact: ContactCard) -> Json:
    names = ("kind", "number", "label", "audience", "hours", "note")
    return {name: getattr(contact, name) for name in names}


def feature_of(card: ServiceCard, place: PlaceCard) -> Json:
    """A GeoJSON feature of one place that is shown with a point."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(place.point or ())},
        "properties": {
            "id": card.id,
            "url": card.url,
            "name": card.name,
            "type": card.type.slug,
            "commune": place.commune.name,
            "precision": place.precision,
        },
    }


def type_json(kind: ActorType) -> Json:
    texts = ("slug", "acronym", "name", "role", "who", "how", "not_this", "prepare", "out_of_hours")
    return {
        **{name: getattr(kind, name) for name in texts},
        "kind": kind.kind,
        "family": kind.family,
        "aliases": list(kind.aliases),
        "referrers": list(kind.referrers),
        "fallback": list(kind.fallback),
        "url": kind.get_absolute_url(),
    }


def sheet_json(ref: TypeRef, kind: str) -> Json:
    return {"slug": ref.slug, "acronym": ref.acronym, "label": ref.name, "kind": kind, "url": ref.url}


def helpline_json(card: HelplineCard) -> Json:
    texts = (
        "key",
        "number",
        "display",
        "label",
        "for_whom",
        "hours",
        "cost",
        "trace",
        "url",
        "source",
        "source_date",
    )
    return {
        **{name: getattr(card, name) for name in texts},
        "always_open": card.is_always_open,
        "checked_on": card.checked_on and card.checked_on.isoformat(),
        "to_check": card.to_check,
    }


def commune_choice_json(commune: Commune) -> Json:
    return {
        "insee": commune.insee,
        "name": commune.name,
        "department": commune.department,
        "department_name": commune.department_name,
        "postal_codes": list(commune.postal_codes),
        "epci": commune.epci_name,
    }
