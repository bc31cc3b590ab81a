"""Rows → records: each value checked against what the directory accepts, each refusal in words."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory import validation
from directory.exchange.mapping import REQUIRED, Mapping
from directory.exchange.record import LineError, Record, Unreadable
from directory.folding import fold
from directory.models import ActorType, Commune

_LONGEST_ID = 120
# Characters that the directory keeps of each text.
_ROOM = {
    "name": 200,
    "organisation": 200,
    "street": 160,
    "phone": 200,
    "email": 200,
    "website": 200,
    "hours": 255,
}
_SUMMARY = 300
# Mainland France with Corsica: degrees west, south, east, north. Swapped coordinates fall outside.
_MAINLAND = (-5.5, 41.2, 9.8, 51.3)

Values = dict[str, str]


class Refused(Exception):
    """This line cannot come in; the message says why."""


class Cleaner:
    """Knows the communes and the types, read once, and the mapping of the file."""

    def __init__(self, mapping: Mapping, columns: list[str]) -> None:
        missing = [mapping.columns[name] for name in REQUIRED if mapping.columns[name] not in columns]
        if missing:
            message = _("Colonnes absentes : %(missing)s. Colonnes lues : %(read)s. Donnez --mapping.")
            raise Unreadable(message % {"missing": ", ".join(missing), "read": ", ".join(columns)[:300]})
        self.mapping = mapping
        self.types = {one.slug: one for one in ActorType.objects.filter(kind="structure", is_open=True)}
        self.communes = Commune.objects.only("insee", "name", "department", "department_name").in_bulk()
        self.seen: dict[str, int] = {}

    def clean(self, line: int, row: Values) -> Record | LineError:
        value = {name: row.get(column, "") for name, column in self.mapping.columns.items()}
        source_id = value.get("id", "")[:_LONGEST_ID]
        try:
            commune, kind, name = (
                self._commune(value["commune"]),
                self._type(value["type"]),
                self._name(value),
            )
            source_id = self._identity(value.get("id", ""), kind, commune, name)
            record = self._record(line, source_id, name, kind, commune, value)
        except Refused as refused:
            return LineError(line, str(refused), source_id)
        self.seen[source_id] = line
        return record

    def _record(
        self, line: int, source_id: str, name: str, kind: ActorType, commune: Commune, value: Values
    ) -> Record:
        record = Record(
            line=line,
            source_id=source_id,
            name=name,
            type=kind.slug,
            commune="" if kind.hides_address else commune.insee,
            department=commune.department,
            organisation=self._organisation(value, kind, commune, name),
            summary=self._summary(value, kind),
            description=value.get("description", ""),
            phone=_kept("phone", value, validation.clean_phone),
            hours=_kept("hours", value, validation.clean_hours),
            email=_kept("email", value, validation.clean_email),
            website=_kept("website", value, validation.clean_url),
            **_where(value, kind, commune),
        )
        _check_texts(record, kind)
        return record

    def _identity(self, given: str, kind: ActorType, commune: Commune, name: str) -> str:
        """The partner's own, else type, commune and name; the commune of what hides is not kept."""
        if len(given) > _LONGEST_ID:
            message = _("L’identifiant dépasse %(count)d caractères.")
            raise Refused(message % {"count": _LONGEST_ID})
        where = commune.department if kind.hides_address else commune.insee
        source_id = given or _shortened(f"{kind.slug}:{where}:{fold(name)}")
        if source_id in self.seen:
            raise Refused(_("Déjà présente à la ligne %(line)d.") % {"line": self.seen[source_id]})
        return source_id

    def _commune(self, code: str) -> Commune:
        if code not in self.communes:
            message = _("La commune « %(code)s » n’est pas dans la liste (code INSEE).")
            raise Refused(message % {"code": code[:10]})
        return self.communes[code]

    def _type(self, text: str) -> ActorType:
        slug = self.mapping.types.get(text, text)
        if slug not in self.types:
            raise Refused(_("Le type « %(type)s » n’existe pas.") % {"type": text[:40]})
        return self.types[slug]

    def _name(self, value: Values) -> str:
        name = " ".join(value["name"].split())
        for old, new in self.mapping.renamed.items():
            name = name.replace(old, new)
        if not name:
            raise Refused(_("Le nom manque."))
        return _fitting("name", name)

    def _organisation(self, value: Values, kind: ActorType, commune: Commune, name: str) -> str:
        template = self.mapping.organisations.get(kind.slug, "")
        shared = template.replace("{department}", commune.department_name)
        return _fitting("organisation", " ".join(value.get("organisation", "").split()) or shared or name)

    def _summary(self, value: Values, kind: ActorType) -> str:
        room = _SUMMARY - len(self.mapping.note) - 1
        given = " ".join(value.get("summary", "").split())
        if len(given) > room:
            raise Refused(_("Le résumé dépasse %(count)d caractères.") % {"count": room})
        text = given or Truncator(self.mapping.summaries.get(kind.slug, kind.role)).chars(room)
        return f"{text} {self.mapping.note}".strip()


