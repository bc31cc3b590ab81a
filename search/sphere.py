"""Distances on the sphere."""

from math import asin, cos, radians, sin, sqrt

from directory.cards import Coordinates

EARTH_KM = 6371.0


def kilometres(left: Coordinates, right: Coordinates) -> float:
    """Great-circle distance between two (longitude, latitude)."""
    (west, south), (east, north) = ((radians(x), radians(y)) for x, y in (left, right))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
