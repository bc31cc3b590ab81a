"""A box around a point holds its circle, and little more."""

import pytest

from search.boxes import Box
from tests.territory import at_distance

PLACES = {
    "Gap": (6.08, 44.56),
    "Saint-Denis, south of the equator": (55.45, -20.88),
    "Saint-Pierre, west of Greenwich": (-56.18, 46.78),
    "far north": (20.0, 69.0),
}


def holds(box: Box, point: tuple[float, float]) -> bool:
    return box.west <= point[0] <= box.east and box.south <= point[1] <= box.north


@pytest.mark.parametrize("origin", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("km", [1, 50, 500])
def test_around_a_point_it_holds_the_circle_and_little_more(origin: tuple[float, float], km: int) -> None:
    box = Box.around(*origin, km)
    within = km * (1 - 1e-9)
    assert all(holds(box, at_distance(origin, within, bearing)) for bearing in range(0, 360, 5))
    # Farthest east and west of a circle are not on its centre's parallel.
    farther = km * (1.02 if km < 500 else 1.3)
    assert not any(holds(box, at_distance(origin, farther, bearing)) for bearing in (0, 90, 180, 270))


def test_it_stays_on_the_world() -> None:
    wallis, pole = Box.around(-179.9, -13.3, 100), Box.around(5.0, 89.9, 50)
    assert (wallis.west, wallis.east < -178) == (-180.0, True)
    assert (pole.west, pole.east, pole.north) == (-180.0, 180.0, 90.0)
