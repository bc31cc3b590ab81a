"""The fictional directory of three departments, from the text files of directory/data/demo/."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory import editing
from directory.models import ActorType, Area, Commune, Contact, Organisation, Place, Service
from directory.models.service import make_point
from directory.phones import parse_phone
from directory.reference import DATA, load_areas

FILES = DATA / "demo"
SOURCE = "demo"
# Text file → model, where the words differ.
_RENAMED = {"urgent": "is_urgent", "appointment": "by_appointment"}
_SERVICE_FIELDS = {field.name for field in Service._meta.get_fields()}


class DemoError(Exception):
    """A demonstration file says something that does not exist; the message tells which and where."""


def read_areas() -> list[dict[str, Any]]:
    return [row for path in sorted(FILES.glob("areas*.toml")) for row in _read(path).get("area", [])]


def read_organisations() -> list[dict[str, Any]]:
    paths = [path for path in sorted(FILES.glob("*.toml")) if not path.name.startswith("areas")]
    return [row for path in paths for row in _read(path).get("organisation", [])]


def _read(path: Any) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DemoError(f"{path.name}: {error}") from error


@transaction.atomic
def load(today: date | None = None) -> int:
    """Load the whole directory; returns the number of services. Dates are days before `today`."""
    load_areas(read_areas())
    shelf = Shelf(today or timezone.localdate())
    entries = [entry for row in read_organisations() for entry in shelf.entries_of(row)]
    editing.publish_all(entries)
    return len(entries)


class Shelf:
    """What the text files refer to by key: types, areas and communes, each read once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.types = {one.slug: one for one in ActorType.objects.all()}
        self.areas = {f"{area.kind}:{area.code}": area for area in Area.objects.all()}
        self.communes = Commune.objects.in_bulk()

    def entries_of(self, row: dict[str, Any]) -> Iterator[editing.Entry]:
        organisation = Organisation.objects.create(
            name=row["name"],
            acronym=row.get("acronym", ""),
            department=row["department"],
            description=row.get("description", ""),
            is_open=not row.get("closed", False),
            source=SOURCE,
            source_id=row["key"],
        )
        for service in row.get("service", []):
            yield self._entry(service, organisation)

    def _entry(self, row: dict[str, Any], organisation: Organisation) -> editing.Entry:
        kind = self._find(self.types, row["type"], "type", row)
        areas, communes = self._coverage(row)
        return editing.Entry(
            Service(
                organisation=organisation,
                type=kind,
                department=organisation.department,
                source=SOURCE,
                source_id=row["key"],
                is_national="national" in row.get("coverage", []),
                **{"audience": kind.audience, "languages": ["fr"]} | self._values(row) | self._dates(row),
            ),
            [self._place(place, kind, row) for place in row.get("place", [])],
            [self._contact(contact) for contact in row.get("contact", [])],
            areas,
            communes,
        )

    def _values(self, row: dict[str, Any]) -> dict[str, Any]:
        renamed = {_RENAMED.get(name, name): value for name, value in row.items()}
        apart = {"type", "place", "contact", "coverage", "key"}
        return {name: value for name, value in renamed.items() if name in _SERVICE_FIELDS - apart}

    def _dates(self, row: dict[str, Any]) -> dict[str, date]:
        dates = {}
        if "verified_days_ago" in row:
            dates["verified_on"] = self.today - timedelta(days=row["verified_days_ago"])
        for name in ("closed_from", "closed_until"):
            if f"{name}_days" in row:
                dates[name] = self.today + timedelta(days=row[f"{name}_days"])
        return dates

    def _coverage(self, row: dict[str, Any]) -> tuple[list[Area], list[Commune]]:
        codes = [code for code in row.get("coverage", []) if code != "national"]
        communes = [code.split(":")[1] for code in codes if code.startswith("commune:")]
        areas = [code for code in codes if not code.startswith("commune:")]
        return (
            [self._find(self.areas, code, "coverage", row) for code in dict.fromkeys(areas)],
            [self._find(self.communes, code, "coverage", row) for code in dict.fromkeys(communes)],
        )

    def _place(self, row: dict[str, Any], kind: ActorType, service: dict[str, Any]) -> Place:
        commune = self._find(self.communes, row["commune"], "commune", service)
        default = kind.address if kind.address != "aucune" else "publique"
        return Place(
            commune=commune,
            address_visibility=row.get("address", default),
            point=make_point(*row["point"]) if "point" in row else None,
            by_appointment=row.get("appointment", False),
            **{name: row.get(name, "") for name in _PLACE_TEXTS},
        )

    def _contact(self, row: dict[str, Any]) -> Contact:
        value = parse_phone(row["value"]) if row["kind"] in ("telephone", "sms") else row["value"]
        texts = {name: row.get(name, "") for name in ("label", "hours", "note")}
        return Contact(kind=row["kind"], value=value, audience=row.get("audience", "public"), **texts)

    def _find(self, shelf: dict[str, Any], key: str, what: str, row: dict[str, Any]) -> Any:
        if key not in shelf:
            raise DemoError(f"{row.get('key')}: {what} « {key} » n’existe pas")
        return shelf[key]


_PLACE_TEXTS = ("label", "street", "postal_code", "complement", "hours", "hours_note", "accessibility")
