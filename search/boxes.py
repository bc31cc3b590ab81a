"""A part of the map: between two meridians and two parallels, at a zoom."""

from dataclasses import dataclass
from math import asin, asinh, cos, degrees, isfinite, log2, pi, radians, sin, tan
from typing import Self

# The map is a square: nothing is drawn nearer to the poles (Web Mercator).
POLE = 85.0511
_RADIUS_KM = 6371.0  # a little less than the mean, so that a box holds its circle on any sphere
FARTHEST, NEAREST = 0, 22
_LEAST_SPREAD = 1e-9  # smaller than any zoom shows
# Cells of the grid: a quarter of a tile's side, 64 pixels; never more of them on a side of the box.
_CELLS_OF_A_TILE, _MOST_CELLS = 2, 16


@dataclass(frozen=True)
class Box:
    """Degrees, WGS 84; `west` ≤ `east`, `south` ≤ `north`."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> Self:
        """Of "west,south,east,north". ValueError for anything else, for what is inverted or off the world."""
        if not text.isascii() or "_" in text:  # float() takes more than degrees are written with
            raise ValueError(text)
        values = [float(value) for value in text.split(",")]
        if len(values) != 4 or not all(map(isfinite, values)):
            raise ValueError(text)
        west, south, east, north = values
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError(text)
        return cls(west, south, east, north)

    @classmethod
    def around(cls, longitude: float, latitude: float, km: float) -> Self:
        """What holds all that lies within so many km; cut at the antimeridian, and as wide as the world where
        it reaches a pole."""
        angle, parallel = km / _RADIUS_KM, radians(latitude)
        south, north = parallel - angle, parallel + angle
        reaches_a_pole = max(-south, north) >= pi / 2
        aside = 360.0 if reaches_a_pole else degrees(asin(min(1.0, sin(angle) / cos(parallel))))
        return cls(
            west=max(-180.0, longitude - aside),
            south=max(-90.0, degrees(south)),
            east=min(180.0, longitude + aside),
            north=min(90.0, degrees(north)),
        )

    @property
    def spread(self) -> float:
        """Its longer side on the map, as a part of the world's."""
        return max((self.east - self.west) / 360, _height(self.north) - _height(self.south))


def _height(latitude: float) -> float:
    """Where a parallel is on the map, from 0 to 1."""
    held = max(-POLE, min(POLE, latitude))
    return asinh(tan(radians(held))) / (2 * pi) + 0.5


def cells_on_a_side(box: Box, zoom: int) -> int:
    """Into how many cells the world's side is cut: those of `zoom`, or larger ones for a large box.

    A power of two, so that the cells stay where they are while the map is moved.
    """
    most = int(log2(_MOST_CELLS / max(box.spread, _LEAST_SPREAD)))
    return int(2 ** max(min(zoom + _CELLS_OF_A_TILE, most), 0))
