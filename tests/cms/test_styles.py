"""What the browser fetches from us is whole, and fetches nothing else."""

import json
import re

import pytest
from pytest_django import Settings

from cms import styles
from cms.management.commands.build_styles import built_files
from cms.mesh import mesh_svg, neighbours


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return dict(built_files())


def test_the_sheets_fetch_nothing(built: dict[str, str]) -> None:
    for name in ("maillage.css", "carte.css"):
        assert "@font-face" not in built[name]
        assert "@import" not in built[name]
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,12})", built[name])
        assert not [address for address in addresses if not address.startswith("data:image")]


def test_the_sheet_holds_what_the_pages_use(built: dict[str, str]) -> None:
    for selector in (".fr-skiplinks", ".fr-input", ".m-exit", ".m-res", ".m-options", ".m-note"):
        assert selector in built["maillage.css"]
    assert ".leaflet-pane" in built["carte.css"]
    assert ".m-marker" in built["carte.css"]


def test_what_is_dropped_and_what_stays() -> None:
    css = (
        '@font-face{src:url(a.woff)} a{color:red;mask-image:url("../i.svg");top:0}'
        " b{background:url(data:image/png;base64,x)}"
    )
    kept = styles.without_fetches(css)
    assert "a.woff" not in kept
    assert "i.svg" not in kept
    assert "color:red" in kept
    assert "top:0" in kept
    assert "data:image/png" in kept


def test_shortening_keeps_the_meaning() -> None:
    assert styles.shorten("a { margin: calc(1px + 2px); }\n b > i, u { top: 0; }") == (
        "a{margin: calc(1px + 2px)}b>i,u{top: 0}"
    )


def test_the_drawings_are_those_of_the_deployment(built: dict[str, str]) -> None:
    assert {"carte-38.json", "carte-05.json", "carte-04.json", "carte-fr.json"} <= built.keys()
    drawing = json.loads(built["carte-05.json"])
    assert {"arcs", "transform", "objects", "towns"} <= drawing.keys()


def test_the_mesh_draws_the_territory(built: dict[str, str], settings: Settings) -> None:
    assert built["maille.svg"].count("<circle") > 15
    assert "<script" not in built["maille.svg"]
    assert mesh_svg(["69"]).count("<path") > 5


def test_neighbours_leave_no_dot_between_them() -> None:
    dots = [(0.0, 0.0), (10.0, 0.0), (5.0, 1.0)]
    assert ((0.0, 0.0), (10.0, 0.0)) not in neighbours(dots)
    assert len(neighbours(dots)) == 2
