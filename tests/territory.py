"""A small real territory for the tests: rows of the shipped commune file, loaded by INSEE code."""

from collections.abc import Iterable
from functools import cache
from math import asin, atan2, cos, degrees, radians, sin

from django.contrib.gis.geos import Point

from directory import reference
from directory.folding import fold
from directory.models import Area, Commune
from directory.models.service import make_point

GRENOBLE, VOIRON, VIENNE, BOURGOIN = "38185", "38563", "38544", "38053"
VILLEFONTAINE, SAINT_MARCELLIN, LA_MURE, MONESTIER = "38553", "38416", "38269", "38242"
LA_TOUR_DU_PIN, SAINT_MARTIN_D_HERES, SAINT_JEAN_DE_MOIRANS, MOIRANS = "38509", "38421", "38400", "38239"
GAP, EMBRUN, BRIANCON = "05061", "05046", "05023"
DIGNE, MANOSQUE, SISTERON = "04070", "04112", "04209"
LYON, LYON_3 = "69123", "69383"

PARENTS = {"75": "75056", "69": LYON, "13": "13055"}

TERRITORY = (
    *(GRENOBLE, VOIRON, VIENNE, BOURGOIN, VILLEFONTAINE, SAINT_MARCELLIN, LA_MURE, MONESTIER),
    *(LA_TOUR_DU_PIN, SAINT_MARTIN_D_HERES, SAINT_JEAN_DE_MOIRANS, MOIRANS),
    *(GAP, EMBRUN, BRIANCON, DIGNE, MANOSQUE, SISTERON, LYON, LYON_3),
)


@cache
def rows() -> dict[str, dict[str, str]]:
    """Every row of the shipped file, by INSEE code."""
    return {row["code_insee"]: row for row in reference.commune_rows()}


def load_communes(codes: Iterable[str] = TERRITORY) -> dict[str, Commune]:
    """Real communes by INSEE code, in the database with their departments and EPCIs, as by `load_reference`.

    A dozen milliseconds, where reading the whole file each time would take a hundred times that.
    """
    wanted = list(codes)
    Commune.objects.bulk_create([_commune(code) for code in wanted], ignore_conflicts=True)
    communes = Commune.objects.in_bulk(wanted)
    members: dict[tuple[str, str, str, str], list[Commune]] = {}
    for one in communes.values():
        held = ("department", one.department, one.department_name, one.department)
        members.setdefault(held, []).append(one)
        if one.epci:
            members.setdefault(("epci", one.epci, one.epci_name, one.department), []).append(one)
    for key, group in members.items():
        area(*key).communes.add(*group)
    return communes


def area(kind: str, code: str, name: str, department: str) -> Area:
    """The area of that kind and code, made when it is new."""
    values = {"name": name, "department": department}
    return Area.objects.get_or_create(kind=kind, code=code, defaults=values)[0]


def department(code: str) -> Area:
    """The area of a department that is loaded."""
    return Area.objects.get(kind="department", code=code)


def _commune(code: str) -> Commune:
    row = rows()[code]
    return Commune(
        insee=code,
        name=row["nom"],
        folded=fold(row["nom"]),
        parent_id=PARENTS[row["dep"]] if row["type"] == "ARM" else None,
        department=row["dep"],
        department_name=row["dep_nom"],
        region=row["reg"],
        epci=row["epci"],
        epci_name=row["epci_nom"],
        population=int(row["population"] or 0),
        postal_codes=row["codes_postaux"].split("|") if row["codes_postaux"] else [],
        centroid=_point(row["lon"], row["lat"]),
        town_hall=_point(row["mairie_lon"], row["mairie_lat"]),
    )


def _point(longitude: str, latitude: str) -> Point | None:
    known = longitude and latitude and "nan" not in (longitude, latitude)
    return make_point(float(longitude), float(latitude)) if known else None


def at_distance(start: tuple[float, float], km: float, bearing: float) -> tuple[float, float]:
    """The point (longitude, latitude) so far from another one, in degrees from the north, clockwise."""
    longitude, latitude = map(radians, start)
    turned, towards = km / 6371.0, radians(bearing)
    there = asin(sin(latitude) * cos(turned) + cos(latitude) * sin(turned) * cos(towards))
    along = atan2(sin(towards) * sin(turned) * cos(latitude), cos(turned) - sin(latitude) * sin(there))
    return degrees(longitude + along), degrees(there)
