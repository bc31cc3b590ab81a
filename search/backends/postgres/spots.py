"""What answers in a part of the map: each public point by itself, or counted on a grid. One statement.

PostgreSQL draws the map whatever engine answers the list: points are in its own index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from directory.visibility import Viewer, visible_services
from search.backends.base import Territory
from search.backends.postgres import candidates, statement
from search.backends.postgres.backend import answering, named
from search.backends.postgres.translating import NULL, Sql, all_of, in_box
from search.boxes import Box
from search.question import Question


@dataclass(frozen=True)
class Spot:
    """A public point of a service (its primary key)."""

    service: int
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Cell:
    """Several services near each other; `longitude` and `latitude` are the middle of their points."""

    count: int
    longitude: float
    latitude: float
    box: Box


@dataclass(frozen=True)
class Grid:
    """`cells`: how many the world's side is cut into. Up to `most` points are left alone, unless `always`."""

    cells: int
    most: int
    always: bool


@dataclass(frozen=True)
class SpotsFound:
    """`total`: the services that have a point in the box; `matched`: whether anything answers at all."""

    total: int
    matched: bool
    cells: tuple[Cell, ...]
    spots: tuple[Spot, ...]


def find_spots(
    question: Question,
    territory: Territory | None,
    viewer: Viewer,
    at: datetime,
    box: Box,
    grid: Grid,
    without: Sequence[str] = (),
) -> SpotsFound:
    """Of an understood question, as `Backend.find` answers it; `without`: public ids that are left out."""
    sql, params = spots_statement(question, territory, viewer, at, box, grid, without)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    told = {row[0]: row[1] for row in rows if row[0] in ("total", "matched")}
    return SpotsFound(
        total=told["total"],
        matched=bool(told["matched"]),
        cells=tuple(Cell(row[1], row[2], row[3], Box(*row[4:])) for row in rows if row[0] == "cell"),
        spots=tuple(Spot(*row[1:4]) for row in rows if row[0] == "spot"),
    )


def spots_statement(
    question: Question,
    territory: Territory | None,
    viewer: Viewer,
    at: datetime,
    box: Box,
    grid: Grid,
    without: Sequence[str] = (),
) -> Sql:
    """The SQL of `find_spots`, to be explained or run."""
    where = answering(question, territory, viewer, at)
    words = candidates.word_weights(question)
    if territory is None and not words:
        # By the index of points. Only where nothing else is counted on: the weight of words is among all.
        where = all_of([where, in_box("places", box)])
    missed = candidates.missed(question)
    worth: dict[str, Sql] = {"worth": ("1.0::float8", []), "km": NULL}
    answers, params = statement.kept(where, worth, [], missed, words, named(question))
    seen, seen_params = (
        visible_services(viewer)
        .searchable()
        .exclude(public_id__in=list(without))
        .order_by()
        .values("pk")
        .query.sql_with_params()
    )
    sql = _STATEMENT % {"answers": answers, "passing": statement.passing(bool(missed)), "seen": seen}
    corners = (box.west, box.east, box.south, box.north)
    return sql, [*params, grid.cells, grid.cells, *corners, *seen_params, grid.always, grid.most]


# The grid is that of map tiles (Web Mercator). What the index holds is decided again by the services' table.
_STATEMENT = """%(answers)s,
passed AS (SELECT pk FROM kept%(passing)s),
spots AS MATERIALIZED (
  SELECT pk, lon, lat, floor((lon + 180) / 360 * %%s) AS x,
    floor((1 - asinh(tan(radians(greatest(-85.05, least(85.05, lat))))) / pi()) / 2 * %%s) AS y
  FROM (
    SELECT passed.pk, ST_X(dumped.geom) AS lon, ST_Y(dumped.geom) AS lat
    FROM passed JOIN search_searchentry AS entry ON entry.service_id = passed.pk,
      LATERAL ST_Dump(entry.places::geometry) AS dumped
  ) AS points
  WHERE lon BETWEEN %%s AND %%s AND lat BETWEEN %%s AND %%s AND pk IN (%(seen)s)
),
cells AS (
  SELECT x, y, count(DISTINCT pk) AS held, avg(lon) AS lon, avg(lat) AS lat,
    min(lon) AS west, min(lat) AS south, max(lon) AS east, max(lat) AS north
  FROM spots GROUP BY x, y
),
drawn AS (SELECT %%s OR count(*) > %%s AS as_cells FROM spots)
SELECT 'total', count(DISTINCT pk), NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8,
  NULL::float8 FROM spots
UNION ALL SELECT 'matched', (EXISTS (SELECT FROM passed))::int, NULL, NULL, NULL, NULL, NULL, NULL
UNION ALL (SELECT 'cell', held, cells.lon, cells.lat, west, south, east, north
  FROM cells, drawn WHERE as_cells AND held > 1 ORDER BY held DESC, x, y)
UNION ALL (SELECT 'spot', pk, spots.lon, spots.lat, NULL, NULL, NULL, NULL
  FROM spots JOIN cells USING (x, y), drawn WHERE NOT as_cells OR held = 1
  ORDER BY pk, spots.lon, spots.lat)"""
