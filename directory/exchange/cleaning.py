"""Rows → records: each value checked against what the directory accepts, each refusal in words."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from directory.exchange.record import LineError, Record, Unreadable
from directory.folding import fold
from directory.hours import HoursError, parse_hours
from directory.models import ActorType, Commune
from directory.phones import PhoneError, parse_phone
from directory.reference import DATA

_REQUIRED = ("name", "type", "commune")
_FIELDS = {name for name in Record.__dataclass_fields__ if name not in ("line", "source_id", "department")} | {"id"}


@dataclass(frozen=True)
class Mapping:
    """A partner's file in our words (see directory/data/mappings/)."""

    columns: dict[str, str]
    types: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    note: str = ""


def load_mapping(source: str, path: Path | None) -> Mapping:
    """The mapping at `path`, else the one shipped for `source`. Raises Unreadable."""
    shipped = DATA / "mappings" / f"{source}.toml"
    chosen = path or (shipped if re.fullmatch(r"[\w-]+", source) and shipped.exists() else None)
    if chosen is None:
        return Mapping({name: name for name in _FIELDS})
    try:
        return Mapping(**tomllib.loads(chosen.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        message = _("La correspondance « %(name)s » est illisible : %(error)s.")
        raise Unreadable(message % {"name": chosen, "error": error}) from error


class Refused(Exception):
    """This line cannot come in; the message says why."""


class Cleaner:
    """Knows the communes and the types, read once, and the mapping of the file."""

    def __init__(self, mapping: Mapping, columns: list[str]) -> None:
        missing = [mapping.columns.get(name, name) for name in _REQUIRED if mapping.columns.get(name, name) not in columns]
        if missing:
            message = _("Colonnes absentes : %(missing)s. Colonnes lues : %(read)s. Donnez --mapping.")
            raise Unreadable(message % {"missing": ", ".join(missing), "read": ", ".join(columns)})
        self.mapping = mapping
        self.types = {one.slug: one for one in ActorType.objects.filter(kind="structure")}
        self.communes = Commune.objects.only("insee", "name", "department", "department_name").in_bulk()
        self.seen: dict[str, int] = {}

    def clean(self, line: int, row: dict[str, str]) -> Record | LineError:
        try:
            return self._record(line, row)
        except Refused as refused:
            return LineError(line, str(refused))

    def _record(self, line: int, row: dict[str, str]) -> Record:
        value = {name: row.get(column, "") for name, column in self.mapping.columns.items()}
        commune = self._commune(value["commune"])
        kind = self._type(value["type"])
        name = self._name(value["name"])
        source_id = self._identity(line, value.get("id") or f"{kind.slug}:{commune.insee}:{fold(name)}"[:120])
        return Record(
            line=line,
            source_id=source_id,
            name=name,
            type=kind.slug,
            commune=commune.insee,
            department=commune.department,
            organisation=self._organisation(value, kind, commune, name),
            summary=self._summary(value, kind),
            description=value.get("description", ""),
            phone=_checked(parse_phone, value.get("phone", "")),
            hours=_checked(parse_hours, value.get("hours", "")),
            email=_checked(_email, value.get("email", "")),
            website=_checked(_website, value.get("website", "")),
            **self._where(value, kind),
        )

    def _identity(self, line: int, source_id: str) -> str:
        if source_id in self.seen:
            raise Refused(_("Déjà présente à la ligne %(line)d.") % {"line": self.seen[source_id]})
        self.seen[source_id] = line
        return source_id

    def _commune(self, code: str) -> Commune:
        if code not in self.communes:
            raise Refused(_("La commune « %(code)s » n’est pas dans la liste (code INSEE).") % {"code": code[:10]})
        return self.communes[code]

    def _type(self, text: str) -> ActorType:
        slug = self.mapping.types.get(text, text)
        if slug not in self.types:
            raise Refused(_("Le type « %(type)s » n’existe pas.") % {"type": text[:40]})
        return self.types[slug]

    def _name(self, name: str) -> str:
        for old, new in self.mapping.renamed.items():
            name = name.replace(old, new)
        if not name or len(name) > 200:
            raise Refused(_("Le nom doit avoir de 1 à 200 caractères."))
        return name

    def _organisation(self, value: dict[str, str], kind: ActorType, commune: Commune, name: str) -> str:
        template = self.mapping.organisations.get(kind.slug, "")
        return (value.get("organisation") or template.format(department=commune.department_name) or name)[:200]

    def _summary(self, value: dict[str, str], kind: ActorType) -> str:
        text = value.get("summary") or self.mapping.summaries.get(kind.slug, kind.role)
        room = 300 - len(self.mapping.note) - 1
        return f"{text[:room]} {self.mapping.note}".strip()

    def _where(self, value: dict[str, str], kind: ActorType) -> dict[str, Any]:
        """Street and point, unless the type hides its address (nothing is stored) or only the commune is known."""
        at_commune = value.get("precision") == "commune" or not (value.get("street") or value.get("longitude"))
        if kind.hides_address or at_commune:
            return {"precision": "commune"}
        longitude, latitude = _degrees(value.get("longitude", ""), 180), _degrees(value.get("latitude", ""), 90)
        return {
            "street": value.get("street", "")[:160],
            "postal_code": value.get("postal_code", "")[:5],
            "longitude": longitude if latitude is not None else None,
            "latitude": latitude if longitude is not None else None,
            "precision": "address",
        }


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    try:
        degrees = round(float(text.replace(",", ".")), 6)
    except ValueError as error:
        raise Refused(_("« %(text)s » n’est pas une coordonnée.") % {"text": text[:20]}) from error
    if not -most <= degrees <= most:
        raise Refused(_("« %(text)s » n’est pas une coordonnée.") % {"text": text[:20]})
    return degrees


def _checked(parse: Any, text: str) -> str:
    try:
        return parse(text) if text else ""
    except (PhoneError, HoursError) as error:
        raise Refused(str(error)) from error
    except ValidationError as error:
        raise Refused(" ".join(error.messages) + f" ({text[:60]})") from error


def _email(text: str) -> str:
    validate_email(text)
    return text


def _website(text: str) -> str:
    URLValidator(schemes=["http", "https"])(text)
    return text