def _shortened(text: str) -> str:
    """Two long names that begin alike stay two."""
    return text if len(text) <= _LONGEST_ID else f"{text[:100]}:{sha256(text.encode()).hexdigest()[:16]}"


def _fitting(name: str, text: str) -> str:
    if len(text) > _ROOM[name]:
        message = _("« %(text)s… » dépasse %(count)d caractères.")
        raise Refused(message % {"text": text[:30], "count": _ROOM[name]})
    return text


def _kept(name: str, value: Values, clean: Callable[[str], str]) -> str:
    text = value.get(name, "")
    if not text:
        return ""
    try:
        return _fitting(name, clean(text))
    except ValidationError as error:
        raise Refused(" ".join(error.messages) + f" ({text[:60]})") from error


def _check_texts(record: Record, kind: ActorType) -> None:
    """What the forms refuse in a text is refused here: a number, and where a hidden place is."""
    texts = {name: getattr(record, name) for name in ("name", "organisation", "summary", "description")}
    for name, error in validation.text_errors(texts, kind.hides_address).items():
        raise Refused(f"{name} : {' '.join(error.messages)}")
    if error := validation.hours_error(kind.slug, record.hours):
        raise Refused(" ".join(error.messages))


# --- Where ----------------------------------------------------------------------------------------------


def _where(value: Values, kind: ActorType, commune: Commune) -> dict[str, Any]:
    """Street and point, unless the commune alone is known, or is all that is ever shown: then nothing is."""
    has_point = bool(value.get("longitude") or value.get("latitude"))
    only_commune = kind.address in ("jamais", "commune") or value.get("precision", "").lower() == "commune"
    if only_commune or not (value.get("street") or has_point):
        return {"precision": "commune"}
    longitude, latitude = _point(value, commune) if has_point else (None, None)
    return {
        "street": _kept("street", value, lambda text: " ".join(text.split())),
        "postal_code": _postal_code(value.get("postal_code", "")),
        "longitude": longitude,
        "latitude": latitude,
        "precision": "address",
    }


def _postal_code(text: str) -> str:
    try:
        return validation.clean_postal_code(text)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _point(value: Values, commune: Commune) -> tuple[float, float]:
    longitude, latitude = _degrees(value.get("longitude", ""), 180), _degrees(value.get("latitude", ""), 90)
    west, south, east, north = _MAINLAND
    is_mainland = len(commune.department) == 2
    if is_mainland and not (west <= longitude <= east and south <= latitude <= north):
        message = _("Le point %(lon)s, %(lat)s n’est pas en France : la longitude vient en premier.")
        raise Refused(message % {"lon": longitude, "lat": latitude})
    return longitude, latitude


def _degrees(text: str, most: int) -> float:
    try:
        degrees = round(float(text.replace(",", ".")), 6)
    except (ValueError, OverflowError) as error:
        raise Refused(_("« %(text)s » n’est pas une coordonnée.") % {"text": text[:20]}) from error
    if not -most <= degrees <= most:
        raise Refused(_("« %(text)s » n’est pas une coordonnée.") % {"text": text[:20]})
    return degrees
