"""Records against the directory, three ways: what came last time, what stands now, what comes.

What somebody edited since the last import is never overwritten: it is kept and counted as a conflict.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.exchange.record import LineError, Record
from directory.models import Service


@dataclass(frozen=True)
class Change:
    """`fields` came with a new value and were not edited here; `kept` were edited here and stay."""

    service: Service
    record: Record
    fields: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass
class Diff:
    added: list[Record] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    missing: list[Service] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "ADDED": len(self.added),
            "CHANGED": len(self.changed),
            "UNCHANGED": len(self.unchanged),
            "MISSING": len(self.missing),
            "CONFLICT": len(self.conflicts),
            "ERROR": len(self.errors),
        }


def compare(cleaned: Iterable[Record | LineError], source: str) -> Diff:
    """Nothing is written: a dry run is this and no more."""
    known = {service.source_id: service for service in _imported_from(source)}
    diff = Diff()
    for one in cleaned:
        if isinstance(one, LineError):
            diff.errors.append(one)
        elif (service := known.pop(one.source_id, None)) is None:
            diff.added.append(one)
        else:
            _sort(_change(service, one), diff)
    diff.missing = sorted(known.values(), key=lambda service: service.pk)
    return diff


def _imported_from(source: str) -> Iterable[Service]:
    services = Service.objects.filter(source=source).select_related("type", "organisation")
    return services.prefetch_related("places", "contacts").order_by("pk")


def _sort(change: Change, diff: Diff) -> None:
    if change.kept:
        diff.conflicts.append(change)
    elif change.fields:
        diff.changed.append(change)
    else:
        diff.unchanged.append(change)


def _change(service: Service, record: Record) -> Change:
    coming, before, now = record.values(), service.imported, current_values(service)
    touched = {name for name in coming if now[name] != before.get(name, now[name])}
    fields = tuple(name for name in coming if coming[name] != now[name] and name not in touched)
    kept = tuple(name for name in coming if coming[name] != now[name] and name in touched)
    return Change(service, record, fields, kept)


def current_values(service: Service) -> dict[str, Any]:
    """What stands now, in the shape of `Record.values`."""
    place = next(iter(service.places.all()), None)
    contacts = {contact.kind: contact.value for contact in reversed(service.contacts.all())}
    point = place.point if place else None
    exact = place is not None and place.address_visibility == "publique"
    return {
        "name": service.name,
        "type": service.type.slug,
        "commune": place.commune_id if place else "",
        "department": service.department,
        "organisation": service.organisation.name,
        "summary": service.summary,
        "description": service.description,
        "street": place.street if place else "",
        "postal_code": place.postal_code if place else "",
        "longitude": round(point.x, 6) if point else None,
        "latitude": round(point.y, 6) if point else None,
        "precision": "address" if exact else "commune",
        "phone": contacts.get("telephone", ""),
        "email": contacts.get("courriel", ""),
        "website": contacts.get("site", ""),
        "hours": place.hours if place else service.hours,
    }
