"""Outlines of departments, EPCIs and communes, from the TopoJSON files of `data/geo` (IGN, see SOURCES.md).

They serve to draw, never to decide: the commune of a place is the one declared, not the polygon it falls in.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from django.conf import settings

DATA = Path(__file__).resolve().parent / "data"
FRANCE = "fr"
_IDF = frozenset({"75", "77", "78", "91", "92", "93", "94", "95"})
_SOURCES = {FRANCE: "departements-fr"}

Position = tuple[float, float]  # longitude, latitude
Ring = list[Position]


@dataclass(frozen=True)
class Town:
    insee: str
    name: str
    department: str
    population: int
    position: Position


def sheet_of(department: str) -> str:
    """The drawing that shows a department best: "38", "idf", or "fr" when none is built for it."""
    name = _detailed(department)
    return name if name in sheets() else FRANCE


def sheets() -> tuple[str, ...]:
    """The drawings that the deployment builds: those of MAP_DEPARTMENTS and the outlines of France."""
    return _sheets(tuple(settings.MAP_DEPARTMENTS))


@cache
def _sheets(departments: tuple[str, ...]) -> tuple[str, ...]:
    wanted = (_detailed(code) for code in departments)
    return tuple(dict.fromkeys([*(name for name in wanted if _file(name).exists()), FRANCE]))


def _detailed(department: str) -> str:
    return "idf" if department in _IDF else department


def topology(name: str) -> dict[str, Any]:
    """A drawing as shipped. FileNotFoundError when there is none of that name."""
    return json.loads(_file(name).read_text(encoding="utf-8"))


def drawing(name: str) -> dict[str, Any]:
    """What the map script receives: the topology, with the towns whose names orient the reader."""
    shipped = topology(name)
    departments = {_code_of(one) for one in _departments(shipped)}
    towns = [] if name == FRANCE else spaced(towns_of(departments), 0.045)[:40]
    return shipped | {"towns": [[town.name, *town.position] for town in towns]}


def department_rings(code: str) -> list[Ring]:
    """The outer rings of a department, in degrees; empty when no file draws it."""
    name = _detailed(code)
    shipped = topology(name if _file(name).exists() else FRANCE)
    arcs = _decoded(shipped)
    wanted = (one for one in _departments(shipped) if _code_of(one) == code)
    return [_ring(polygon[0], arcs) for one in wanted for polygon in _polygons(one)]


def towns_of(departments: set[str]) -> list[Town]:
    """The communes of these departments that have a town hall on the map, the most populous first."""
    found = [_town(row) for row in _rows() if row["dep"] in departments and row["mairie_lon"]]
    return sorted(found, key=lambda town: (-town.population, town.insee))


def spaced(towns: list[Town], least: float) -> list[Town]:
    """Those of `towns` that keep `least` degrees from every earlier one."""
    kept: list[Town] = []
    for town in towns:
        if all(_apart(town, other) >= least for other in kept):
            kept.append(town)
    return kept


def _apart(one: Town, other: Town) -> float:
    shrink = cos(radians(one.position[1]))
    return hypot((one.position[0] - other.position[0]) * shrink, one.position[1] - other.position[1])


# --- TopoJSON ---------------------------------------------------------------------------------------


def _file(name: str) -> Path:
    return DATA / "geo" / f"{_SOURCES.get(name, f'carte-{name}')}.topojson"


def _departments(shipped: dict[str, Any]) -> list[dict[str, Any]]:
    objects = shipped["objects"]
    names = ("departement", "departements", "communes_full")
    return next(objects[name] for name in names if name in objects)["geometries"]


def _code_of(geometry: dict[str, Any]) -> str:
    return geometry["properties"].get("dep") or geometry["properties"]["code"]


def _decoded(shipped: dict[str, Any]) -> list[Ring]:
    scale, shift = shipped["transform"]["scale"], shipped["transform"]["translate"]
    return [list(_positions(arc, scale, shift)) for arc in shipped["arcs"]]


def _positions(arc: list[list[int]], scale: list[float], shift: list[float]) -> Iterator[Position]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale[0] + shift[0], y * scale[1] + shift[1]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with gzip.open(DATA / "communes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))


def _town(row: dict[str, str]) -> Town:
    position = (round(float(row["mairie_lon"]), 4), round(float(row["mairie_lat"]), 4))
    return Town(row["code_insee"], row["nom"], row["dep"], int(row["population"] or 0), position)
