"""The site's addresses, and four that fail as a view may, with secrets at hand."""

from typing import NoReturn

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import path

from cms import urls
from directory.models import Service


def _with_everything_at_hand() -> str:
    places = Service.objects.values_list("name", "places__street", "contacts__value")
    return " ".join(str(row) for row in places)


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError(_with_everything_at_hand())


def refused(request: HttpRequest) -> NoReturn:
    raise PermissionDenied(_with_everything_at_hand())


def bad(request: HttpRequest) -> NoReturn:
    raise BadRequest(_with_everything_at_hand())


def absent(request: HttpRequest) -> NoReturn:
    raise Http404(_with_everything_at_hand())


urlpatterns = [
    path("casse/", broken),
    path("refuse/", refused),
    path("mauvais/", bad),
    path("absent/", absent),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
