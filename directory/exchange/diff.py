"""Records against the directory, three ways: what came last time, what stands now, what comes.

What somebody edited since the last import is never overwritten: it is kept and counted as a conflict.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.exchange.record import WHERE, LineError, Record
from directory.models import ActorType, Place, Service


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
        service = known.pop(one.source_id, None)
        if isinstance(one, LineError):
            diff.errors.append(one)
        elif service is None:
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
    coming, now = record.values(), current_values(service)
    different = [name for name in coming if coming[name] != now[name]]
    touched = _touched(service, now)
    return Change(
        service,
        record,
        fields=tuple(name for name in different if name not in touched),
        kept=tuple(name for name in different if name in touched),
    )


def _touched(service: Service, now: dict[str, Any]) -> set[str]:
    """The fields edited here since the last import. Withdrawn, or being edited: all of them."""
    if service.has_unpublished_changes or not service.live:
        return set(now)
    touched = {name for name, value in now.items() if value != service.imported.get(name, value)}
    # Where it is is one thing: half an address of each would be a third, and a hidden one must not come back.
    return touched | set(WHERE) if touched & set(WHERE) else touched


def visibility_of(kind: ActorType, precision: str) -> str:
    """How an import shows a place: as its type does by default, never more."""
    if precision == "commune":
        return "commune"
    return kind.address if kind.address in ("professionnels", "sur-appel") else "publique"


def current_values(service: Service) -> dict[str, Any]:
    """What stands now, in the shape of `Record.values`."""
    place = next(iter(service.places.all()), None)
    contacts = {contact.kind: contact.value for contact in reversed(service.contacts.all())}
    return {
        "name": service.name,
        "type": service.type.slug,
        "department": service.department,
        "organisation": service.organisation.name,
        "summary": service.summary,
        "description": service.description,
        "phone": contacts.get("telephone", ""),
        "email": contacts.get("courriel", ""),
        "website": contacts.get("site", ""),
        "hours": place.hours if place else service.hours,
        **_current_where(place, service.type),
    }


def _current_where(place: Place | None, kind: ActorType) -> dict[str, Any]:
    if place is None:
        empty = dict.fromkeys(("commune", "street", "postal_code"), "")
        return empty | {"longitude": None, "latitude": None, "precision": "commune"}
    return {
        "commune": place.commune_id,
        "street": place.street,
        "postal_code": place.postal_code,
        "longitude": round(place.point.x, 6) if place.point else None,
        "latitude": round(place.point.y, 6) if place.point else None,
        "precision": _precision(place.address_visibility, kind),
    }


def _precision(visibility: str, kind: ActorType) -> str:
    """A visibility that an import would not have given was chosen here: told by its own name, it stays."""
    given = {visibility_of(kind, precision): precision for precision in ("address", "commune")}
    return given.get(visibility, visibility)
