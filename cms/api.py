"""The JSON interface, put together: routers of the rooms, errors as problem details."""

import logging

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from directory.api import router as directory_router
from directory.problems import Problem, no_such_address, problem_response
from search.api import router as search_router
from search.map_api import router as map_router

log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Maillage",
    version="1",
    description="Qui aide, où, pour qui. Les adresses et les champs sont stables ; d’autres s’y ajoutent.",
    urls_namespace="api",
    docs_url="/docs",
    openapi_url="/openapi.json",
)
api.add_router("", directory_router)
api.add_router("", search_router)
api.add_router("", map_router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem_response(request, error)


@api.exception_handler(OperationalError)
def on_database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.error("database away")  # never the statement: it holds what was typed
    detail = _("L’annuaire ne répond pas en ce moment. Réessayez dans une minute.")
    return problem_response(request, Problem(503, _("Indisponible"), detail, {"Retry-After": "60"}))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(request, no_such_address())


@api.exception_handler(AuthenticationError)
def on_refused(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(request, Problem(401, _("Accès refusé"), _("La clé d’accès n’est pas valable.")))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    detail = _("Vérifiez la valeur de : %(names)s.") % {"names": names}
    return problem_response(request, Problem(422, _("Demande mal formée"), detail))
