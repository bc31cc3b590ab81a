"""Reference data into the database: communes and areas, types of actors, national numbers. Idempotent."""

import csv
import gzip
import tomllib
from collections.abc import Iterator
from datetime import date
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from directory.folding import fold
from directory.models import ActorType, Area, Commune, Helpline

DATA = Path(__file__).resolve().parent / "data"
# Kilometres from the centroid to the town hall: 14.6 at Arles, the widest; eighty in the forest of Guiana.
_FARTHEST, _FARTHEST_GUIANA = 15, 100
_KM_A_DEGREE = 111.2
_PARENTS = {"75": "75056", "69": "69123", "13": "13055"}

_STAGING = """
CREATE TEMP TABLE staging (insee text, name text, folded text, parent_id text, department text,
    department_name text, region text, epci text, epci_name text, population int, postal_codes text[],
    centroid text, town_hall text) ON COMMIT DROP"""
_COLUMNS = (
    "insee, name, folded, parent_id, department, department_name, region, epci, epci_name,"
    " population, postal_codes, centroid, town_hall"
)
_UPSERT = f"""
INSERT INTO directory_commune ({_COLUMNS})
SELECT insee, name, folded, parent_id, department, department_name, region, epci, epci_name,
    population, postal_codes, centroid::geography, town_hall::geography
FROM staging ORDER BY parent_id NULLS FIRST
ON CONFLICT (insee) DO UPDATE SET ({_COLUMNS.removeprefix("insee, ")}) =
    ({", ".join("excluded." + name.strip() for name in _COLUMNS.split(",")[1:])})"""
_AREAS = """
INSERT INTO directory_area (kind, code, name, department, is_example)
SELECT DISTINCT 'department', department, department_name, department, false FROM directory_commune
UNION ALL
(SELECT DISTINCT ON (epci) 'epci', epci, epci_name, department, false FROM directory_commune
    WHERE epci <> '' GROUP BY epci, epci_name, department ORDER BY epci, sum(population) DESC)
ON CONFLICT (kind, code) DO UPDATE SET name = excluded.name, department = excluded.department"""
_MEMBERS = """
INSERT INTO directory_area_communes (area_id, commune_id)
SELECT area.id, commune.insee FROM directory_area area JOIN directory_commune commune
    ON (area.kind = 'department' AND commune.department = area.code)
    OR (area.kind = 'epci' AND commune.epci = area.code)
ON CONFLICT DO NOTHING"""
_OUTDATED = """
DELETE FROM directory_area_communes link USING directory_area area, directory_commune commune
WHERE link.area_id = area.id AND link.commune_id = commune.insee
    AND ((area.kind = 'department' AND commune.department <> area.code)
      OR (area.kind = 'epci' AND commune.epci <> area.code))"""
# Until PostgreSQL looks by itself, a minute or more later, it may take these tables for empty: it then reads
# the whole of one for each row of another.
_COUNTED = "ANALYZE directory_commune, directory_area, directory_area_communes"


