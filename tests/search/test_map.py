"""What the map is given: the services of the list, by their public points, in the part that is looked at."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.models import Commune, Service
from directory.visibility import ANONYMOUS, Kind, Viewer
from search import indexing
from search.backends.postgres.spots import Grid, spots_statement
from search.boxes import Box, cells_on_a_side
from search.map_points import MapView, View, map_view
from search.models import SearchEntry
from search.question import Question
from search.types import types_in_use
from tests.factories import PlaceFactory, ServiceFactory
from tests.territory import GAP, GRENOBLE, VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
FRANCE = Box(-5.2, 41.3, 9.6, 51.1)
AROUND_GRENOBLE = Box(5.6, 45.1, 5.9, 45.3)
PROFESSIONAL = Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"38"}))
COORDINATOR = Viewer(Kind.COORDINATOR, coordinates=frozenset({"38"}))


def at_point(longitude: float, latitude: float, **values: Any) -> Service:
    service = ServiceFactory(**values)
    PlaceFactory(service=service, commune__insee=GRENOBLE, point=(longitude, latitude))
    return service


def look(box: Box = FRANCE, zoom: int = 18, viewer: Viewer = ANONYMOUS, **asked: Any) -> MapView:
    without = asked.pop("without", ())
    return map_view(Question(**asked), viewer, View(box, zoom, without))


def names(found: MapView) -> list[str]:
    return [point.card.name for point in found.points]


def counted(found: MapView) -> int:
    """Where no service has two points, clusters and points are the services, each once."""
    return sum(cell.count for cell in found.clusters) + len(found.points)


# --- Where ------------------------------------------------------------------------------------------------


def test_only_what_is_in_the_box() -> None:
    at_point(5.72, 45.19, name="Dedans")
    ServiceFactory(name="Dehors", at=GAP)
    ServiceFactory(name="Sans lieu")
    indexing.rebuild()
    found = look(AROUND_GRENOBLE)
    assert names(found) == ["Dedans"]
    assert (found.total, found.points[0].place.point, found.points[0].place.precision) == (
        1,
        (5.72, 45.19),
        "address",
    )


def test_the_sides_are_meridians_and_parallels() -> None:
    """A straight side on the globe would leave out what is near the middle of a wide box's southern one."""
    at_point(2.2, 45.01)
    at_point(2.2, 45.99)
    indexing.rebuild()
    assert look(Box(-20, 45, 24.4, 46)).total == 2


def test_near_each_other_they_are_counted_together_and_zooming_in_parts_them() -> None:
    for step in range(6):
        at_point(5.72 + step / 1000, 45.19)
    at_point(5.9, 45.9)
    indexing.rebuild()
    far = look(zoom=6)
    assert [(cell.count, cell.box.west, cell.box.east) for cell in far.clusters] == [(7, 5.72, 5.9)]
    assert far.points == ()
    nearer = look(Box(5, 45, 6, 46), zoom=9)
    assert ([cell.count for cell in nearer.clusters], len(nearer.points)) == ([6], 1)
    assert nearer.clusters[0].longitude == pytest.approx(5.7225)
    cell = nearer.clusters[0].box
    near = look(cell, zoom=16)
    assert (near.clusters, len(near.points), near.total) == ((), 6, 6)


def test_many_are_counted_together_however_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.map_points.MOST_POINTS", 4)
    for step in range(5):
        at_point(5.72 + step / 1_000_000, 45.19)
    indexing.rebuild()
    found = look(AROUND_GRENOBLE, zoom=18)
    assert ([cell.count for cell in found.clusters], found.points, found.total) == ([5], (), 5)


def test_a_service_with_two_places_counts_once() -> None:
    ServiceFactory(name="Deux lieux", at=[VOIRON, GRENOBLE])
    indexing.rebuild()
    found = look()
    assert (found.total, names(found)) == (1, ["Deux lieux", "Deux lieux"])
    assert len({point.place.point for point in found.points}) == 2


def test_never_more_cells_than_a_screen_holds() -> None:
    for zoom in range(23):
        for box in (FRANCE, AROUND_GRENOBLE, Box(-180, -90, 180, 90)):
            assert cells_on_a_side(box, zoom) * box.spread <= 16
    assert cells_on_a_side(Box(5.7, 45.1, 5.7, 45.1), 10) == 2**12


# --- What: that of the list -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"lieu": "insee:38185"},
        {"lieu": "insee:38185", "rayon": "5"},
        {"lieu": "38"},
        {"q": "écoute", "lieu": "Grenoble"},
        {"q": "écoute femmes battues"},
        {"public": ["femmes"]},
        {"type": ["crip"], "lieu": "Voiron"},
        {"ouvert": "ce-soir"},
        {"langue": ["ar"]},
        {"lieu": "insee:05061"},  # nothing near but what is found a little wider
    ],
)
def test_it_counts_what_the_list_holds(client: Client, asked: dict[str, Any]) -> None:
    for number in range(4):
        at_point(5.7 + number / 50, 45.2, name=f"Écoute {number}", hours="Mo-Su 18:00-23:00")
    at_point(5.71, 45.18, women=True, name="Femmes battues", languages=["fr", "ar"])
    ServiceFactory(type_slug="crip", at=VOIRON)
    ServiceFactory(name="À 40 km de Gap", at="05046", department="05")
    for reserved in ("reserved", "team", "draft", "closed"):
        ServiceFactory(at=GRENOBLE, **{reserved: True})
    indexing.rebuild()
    listed = client.get("/api/v1/search", asked | {"limit": "100"}).json()
    drawn = client.get("/api/v1/map", asked | {"bbox": "-5.2,41.3,9.6,51.1", "zoom": "18"}).json()
    in_list = {one["id"] for one in listed["services"] if one["point"]}
    assert listed["total"] == len(in_list) == drawn["total"]
    assert {one["id"] for one in drawn["points"]} == in_list


