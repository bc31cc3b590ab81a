"""The drawing of the home page: the outline of the territory and a mesh of its towns, from our own data."""

from collections.abc import Callable
from itertools import combinations
from math import cos, hypot, radians

from directory.outlines import Position, Ring, department_rings, spaced, towns_of

WIDTH, MARGIN = 600.0, 8.0
_APART = (
    0.11  # degrees between two towns: enough of them to cover the territory, few enough to read as a mesh
)
_HUBS = 2  # a department: its largest towns
_LONGEST = 150  # a longer link would leave the territory
_STEP = 1.4  # outline points nearer than this are not seen at the size of the drawing

Plane = tuple[float, float]
Onto = Callable[[Position], Plane]


def mesh_svg(departments: list[str]) -> str:
    """A decorative SVG of these departments; an empty drawing when no file outlines any of them."""
    rings = [ring for code in departments for ring in department_rings(code)]
    if not rings:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'
    onto, height = _plane(rings)
    dots, hubs = _dots(departments, onto)
    view = f"{-MARGIN:g} {-MARGIN:g} {WIDTH + 2 * MARGIN:g} {height + 2 * MARGIN:.0f}"
    shapes = "".join(_outline([onto(position) for position in ring]) for ring in rings)
    lines = "".join(_line(one, other) for one, other in neighbours(dots))
    circles = "".join(_dot(dot, is_hub=dot in hubs) for dot in dots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{WIDTH:g}" height="{height:.0f}">'
        f'<g fill="#f1f6f4" stroke="#b7d2cf" stroke-width="2" stroke-linejoin="round">{shapes}</g>'
        f'<g stroke="#9cc3c1" stroke-width="1.5">{lines}</g>'
        f'<g stroke="#17595f" stroke-width="2.5">{circles}</g></svg>\n'
    )


def neighbours(dots: list[Plane]) -> list[tuple[Plane, Plane]]:
    """The Gabriel graph: two dots are linked when no third is in the circle between them. O(n³), n small."""
    return [
        (one, other)
        for one, other in combinations(dots, 2)
        if _length(one, other) < _LONGEST and not _is_between(one, other, dots)
    ]


def _is_between(one: Plane, other: Plane, dots: list[Plane]) -> bool:
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    radius = _length(one, other) / 2
    return any(_length(middle, third) < radius for third in dots if third not in (one, other))


def _dots(departments: list[str], onto: Onto) -> tuple[list[Plane], list[Plane]]:
    """All the towns drawn, and the hubs among them."""
    groups = [spaced(towns_of({code})[:70], _APART) for code in departments]
    towns = spaced([town for group in groups for town in group], _APART)
    hubs = [onto(town.position) for group in groups for town in group[:_HUBS]]
    return [onto(town.position) for town in towns], hubs


def _plane(rings: list[Ring]) -> tuple[Onto, float]:
    """The function from degrees to the drawing, and its height: plate carrée at the middle latitude."""
    longitudes = [x for ring in rings for x, _y in ring]
    latitudes = [y for ring in rings for _x, y in ring]
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    shrink = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)

    def onto(position: Position) -> Plane:
        return round((position[0] - west) * shrink * scale, 1), round((north - position[1]) * scale, 1)

    return onto, (north - south) * scale


def _outline(ring: list[Plane]) -> str:
    kept = ring[:1]
    for dot in ring[1:]:
        if _length(dot, kept[-1]) >= _STEP:
            kept.append(dot)
    return '<path d="M' + "L".join(f"{x:.0f} {y:.0f}" for x, y in kept) + 'Z"/>'


def _length(one: Plane, other: Plane) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _line(one: Plane, other: Plane) -> str:
    return f'<path d="M{one[0]:g} {one[1]:g}L{other[0]:g} {other[1]:g}"/>'


def _dot(dot: Plane, *, is_hub: bool) -> str:
    radius, fill = (8, "#17595f") if is_hub else (5.5, "#fff")
    return f'<circle cx="{dot[0]:g}" cy="{dot[1]:g}" r="{radius}" fill="{fill}"/>'
