"""The directory as JSON: services, organisations, types, numbers, communes (contract.md)."""

from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router

from directory import serializers
from directory.cards import card_for
from directory.gazetteer import suggest
from directory.helplines import displayed_helplines
from directory.models import ActorType, Organisation
from directory.problems import Problem
from directory.throttle import seconds_to_wait
from directory.visibility import visible_services

router = Router(tags=["annuaire"])
# Longer than any identifier of ours; PostgreSQL refuses a NUL in a text, and nothing of ours holds one.
_LONGEST_KEY = 60
# Half a second of cards.
_PAGE_LENGTH = 1000
_PAGE = Annotated[int, Query(ge=1, le=10_000)]


def check_rate(request: HttpRequest, kind: str = "search", times: int = 1) -> None:
    """Raises a 429 Problem when the reader asks too often."""
    wait = seconds_to_wait(request, kind, times=times)
    if wait:
        detail = _("Trop de demandes : réessayez dans %(seconds)d secondes.") % {"seconds": wait}
        raise Problem(429, _("Trop de demandes"), detail, {"Retry-After": str(wait)})


def _key(text: str) -> str:
    return text.replace("\x00", "")[:_LONGEST_KEY]


def _missing(what: str) -> Problem:
    return Problem(404, _("Introuvable"), what)


@router.get(
    "/services.geojson",
    url_name="geojson",
    summary="Les points des services visibles, mille services par page",
)
def services_geojson(request: HttpRequest, department: str = "", page: _PAGE = 1) -> dict[str, Any]:
    """`next` is the address of the following services, null after the last; a map asks `/map`."""
    check_rate(request)
    services = visible_services(request.viewer).searchable().for_cards().order_by("pk")
    if department:
        services = services.filter(department=_key(department).upper())
    found = list(services[(page - 1) * _PAGE_LENGTH : page * _PAGE_LENGTH + 1])
    cards = (card_for(service, request.viewer) for service in found[:_PAGE_LENGTH])
    features = [serializers.feature_of(card, place) for card in cards for place in card.places if place.point]
    following = urlencode(
        {"department": _key(department), "page": page + 1} if department else {"page": page + 1}
    )
    has_next = len(found) > _PAGE_LENGTH
    return {
        "type": "FeatureCollection",
        "features": features,
        "next": f"{reverse('api:geojson')}?{following}" if has_next else None,
    }


@router.get("/services/{public_id}", summary="Un service")
def service(request: HttpRequest, public_id: str) -> dict[str, Any]:
    found = visible_services(request.viewer).for_cards().filter(public_id=_key(public_id)).first()
    if found is None:
        raise _missing(_("Aucun service ne porte cet identifiant."))
    return serializers.full_service_json(card_for(found, request.viewer))


@router.get("/organisations/{public_id}", summary="Une organisation et ses services")
def organisation(request: HttpRequest, public_id: str) -> dict[str, Any]:
    found = Organisation.objects.filter(public_id=_key(public_id)).first()
    services = visible_services(request.viewer).for_cards().filter(organisation=found).order_by("name", "pk")
    cards = [card_for(one, request.viewer) for one in services] if found else []
    if found is None or not cards:
        raise _missing(_("Aucune organisation ne porte cet identifiant."))
    return {
        "id": found.public_id,
        "url": found.get_absolute_url(),
        "name": found.name,
        "acronym": found.acronym,
        "description": found.description,
        "website": found.website,
        "services": [
            serializers.service_json(card, card.places[0] if card.places else None) for card in cards
        ],
    }


@router.get("/types", summary="Les types d’acteurs, mesures et instances")
def types(request: HttpRequest) -> list[dict[str, Any]]:
    return [serializers.type_json(kind) for kind in ActorType.objects.filter(is_open=True)]


@router.get("/types/{slug}", summary="Un type d’acteur")
def actor_type(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = ActorType.objects.filter(is_open=True, slug=_key(slug)).first()
    if found is None:
        raise _missing(_("Ce type d’acteur n’existe pas. La liste est à /api/v1/types."))
    return serializers.type_json(found)


@router.get("/helplines", summary="Les numéros nationaux, datés")
def helplines(request: HttpRequest) -> list[dict[str, Any]]:
    return [serializers.helpline_json(card) for card in displayed_helplines()]


@router.get("/communes", summary="Communes, pour compléter une saisie")
def communes(request: HttpRequest, q: str = "", limit: int = 10) -> list[dict[str, Any]]:
    check_rate(request, "communes")
    return [serializers.commune_choice_json(one) for one in suggest(q[:120], max(1, min(limit, 20)))]
