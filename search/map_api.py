"""`GET /api/v1/map`: what a question answers in the part of the map that is looked at."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja import Router

from directory import serializers
from directory.api import check_rate
from directory.problems import Problem
from search.backends.postgres.spots import Cell
from search.boxes import FARTHEST, NEAREST, Box
from search.forms import Params, SearchForm, params_of
from search.map_points import MapPoint, MapView, View, map_view
from search.question import MAX_LIMIT
from search.tokens import Expired, unseal

router = Router(tags=["recherche"])


@router.get("/map", url_name="map", summary="Ce qui répond dans une partie de la carte")
def map_points(
    request: HttpRequest, bbox: str = "", zoom: str = "", recherche: str = "", sauf: str = ""
) -> dict[str, Any]:
    """With the parameters of `/search`; or `recherche`, the part of a search's address that stands for them.

    `bbox`: west,south,east,north in degrees. `zoom`: that of the map, 0 to 22. `sauf`: ids of services shown
    already, separated by commas. Services near each other are counted together (`clusters`), unless the map
    is near and they are few; a service with several public points has several `points`, and counts once.
    """
    check_rate(request, "map")
    view = View(_box(bbox), _zoom(zoom), tuple(sauf.replace("\x00", "").split(",")[:MAX_LIMIT]))
    asked = SearchForm(_params(request, recherche)).asked()
    found = map_view(asked.question, request.viewer, view, knowledge=asked.knowledge)
    return view_json(found, is_rest=bool(sauf))


def _params(request: HttpRequest, token: str) -> Params:
    if not token:
        return params_of(request.GET)
    try:
        return unseal(token)
    except Expired as error:
        detail = _("Cette recherche a expiré : refaites-la pour voir les autres services sur la carte.")
        raise Problem(410, _("Recherche expirée"), detail) from error


def _box(text: str) -> Box:
    try:
        return Box.read(text)
    except ValueError as error:
        detail = _(
            "Donnez dans « bbox » quatre nombres séparés par des virgules, en degrés : ouest,sud,est,nord "
            "(par exemple 5.2,44.7,6.4,45.9), l’ouest avant l’est et le sud avant le nord."
        )
        raise Problem(400, _("Partie de carte mal formée"), detail) from error


def _zoom(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 3 and FARTHEST <= int(text) <= NEAREST:
        return int(text)
    detail = _("Donnez dans « zoom » un nombre entier de %(least)d à %(most)d.")
    raise Problem(400, _("Partie de carte mal formée"), detail % {"least": FARTHEST, "most": NEAREST})


def view_json(found: MapView, is_rest: bool) -> dict[str, Any]:
    """`is_rest`: some are shown already."""
    return {
        "total": found.total,
        "message": _said(found.total, is_rest),
        "clusters": [_cluster_json(cell) for cell in found.clusters],
        "points": [_point_json(point) for point in found.points],
    }


def _said(total: int, is_rest: bool) -> str:
    if not total:
        return _("Aucun autre service dans cette vue.") if is_rest else _("Aucun service dans cette vue.")
    if is_rest:
        text = ngettext(
            "%(count)d autre service dans cette vue.", "%(count)d autres services dans cette vue.", total
        )
    else:
        text = ngettext("%(count)d service dans cette vue.", "%(count)d services dans cette vue.", total)
    return text % {"count": total}


def _cluster_json(cell: Cell) -> dict[str, Any]:
    label = ngettext("%(count)d service", "%(count)d services", cell.count) % {"count": cell.count}
    box = cell.box
    return {
        "count": cell.count,
        "label": label,
        "center": [round(cell.longitude, 5), round(cell.latitude, 5)],
        "bbox": [box.west, box.south, box.east, box.north],
    }


def _point_json(point: MapPoint) -> dict[str, Any]:
    feature = serializers.feature_of(point.card, point.place)
    return {**feature["properties"], "point": feature["geometry"]["coordinates"]}
