"""The addresses of the site, and the floor: twenty cards loaded by key and rendered, without any search."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from directory.cards import ServiceCard, card_for
from directory.competence import competence_of
from directory.serializers import service_json
from directory.visibility import ANONYMOUS, visible_services


def floor(request: HttpRequest) -> JsonResponse:
    """`?ids=1,2,…`: what those services weigh, loaded and rendered as a search would."""
    ids = [int(one) for one in request.GET["ids"].split(",")]
    services = visible_services(ANONYMOUS).for_cards().in_order_of(ids)
    return JsonResponse({"services": [_rendered(card_for(service, ANONYMOUS)) for service in services]})


def _rendered(card: ServiceCard) -> dict[str, Any]:
    place = card.places[0] if card.places else None
    return service_json(card, place, competence_of(card, None, None), None, 1.0)


urlpatterns = [path("floor", floor), path("", include("cms.urls"))]
