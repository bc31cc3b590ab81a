"""The addresses of the site, and two floors: twenty cards loaded by key, and a view that does nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
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


def empty(request: HttpRequest) -> HttpResponse:
    """What any answer costs here: the server, the middleware, and nothing else."""
    return HttpResponse()


urlpatterns = [path("floor", floor), path("empty", empty), path("", include("cms.urls"))]