def test_what_the_page_shows_is_left_out(client: Client) -> None:
    shown = at_point(5.72, 45.19)
    at_point(5.721, 45.191, name="Un autre")
    indexing.rebuild()
    assert look(zoom=6).total == 2
    rest = look(zoom=6, without=(shown.public_id, "rien"))
    assert (rest.total, rest.clusters, names(rest)) == (1, (), ["Un autre"])
    place = {"bbox": "5,45,6,46", "zoom": "6"}
    assert client.get("/api/v1/map", place).json()["message"] == "2 services dans cette vue."
    told = client.get("/api/v1/map", place | {"sauf": f"{shown.public_id},\x00"}).json()
    assert told["message"] == "1 autre service dans cette vue."
    assert set(told["points"][0]) == {"id", "url", "name", "type", "commune", "precision", "point"}


# --- For whom ---------------------------------------------------------------------------------------------


def test_what_is_reserved_is_neither_drawn_nor_counted() -> None:
    at_point(5.72, 45.19, name="Public")
    at_point(5.7201, 45.19, name="Réservé", reserved=True)
    at_point(5.7202, 45.19, name="Équipe", team=True)
    at_point(6.08, 44.56, name="Réservé ailleurs", reserved=True, department="05")
    at_point(5.7203, 45.19, name="Brouillon", draft=True)
    indexing.rebuild()
    for viewer, count in ((ANONYMOUS, 1), (PROFESSIONAL, 2), (COORDINATOR, 3)):
        assert counted(look(zoom=6, viewer=viewer)) == look(viewer=viewer).total == count, viewer
        assert len(names(look(viewer=viewer))) == count
    assert look(Box(6, 44.5, 6.2, 44.6), viewer=COORDINATOR).total == 0
    assert names(look()) == ["Public"]


def test_what_hides_has_no_point_for_anybody() -> None:
    shelter = ServiceFactory(hidden=True)
    PlaceFactory(service=shelter, never=True, commune__insee=VOIRON)
    never = ServiceFactory()
    PlaceFactory(service=never, never=True, commune__insee=VOIRON)
    indexing.rebuild()
    everything = Viewer(Kind.ADMINISTRATOR)
    assert look(viewer=everything).total == 0


def test_an_address_that_hides_is_at_the_town_hall_for_everybody() -> None:
    town_hall = Commune.objects.get(pk=GRENOBLE).point
    for visibility in ("professionals", "by_phone", "commune_only"):
        service = ServiceFactory()
        PlaceFactory(service=service, commune__insee=GRENOBLE, point=(5.9123, 45.9123), **{visibility: True})
    indexing.rebuild()
    assert look(Box(5.91, 45.91, 5.92, 45.92), viewer=COORDINATOR).total == 0
    found = look(viewer=COORDINATOR)
    assert {point.place.point for point in found.points} == {(round(town_hall.x, 5), round(town_hall.y, 5))}
    assert {(point.place.precision, point.place.street) for point in found.points} == {("commune", "")}


def test_the_database_decides_again_whatever_the_index_holds() -> None:
    """Withdrawn, reserved or hidden since: a late index draws and counts nothing of it."""
    hidden = [at_point(5.72, 45.19) for _number in range(3)]
    stays = at_point(5.72, 45.19, name="Reste")
    moved = at_point(5.73, 45.19, name="Cachée depuis")
    indexing.rebuild()
    Service.objects.filter(pk=hidden[0].pk).update(live=False)
    Service.objects.filter(pk=hidden[1].pk).update(audience="professionnels")
    Service.objects.filter(pk=hidden[2].pk).update(state="ferme")
    moved.places.update(address_visibility="commune")
    assert SearchEntry.objects.count() == 5
    assert names(look()) == [stays.name]
    assert counted(look(zoom=8)) == 2


# --- At what cost ------------------------------------------------------------------------------------------


def test_as_many_queries_for_a_hundred_points(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        at_point(5.7 + number / 1000, 45.19)
    indexing.rebuild()
    types_in_use()  # read once by each process
    with django_assert_num_queries(7):  # whether the types, the points, five for the cards
        assert len(look().points) == 30
    with django_assert_num_queries(2):
        assert [cell.count for cell in look(zoom=5).clusters] == [30]


def test_what_is_in_the_box_is_found_by_its_index() -> None:
    rows = [
        SearchEntry(
            service_id=-number - 1,
            organisation_id=1,
            audience="public",
            department="38",
            sort_name=f"service {number}",
            clock="38",
            places=f"SRID=4326;MULTIPOINT({-4 + number % 120 / 10} {42 + number // 120 / 10})",
            text="'mot':1A",
        )
        for number in range(6000)
    ]
    SearchEntry.objects.bulk_create(rows)
    sql, params = spots_statement(
        Question(), None, ANONYMOUS, timezone.now(), AROUND_GRENOBLE, Grid(2**12, 200, always=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchentry")
        cursor.execute("EXPLAIN " + sql, params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "entry_spots" in plan
    assert "Seq Scan on search_searchentry" not in plan
