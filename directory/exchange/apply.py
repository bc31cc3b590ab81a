"""A diff into the directory, in one transaction, through `editing`."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from directory import editing
from directory.exchange.diff import Change, Diff
from directory.exchange.record import Record
from directory.models import ActorType, Commune, Contact, Organisation, Place, Service
from directory.models.service import make_point

Progress = Callable[[int, int], None]
_BATCH = 500
_CONTACTS = (("phone", "telephone"), ("email", "courriel"), ("website", "site"))
_OF_SERVICE = ("name", "summary", "description")


@transaction.atomic
def write(diff: Diff, source: str, progress: Progress) -> None:
    """Added and changed records; of a conflict, the fields that nobody edited. All or nothing."""
    shelf = _Shelf(source)
    total = len(diff.added) + len(diff.changed) + len(diff.conflicts)
    for start in range(0, len(diff.added), _BATCH):
        batch = diff.added[start : start + _BATCH]
        editing.publish_all([shelf.entry(record) for record in batch])
        progress(start + len(batch), total)
    for done, change in enumerate(diff.changed + diff.conflicts, start=len(diff.added) + 1):
        if change.fields:
            _update(change, shelf)
        if done % _BATCH == 0:
            progress(done, total)


class _Shelf:
    def __init__(self, source: str) -> None:
        self.source = source
        self.types = {one.slug: one for one in ActorType.objects.all()}
        self.communes = Commune.objects.in_bulk()
        self.organisations = {
            (one.name, one.department): one for one in Organisation.objects.filter(source=source).order_by("-pk")
        }

    def organisation(self, record: Record) -> Organisation:
        key = (record.organisation, record.department)
        if key not in self.organisations:
            self.organisations[key] = Organisation.objects.create(
                name=record.organisation,
                department=record.department,
                source=self.source,
                source_id=f"{record.department}:{record.organisation}"[:120],
            )
        return self.organisations[key]

    def entry(self, record: Record) -> editing.Entry:
        kind = self.types[record.type]
        service = Service(
            organisation=self.organisation(record),
            type=kind,
            department=record.department,
            audience=kind.audience,
            referrers=list(kind.referrers),
            languages=["fr"],
            source=self.source,
            source_id=record.source_id,
            imported=record.values(),
            **{name: getattr(record, name) for name in _OF_SERVICE},
        )
        return editing.Entry(service, [self.place(record)], self.contacts(record))

    def place(self, record: Record) -> Place:
        exact = record.precision == "address"
        has_point = record.longitude is not None and record.latitude is not None
        hidden = self.types[record.type].hides_address
        return Place(
            commune=self.communes[record.commune],
            street=record.street,
            postal_code=record.postal_code,
            point=make_point(record.longitude, record.latitude) if has_point else None,
            address_visibility="jamais" if hidden else "publique" if exact else "commune",
            hours=record.hours,
        )

    def contacts(self, record: Record) -> list[Contact]:
        named = ((kind, getattr(record, name)) for name, kind in _CONTACTS)
        return [Contact(kind=kind, value=value) for kind, value in named if value]


def _update(change: Change, shelf: _Shelf) -> None:
    service, record = change.service, change.record
    for name in change.fields:
        _set(service, record, name, shelf)
    # What was kept stays remembered as last imported, so that it stays a conflict and not a change.
    service.imported = service.imported | {name: record.values()[name] for name in change.fields}
    editing.publish(service)


def _set(service: Service, record: Record, name: str, shelf: _Shelf) -> None:
    value: Any = getattr(record, name)
    if name in _OF_SERVICE or name == "department":
        setattr(service, name, value)
    elif name == "type":
        service.type = shelf.types[value]
    elif name == "organisation":
        service.organisation = shelf.organisation(record)
    elif name in dict(_CONTACTS):
        _set_contact(service, dict(_CONTACTS)[name], value)
    else:
        _set_place(service, record, name, shelf)


def _set_contact(service: Service, kind: str, value: str) -> None:
    contact = next((one for one in service.contacts.all() if one.kind == kind), None) or Contact(kind=kind)
    contact.value = value
    others = [one for one in service.contacts.all() if one is not contact]
    service.contacts = [contact, *others] if value else others


def _set_place(service: Service, record: Record, name: str, shelf: _Shelf) -> None:
    fresh = shelf.place(record)
    places = list(service.places.all())
    if not places:
        service.places = [fresh]
        return
    names = {"commune": ("commune",), "precision": ("address_visibility",)}
    for field in names.get(name, ("point",) if name in ("longitude", "latitude") else (name,)):
        setattr(places[0], field, getattr(fresh, field))
    service.places = places
