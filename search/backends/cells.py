"""Cells of a tenth of a degree, by which an engine finds what is near: it looks up words instead of measuring
all that is around. A box is no substitute: that of a service with places far apart holds half of the country.
"""

from collections.abc import Callable
from math import acos, ceil, cos, degrees, floor, radians, sin
from typing import NamedTuple

CELLS_PER_DEGREE = 10
_EARTH_KM = 6371.0088
# A cell that the circle nearly touches or nearly holds counts as one at the edge.
_NEARLY = 0.01
_ROUND = 360 * CELLS_PER_DEGREE

# Its row from the equator to the north, its column from Greenwich to the east.
Cell = tuple[int, int]


class Cells(NamedTuple):
    """`within`: wholly in the circle; `edge`: in part, or nearly."""

    within: tuple[Cell, ...]
    edge: tuple[Cell, ...]


def cell_of(longitude: float, latitude: float) -> Cell:
    """Degrees."""
    return _cell(floor(latitude * CELLS_PER_DEGREE), _column(longitude))


def cells_around(longitude: float, latitude: float, km: float) -> Cells:
    """Those that a circle holds or touches. Not around a pole."""
    touched, held = (_circle(latitude, km * share) for share in (1 + _NEARLY, 1 - _NEARLY))
    reach = ceil(degrees(km * (1 + _NEARLY) / _EARTH_KM) * CELLS_PER_DEGREE)
    home = floor(latitude * CELLS_PER_DEGREE)
    within: list[Cell] = []
    edge: list[Cell] = []
    for row in range(home - reach, home + reach + 1):
        south, north = row / CELLS_PER_DEGREE, (row + 1) / CELLS_PER_DEGREE
        half = max(touched(south), touched(north), touched(latitude) if row == home else 0.0)
        if half:
            whole = min(held(south), held(north))
            inner = range(_column(longitude - whole) + 1, _column(longitude + whole))
            for column in range(_column(longitude - half), _column(longitude + half) + 1):
                (within if column in inner else edge).append(_cell(row, column))
    return Cells(tuple(within), tuple(edge))


def number_of(cell: Cell) -> int:
    """What the embedded index holds it by (`search_cells_of`, in its migrations)."""
    row, column = cell
    return row * _ROUND + column


def _circle(latitude: float, km: float) -> Callable[[float], float]:
    """How many degrees of longitude it takes, on each side, of a parallel; 0 where it does not meet it."""
    high, wide, whole = sin(radians(latitude)), cos(radians(latitude)), cos(km / _EARTH_KM)

    def half_width(parallel: float) -> float:
        there = radians(parallel)
        turned = (whole - high * sin(there)) / (wide * cos(there))
        return degrees(acos(turned)) if turned < 1 else 0.0

    return half_width


def _column(longitude: float) -> int:
    return floor(longitude * CELLS_PER_DEGREE)


def _cell(row: int, column: int) -> Cell:
    half = _ROUND // 2
    return row, (column + half) % _ROUND - half
