"""Outlines to draw with: read from the shipped files, in degrees."""

from pytest_django import Settings

from directory import outlines


def test_a_department_is_where_it_is() -> None:
    (ring,) = outlines.department_rings("05")
    longitudes, latitudes = zip(*ring, strict=True)
    assert ring[0] == ring[-1]
    assert 5.3 < min(longitudes) < max(longitudes) < 7.2
    assert 44.1 < min(latitudes) < max(latitudes) < 45.2


def test_departments_without_a_detailed_file_are_drawn_from_the_map_of_france() -> None:
    assert outlines.department_rings("69")
    assert not outlines.department_rings("999")


def test_the_deployment_builds_what_it_maps(settings: Settings) -> None:
    settings.MAP_DEPARTMENTS = ["05", "75", "92", "69"]
    assert outlines.sheets() == ("05", "idf", "fr")
    assert outlines.sheet_of("05") == "05"
    assert outlines.sheet_of("93") == "idf"
    assert outlines.sheet_of("69") == "fr"
    assert outlines.sheet_of("38") == "fr"  # a detailed file exists, and is not built here


def test_a_drawing_names_the_towns_that_orient() -> None:
    names = [name for name, _longitude, _latitude in outlines.drawing("05")["towns"]]
    assert names[:2] == ["Gap", "Briançon"]
    assert len(names) <= 40


def test_towns_keep_their_distance() -> None:
    towns = outlines.spaced(outlines.towns_of({"05"}), 0.1)
    positions = [town.position for town in towns]
    assert len(positions) > 5
    assert all(
        abs(one[0] - other[0]) + abs(one[1] - other[1]) > 0.09
        for number, one in enumerate(positions)
        for other in positions[:number]
    )
