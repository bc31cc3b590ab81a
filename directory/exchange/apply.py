"""A diff into the directory, in one transaction, through `editing`."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import transaction

from directory import editing, taxonomy
from directory.exchange.diff import Change, Diff, visibility_of
from directory.exchange.record import WHERE, Record
from directory.models import ActorType, Commune, Contact, Organisation, Place, Service
from directory.models.service import make_point

Progress = Callable[[int, int], None]
_BATCH = 500
_CONTACTS = {"phone": "telephone", "email": "courriel", "website": "site"}
_OF_SERVICE = ("name", "summary", "description", "department")


@transaction.atomic
def write(diff: Diff, source: str, progress: Progress) -> None:
    """Added and changed records; of a conflict, the fields that nobody edited. All or nothing."""
    shelf = _Shelf(source)
    updates = [change for change in diff.changed + diff.conflicts if change.fields]
    total = len(diff.added) + len(updates)
    for start in range(0, len(diff.added), _BATCH):
        batch = diff.added[start : start + _BATCH]
        editing.publish_all([shelf.entry(record) for record in batch])
        progress(start + len(batch), total)
    for done, change in enumerate(updates, start=len(diff.added) + 1):
        _update(change, shelf)
        if done % _BATCH == 0 or done == total:
            progress(done, total)


class _Shelf:
    """Types, communes and the organisations of this source, each read once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.types = {one.slug: one for one in ActorType.objects.all()}
        self.communes = Commune.objects.in_bulk()
        self.organisations = {one.source_id: one for one in Organisation.objects.filter(source=source)}

    def organisation(self, record: Record) -> Organisation:
        """Found by what the source calls it, so that one renamed here stays one."""
        key = f"{record.department}:{record.organisation}"
        key = key if len(key) <= 120 else f"{key[:100]}:{sha256(key.encode()).hexdigest()[:16]}"
        if key not in self.organisations:
            self.organisations[key] = Organisation.objects.create(
                name=record.organisation, department=record.department, source=self.source, source_id=key
            )
        return self.organisations[key]

    def entry(self, record: Record) -> editing.Entry:
        kind = self.types[record.type]
        service = Service(
            organisation=self.organisation(record),
            type=kind,
            audience=kind.audience,
            referrers=list(kind.referrers),
            languages=["fr"],
            hours="" if record.commune else record.hours,
            source=self.source,
            source_id=record.source_id,
            imported=record.values(),
            **{name: getattr(record, name) for name in _OF_SERVICE},
        )
        return editing.Entry(service, [self.place(record)] if record.commune else [], self.contacts(record))

    def place(self, record: Record) -> Place:
        has_point = record.longitude is not None and record.latitude is not None
        return Place(
            commune=self.communes[record.commune],
            street=record.street,
            postal_code=record.postal_code,
            point=make_point(record.longitude, record.latitude) if has_point else None,
            address_visibility=visibility_of(self.types[record.type], record.precision),
            hours=record.hours,
        )

    def contacts(self, record: Record) -> list[Contact]:
        named = ((kind, getattr(record, name)) for name, kind in _CONTACTS.items())
        return [Contact(kind=kind, value=value) for kind, value in named if value]


# --- What changed -------------------------------------------------------------------------------------


def _update(change: Change, shelf: _Shelf) -> None:
    service, record = change.service, change.record
    for name in change.fields:
        _set(service, record, name, shelf)
    if set(change.fields) & {*WHERE, "hours", "type"}:
        _set_places(service, record, change.fields, shelf)
    # What was kept stays remembered as last imported, so that it stays a conflict and not a change.
    service.imported = service.imported | {name: record.values()[name] for name in change.fields}
    editing.publish(service)


def _set(service: Service, record: Record, name: str, shelf: _Shelf) -> None:
    value: Any = getattr(record, name)
    if name in _OF_SERVICE:
        setattr(service, name, value)
    elif name == "type":
        service.type = shelf.types[value]
        service.audience = _stricter(service.audience, service.type.audience)
    elif name == "organisation":
        service.organisation = shelf.organisation(record)
    elif name in _CONTACTS:
        _set_contact(service, _CONTACTS[name], value)


def _stricter(audience: str, default: str) -> str:
    return max(audience, default, key=taxonomy.AUDIENCES.slugs.index)


def _set_contact(service: Service, kind: str, value: str) -> None:
    """The first of that kind is the one that was imported."""
    contacts = list(service.contacts.all())
    first = next((one for one in contacts if one.kind == kind), None)
    if first and value:
        first.value = value
    elif first:
        contacts.remove(first)
    elif value:
        contacts.append(Contact(kind=kind, value=value))
    service.contacts = contacts


def _set_places(service: Service, record: Record, fields: tuple[str, ...], shelf: _Shelf) -> None:
    """The first place is the one that was imported; a type that hides its address has none."""
    places = [] if service.type.hides_address else list(service.places.all())
    if places and record.commune:
        _write_place(places[0], shelf.place(record), fields)
    elif record.commune and "commune" in fields and not service.type.hides_address:
        places, service.hours = [shelf.place(record)], ""
    elif "hours" in fields:
        service.hours = record.hours
    service.places = places


def _write_place(place: Place, fresh: Place, fields: tuple[str, ...]) -> None:
    if set(fields) & set(WHERE):
        for name in ("commune", "street", "postal_code", "point", "address_visibility"):
            setattr(place, name, getattr(fresh, name))
    if "hours" in fields:
        place.hours = fresh.hours
