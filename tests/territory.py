"""A small real territory for the tests: rows of the shipped commune file, loaded by INSEE code."""

from collections.abc import Iterable
from functools import cache

from directory import reference
from directory.models import Area, Commune

GRENOBLE, VOIRON, VIENNE, BOURGOIN = "38185", "38563", "38544", "38053"
VILLEFONTAINE, SAINT_MARCELLIN, LA_MURE, MONESTIER = "38553", "38416", "38269", "38242"
LA_TOUR_DU_PIN, SAINT_MARTIN_D_HERES, SAINT_JEAN_DE_MOIRANS, MOIRANS = "38509", "38421", "38400", "38239"
GAP, EMBRUN, BRIANCON = "05061", "05046", "05023"
DIGNE, MANOSQUE, SISTERON = "04070", "04112", "04209"
LYON, LYON_3 = "69123", "69383"

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
    """Real communes by INSEE code, in the database with their departments and EPCIs."""
    wanted = frozenset(codes)
    reference.load_communes(only=wanted)
    return Commune.objects.in_bulk(list(wanted))


def department(code: str) -> Area:
    """The area of a department that is loaded."""
    return Area.objects.get(kind="department", code=code)
