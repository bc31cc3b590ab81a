"""Cells tell what a circle holds: never less, never more, whatever is measured at its edge."""

import random

import pytest

from search.answer import kilometres
from search.backends.elastic.cells import MOST_KM, cell_of, cells_around
from tests.territory import at_distance

PLACES = {
    "Embrun": (6.495, 44.564),
    "Dunkerque": (2.377, 51.034),
    "Saint-Denis de La Réunion": (55.448, -20.879),
    "Futuna, near the antimeridian": (-178.1, -14.3),
    "on a corner": (5.0, 45.0),
}


@pytest.mark.parametrize("km", [1, 5, 10, 20, 50, MOST_KM])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_what_is_in_a_cell_within_is_near_and_what_is_in_none_is_not(
    place: tuple[float, float], km: int
) -> None:
    chance = random.Random(km)
    within, edge = map(set, cells_around(*place, km))
    assert not within & edge
    for _ in range(300):
        spot = at_distance(place, chance.uniform(0, 1.5 * km), chance.uniform(0, 360))
        cell, is_near = cell_of(*spot), kilometres(place, spot) <= km
        assert is_near or cell not in within
        assert not is_near or cell in within | edge


def test_most_of_a_wide_circle_is_known_without_measuring() -> None:
    within, edge = cells_around(5.59, 45.36, 50)
    assert len(within) > len(edge)


def test_cells_go_round_the_earth() -> None:
    assert cell_of(179.99, 0.05) == "0,1799"
    assert cell_of(-180.0, 0.05) == cell_of(180.0, 0.05) == "0,-1800"
    assert cell_of(179.99, 0.05) in set().union(*cells_around(-179.99, 0.05, 20))


def test_a_place_is_sent_with_its_cells() -> None:
    assert (cell_of(5.59, 45.36), cell_of(-0.05, -0.05)) == ("453,55", "-1,-1")
