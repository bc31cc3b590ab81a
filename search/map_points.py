"""question + a part of the map → what is drawn there: what the list says through its pages, and no more.

Only public points, whoever reads: clusters count those of the index, points alone come through cards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from directory.cards import Coordinates, PlaceCard, ServiceCard, card_for_index
from directory.visibility import Viewer, visible_services
from search.asking import asking_of
from search.backends.base import Leading, Territory
from search.backends.postgres.spots import Cell, Grid, Spot, SpotsFound, find_spots
from search.boxes import Box, cells_on_a_side
from search.knowledge import Knowledge
from search.ladder import wider_territory
from search.question import Question

MOST_POINTS = 200
# From this zoom on points are left alone, up to MOST_POINTS: a street is as long as a few of them.
STREETS = 13


@dataclass(frozen=True)
class View:
    """What of the map is looked at. `without`: ids of services that the page draws already."""

    box: Box
    zoom: int
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapPoint:
    card: ServiceCard
    place: PlaceCard


@dataclass(frozen=True)
class MapView:
    """`total`: the services of the answer that have a public point in the box, each once."""

    total: int
    clusters: tuple[Cell, ...]
    points: tuple[MapPoint, ...]


def map_view(
    question: Question,
    viewer: Viewer,
    view: View,
    at: datetime | None = None,
    knowledge: Knowledge | None = None,
) -> MapView:
    """What answers `question` in `view`, for `viewer`.

    The queries of `asking_of`, one for the points (two when nothing is near), five for the cards of points.
    Who leads changes nothing on a map: the doors are not asked for.
    """
    seen_from = at or timezone.now()
    asking = asking_of(question, viewer, seen_from, knowledge or Knowledge())
    if asking.is_number_alone:
        return MapView(0, (), ())
    asked = asking.led(Leading())
    found = _found(asked, asking.territory, viewer, seen_from, view)
    wider = None if found.matched else wider_territory(asked, asking.territory)
    if wider:
        found = _found(asked, wider, viewer, seen_from, view)
    return MapView(found.total, found.cells, tuple(_points(found.spots, viewer)))


def _found(
    question: Question, territory: Territory | None, viewer: Viewer, at: datetime, view: View
) -> SpotsFound:
    grid = Grid(cells_on_a_side(view.box, view.zoom), MOST_POINTS, always=view.zoom < STREETS)
    return find_spots(question, territory, viewer, at, view.box, grid, view.without)


def _points(spots: Sequence[Spot], viewer: Viewer) -> Iterable[MapPoint]:
    """The points that the database still lets everybody know, of the services that it lets `viewer` see."""
    wanted: dict[int, set[Coordinates]] = {}
    for spot in spots:
        wanted.setdefault(spot.service, set()).add((round(spot.longitude, 5), round(spot.latitude, 5)))
    if not wanted:
        return
    for service in visible_services(viewer).searchable().for_cards().in_order_of(wanted):
        card = card_for_index(service)
        for point, place in _public_places(card).items():
            if point in wanted[service.pk]:
                yield MapPoint(card, place)


def _public_places(card: ServiceCard) -> Mapping[Coordinates, PlaceCard]:
    """One place for each point: the first that is shown there."""
    places = [place for place in card.places if place.point]
    return {place.point: place for place in reversed(places) if place.point}
