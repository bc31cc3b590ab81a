"""Cells tell what a circle holds: never less, never more, whatever is measured at its edge."""

import random

import pytest
from django.contrib.gis.geos import MultiPoint, Point
from django.contrib.gis.measure import D
from django.db import connection
from django.db.models import Q

from search.backends.cells import cell_of, cells_around, number_of
from search.backends.postgres.translating import MOST_KM, translated
from search.models import SearchEntry
from search.sphere import kilometres
from tests.territory import at_distance

PLACES = {
    "Embrun": (6.495, 44.564),
    "Dunkerque": (2.377, 51.034),
    "Saint-Denis de La Réunion": (55.448, -20.879),
    "Futuna, near the antimeridian": (-178.1, -14.3),
    "on a corner": (5.0, 45.0),
}


@pytest.mark.parametrize("km", [1, 5, 10, 20, 60, MOST_KM])
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
    assert cell_of(179.99, 0.05) == (0, 1799)
    assert cell_of(-180.0, 0.05) == cell_of(180.0, 0.05) == (0, -1800)
    assert cell_of(179.99, 0.05) in set().union(*cells_around(-179.99, 0.05, 20))


def test_the_cell_of_a_place() -> None:
    assert (cell_of(5.59, 45.36), cell_of(-0.05, -0.05)) == ((453, 55), (-1, -1))


# --- As the embedded index has them -------------------------------------------------------------------------


def entry(number: int, spots: list[tuple[float, float]]) -> SearchEntry:
    places = MultiPoint([Point(spot) for spot in spots], srid=4326) if spots else None
    return SearchEntry(service_id=-number, organisation_id=1, text="", places=places)


def numbers(spots: list[tuple[float, float]]) -> list[int]:
    return sorted({number_of(cell_of(*spot)) for spot in spots})


def spots_around(place: tuple[float, float], km: float, count: int) -> list[tuple[float, float]]:
    """On either side of the circle, near its edge or not."""
    chance = random.Random(count)
    shares = (0.2, 0.9, 0.99, 0.9999, 1.0001, 1.01, 1.1, 1.8)
    found = [
        at_distance(place, km * shares[number % len(shares)], chance.uniform(0, 360))
        for number in range(count)
    ]
    return [((longitude + 180) % 360 - 180, latitude) for longitude, latitude in found]


@pytest.mark.django_db
def test_the_database_numbers_cells_as_we_do_whoever_writes() -> None:
    spots = [spot for place in PLACES.values() for spot in spots_around(place, 20, 40)]
    spots += [(180.0, 0.05), (-180.0, 0.05), (0.0, 0.0), (-0.05, -0.05)]
    groups = [spots[first : first + 3] for first in range(0, len(spots), 3)]
    SearchEntry.objects.bulk_create(entry(number, held) for number, held in enumerate(groups, 1))
    kept = dict(SearchEntry.objects.values_list("pk", "cells"))
    assert kept == {-number: numbers(held) for number, held in enumerate(groups, 1)}
    SearchEntry.objects.filter(pk=-1).update(places=MultiPoint(Point(5.59, 45.36), srid=4326))
    SearchEntry.objects.filter(pk=-2).update(places=None)
    assert SearchEntry.objects.get(pk=-1).cells == numbers([(5.59, 45.36)])
    assert SearchEntry.objects.get(pk=-2).cells is None


@pytest.mark.django_db
@pytest.mark.parametrize("km", [1, 20, MOST_KM, MOST_KM + 1])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_the_index_finds_what_is_near_and_nothing_else(place: tuple[float, float], km: int) -> None:
    spots = spots_around(place, km, 120)
    SearchEntry.objects.bulk_create(entry(number, [spot]) for number, spot in enumerate(spots, 1))
    SearchEntry.objects.bulk_create([entry(1000, [])])
    sql, params = translated(Q(places__dwithin=(Point(place, srid=4326), D(km=km))))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT service_id FROM search_searchentry WHERE {sql}", params)
        found = {-pk for (pk,) in cursor.fetchall()}
    assert found == {number for number, spot in enumerate(spots, 1) if kilometres(place, spot) <= km}
