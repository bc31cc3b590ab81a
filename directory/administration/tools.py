"""Small answers that the forms' scripts ask for: suggestions, hours understood, outlines. Keepers only."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from directory.administration.choices import department_choices
from directory.administration.fields import areas_like
from directory.administration.widgets import describe
from directory.commune_lists import commune_in, communes_to_text
from directory.gazetteer import suggest
from directory.hours import HoursError, parse_hours
from directory.outlines import department_rings, spaced, towns_of

MAX = 255
TOWN_SPACING = 0.03  # degrees
SCALE = 10_000


@require_POST
def hours(request: HttpRequest) -> JsonResponse:
    """`said`: what was understood; `refused`: what to write instead."""
    text = request.POST.get("text", "")[:MAX]
    try:
        parse_hours(text)
    except HoursError as error:
        return JsonResponse({"said": "", "refused": str(error)})
    return JsonResponse({"said": describe(text), "refused": ""})


@require_POST
def communes(request: HttpRequest) -> JsonResponse:
    found = suggest(request.POST.get("text", "")[:80])
    return JsonResponse({"choices": [communes_to_text([one]) for one in found]})


@require_POST
def areas(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"choices": [area.name for area in areas_like(request.POST.get("text", "")[:80])]})


@require_POST
def commune_point(request: HttpRequest) -> JsonResponse:
    """Where the commune typed is, to open the map there: [latitude, longitude] or null."""
    try:
        commune = commune_in(request.POST.get("text", "")[:80], request.viewer.coordinates)
    except ValidationError:
        commune = None
    point = commune.point if commune else None
    return JsonResponse({"point": [round(point.y, 5), round(point.x, 5)] if point else None})


@require_GET
def outlines(request: HttpRequest) -> JsonResponse:
    """The departments kept, as rings of [latitude, longitude] in 1/SCALE of a degree, and their towns."""
    codes = [code for code, _name in department_choices(request.viewer)]
    codes = codes if len(codes) <= 5 else []
    rings = [_turned(ring) for code in codes for ring in department_rings(code)]
    towns = spaced(towns_of(set(codes)), TOWN_SPACING) if codes else []
    named = [[town.name, *_whole(town.position)] for town in towns]
    return JsonResponse({"scale": SCALE, "rings": rings, "towns": named})


def _turned(ring: list[tuple[float, float]]) -> list[Any]:
    return [_whole(position) for position in ring]


def _whole(position: tuple[float, float]) -> list[int]:
    """(longitude, latitude) → [latitude, longitude], as whole numbers."""
    return [round(degrees * SCALE) for degrees in position[::-1]]


urlpatterns = [
    path("horaires/", hours, name="hours"),
    path("communes/", communes, name="communes"),
    path("territoires/", areas, name="areas"),
    path("commune/", commune_point, name="commune_point"),
    path("contours/", outlines, name="outlines"),
]