def commune_rows() -> Iterator[dict[str, str]]:
    """The rows of the shipped file: code_insee, nom, type (COM, ARM), dep, epci, codes_postaux, lon, lat…"""
    with gzip.open(DATA / "communes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


@transaction.atomic
def load_communes(only: frozenset[str] | None = None) -> int:
    """Communes, departments and EPCIs; returns the number of communes. `only`: INSEE codes, for tests."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)
        with cursor.copy(f"COPY staging ({_COLUMNS}) FROM STDIN") as copy:
            for row in commune_rows():
                if only is None or row["code_insee"] in only:
                    copy.write_row(_staged(row))
        for statement in (_UPSERT, _AREAS, _OUTDATED, _MEMBERS, _COUNTED):
            cursor.execute(statement)
    return Commune.objects.count()


def _staged(row: dict[str, str]) -> tuple[Any, ...]:
    is_arrondissement = row["type"] == "ARM"
    return (
        row["code_insee"],
        row["nom"],
        fold(row["nom"]),
        _PARENTS[row["dep"]] if is_arrondissement else None,
        row["dep"],
        row["dep_nom"],
        row["reg"],
        row["epci"],
        row["epci_nom"],
        int(row["population"] or 0),
        row["codes_postaux"].split("|") if row["codes_postaux"] else [],
        _ewkt(*_degrees(row["lon"], row["lat"])),
        _ewkt(*_town_hall(row)),
    )


def _town_hall(row: dict[str, str]) -> tuple[float | None, float | None]:
    """Its town hall, unless it stands where the commune cannot be: a lost sign, another commune's."""
    longitude, latitude = _degrees(row["mairie_lon"], row["mairie_lat"])
    x, y = _degrees(row["lon"], row["lat"])
    if longitude is None or latitude is None or x is None or y is None:
        return longitude, latitude
    km = hypot((longitude - x) * cos(radians(y)), latitude - y) * _KM_A_DEGREE
    return (
        (longitude, latitude)
        if km <= (_FARTHEST_GUIANA if row["dep"] == "973" else _FARTHEST)
        else (None, None)
    )


def _degrees(longitude: str, latitude: str) -> tuple[float | None, float | None]:
    # Two rows of the file say "nan" for their town hall: as unknown as an empty one.
    known = longitude and latitude and "nan" not in (longitude, latitude)
    return (float(longitude), float(latitude)) if known else (None, None)


def _ewkt(longitude: float | None, latitude: float | None) -> str | None:
    return None if longitude is None or latitude is None else f"SRID=4326;POINT({longitude} {latitude})"


# --- Types and numbers: what was edited stays ---------------------------------------------------------


def bring_news(instance: Any, values: dict[str, Any]) -> bool:
    """Write the shipped `values` where the field still is as last shipped. True when something changed."""
    before = instance.shipped
    changed = False
    for field, value in values.items():
        if is_as_shipped(instance, field) and _comparable(getattr(instance, field)) != _comparable(value):
            setattr(instance, field, value)
            changed = True
    shipped = {field: _comparable(value) for field, value in values.items()}
    changed = changed or shipped != before
    instance.shipped = shipped
    return changed


def is_as_shipped(instance: Any, field: str) -> bool:
    """Nobody edited it: it is as last shipped, or its default when it never was."""
    default = _comparable(instance._meta.get_field(field).get_default())
    return _comparable(getattr(instance, field)) == instance.shipped.get(field, default)


def _comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def shipped_rows(name: str, section: str) -> list[dict[str, Any]]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))[section]


@transaction.atomic
def load_actor_types() -> int:
    """Every type of domain.md; a sheet edited in the CMS keeps its edits."""
    rows = shipped_rows("actor_types.toml", "type")
    existing = {one.slug: one for one in ActorType.objects.all()}
    for rank, row in enumerate(rows):
        values = {name: value for name, value in row.items() if name not in ("slug", "confused_with")}
        values["fallback"] = list(row.get("fallback", []))
        instance = existing.get(row["slug"]) or ActorType(slug=row["slug"])
        if bring_news(instance, values | {"rank": rank}):
            instance.save()
            existing[row["slug"]] = instance
    _link_confused(rows, existing)
    return len(rows)


def _link_confused(rows: list[dict[str, Any]], types: dict[str, ActorType]) -> None:
    linked = set(ActorType.confused_with.through.objects.values_list("from_actortype_id", flat=True))
    for row in rows:
        one = types[row["slug"]]
        if row.get("confused_with") and one.pk not in linked:
            one.confused_with.set(types[slug] for slug in row["confused_with"])


@transaction.atomic
def load_helplines() -> int:
    """The national numbers of domain.md §5. `checked_on` stays empty until a person confirms."""
    rows = shipped_rows("helplines.toml", "helpline")
    existing = {one.key: one for one in Helpline.objects.all()}
    known = {field.name for field in Helpline._meta.get_fields()}
    for row in rows:
        values = {
            name: value for name, value in row.items() if name in known and name not in ("key", "checked_on")
        }
        values["rank"] = row.get("order", row.get("rank", 0))
        instance = existing.get(row["key"]) or Helpline(key=row["key"])
        if bring_news(instance, values):
            instance.save()
    return len(rows)


def load_areas(rows: list[dict[str, Any]]) -> int:
    """Areas whose communes no source gives: `communes`, `epcis` of a `department`, or the whole of it."""
    for row in rows:
        area, _created = Area.objects.update_or_create(
            kind=row["kind"],
            code=row["code"],
            defaults={
                "name": row["name"],
                "is_example": "(exemple)" in row["name"],
                "department": row.get("department") or row["code"].split("-")[0],
            },
        )
        area.communes.set(_communes_of(row))
    return len(rows)


def _communes_of(row: dict[str, Any]) -> list[str]:
    """INSEE codes. `epcis` are cut at the department's border: some EPCIs straddle it."""
    department = row.get("department") or row["code"].split("-")[0]
    within = Commune.objects.filter(department=department)
    codes = set(row.get("communes", []))
    if row.get("epcis"):
        codes |= set(within.filter(epci__in=row["epcis"]).values_list("pk", flat=True))
    if not (row.get("communes") or row.get("epcis")):
        codes = set(within.values_list("pk", flat=True))
    return sorted(codes - set(row.get("except", [])))
