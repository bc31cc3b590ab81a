"""Cells of a tenth of a degree, by which the server tells what is near and declares no coverage.

Its own circle is prepared anew by each request (thousands of squares compared, a millisecond): longer than
the rest of a small question. The names of cells are looked up as words, and only what stands in a cell at
the edge of the circle is measured. For all entries of a nation, words are longer to read than the circle to
prepare.
"""

from collections.abc import Callable
from math import acos, ceil, cos, degrees, floor, radians, sin
from typing import NamedTuple

CELLS_PER_DEGREE = 10
# Beyond, they are too many words.
MOST_KM = 60

_EARTH_KM = 6371.0088
# A cell that the circle nearly touches or nearly holds counts as one at the edge.
_NEARLY = 0.01
_ROUND = 360 * CELLS_PER_DEGREE


class Cells(NamedTuple):
    """`within`: wholly in the circle; `edge`: in part, or nearly."""

    within: tuple[str, ...]
    edge: tuple[str, ...]


def cell_of(longitude: float, latitude: float) -> str:
    """Degrees."""
    return _named(floor(latitude * CELLS_PER_DEGREE), _column(longitude))


def cells_around(longitude: float, latitude: float, km: float) -> Cells:
    """Those that a circle holds or touches. At most MOST_KM, and not around a pole."""
    touched, held = (_circle(latitude, km * share) for share in (1 + _NEARLY, 1 - _NEARLY))
    reach = ceil(degrees(km * (1 + _NEARLY) / _EARTH_KM) * CELLS_PER_DEGREE)
    home = floor(latitude * CELLS_PER_DEGREE)
    within: list[str] = []
    edge: list[str] = []
    for row in range(home - reach, home + reach + 1):
        south, north = row / CELLS_PER_DEGREE, (row + 1) / CELLS_PER_DEGREE
        half = max(touched(south), touched(north), touched(latitude) if row == home else 0.0)
        if half:
            whole = min(held(south), held(north))
            inner = range(_column(longitude - whole) + 1, _column(longitude + whole))
            for column in range(_column(longitude - half), _column(longitude + half) + 1):
                (within if column in inner else edge).append(_named(row, column))
    return Cells(tuple(within), tuple(edge))


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


def _named(row: int, column: int) -> str:
    half = _ROUND // 2
    return f"{row},{(column + half) % _ROUND - half}"
