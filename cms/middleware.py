"""What surrounds every request: who reads, which doors are open, and what the answer lets a browser keep."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.accounts import strength
from cms.accounts.grants import enters_admin
from directory.problems import Problem, no_such_address, problem_response
from directory.tokens import user_of
from directory.visibility import ANONYMOUS, viewer_of

Handler = Callable[[HttpRequest], HttpResponseBase]

ADMIN = "/gestion/"
API = "/api/"
# Reachable by a coordinator who has not shown a second factor yet: to sign in, to show it, to leave.
ALWAYS_OPEN = ("/connexion/", "/quitter/", "/static/", "/sante/", "/.well-known/", "/naviguer-en-securite/")
# Pages that leave nothing behind in the browser, whoever reads them.
ASKING = tuple(f"{API}v1/{name}" for name in ("search", "suggest", "communes", "map"))
# What was asked, and what of the map was looked at.
FORGOTTEN = ("/recherche/", "/connexion/", "/espace/", ADMIN, "/quitter/", *ASKING, "/tuiles/")
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)
# Wagtail's forms and date pickers carry scripts of their own; nothing else is loosened.
ADMIN_SOURCES = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


def client_address(get_response: Handler) -> Handler:
    """Write the caller's address, as told by the proxies that are believed, where every limit reads it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        trusted = settings.TRUSTED_PROXY_COUNT
        if trusted and len(hops) >= trusted and hops[-trusted].strip():
            request.META["REMOTE_ADDR"] = hops[-trusted].strip()
        return get_response(request)

    return middleware


def discretion(get_response: Handler) -> Handler:
    """What the browser may tell others, and keep."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Referrer-Policy"] = _referrer_policy(request, response)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        patch_vary_headers(response, ["Cookie"])
        if _is_forgotten(request, response):
            add_never_cache_headers(response)
        return response

    return middleware


def _referrer_policy(request: HttpRequest, response: HttpResponseBase) -> str:
    """Under no-referrer a browser posts `Origin: null`, which the CSRF check refuses: a page that was given a
    token (its cookie is then renewed) says where it is, to this site only."""
    holds_form = settings.CSRF_COOKIE_NAME in response.cookies or request.path_info.startswith(ADMIN)
    return "same-origin" if holds_form else "no-referrer"


def _is_forgotten(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.path_info.startswith(FORGOTTEN)
        or _has_session(request)
        or settings.SESSION_COOKIE_NAME in response.cookies
        or "HTTP_AUTHORIZATION" in request.META
    )


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class ContentPolicy(CSPMiddleware):
    """The public policy everywhere; under the administration, the same with its scripts and previews."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.replace = dict(ADMIN_SOURCES)
            if response.get("X-Frame-Options") == "SAMEORIGIN":  # a preview, shown in a frame of the form
                parts.replace["frame-ancestors"] = [SELF]
        return parts


def api_errors(get_response: Handler) -> Handler:
    """Errors that never reach the JSON interface's own handlers, in its form (RFC 9457)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API):
            return get_response(request)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = _as_problem(request, get_response(request))
        return _without_body(response) if is_head else response

    return middleware


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    status = response.status_code
    if status < 400 or "json" in response.get("Content-Type", ""):
        return response
    if status == 404:
        return problem_response(request, no_such_address())
    if status == 405:
        allowed = response.get("Allow", "GET")
        detail = _("Cette adresse n’accepte que : %(methods)s.") % {"methods": allowed}
        return problem_response(request, Problem(405, _("Méthode refusée"), detail, {"Allow": allowed}))
    if status < 500:
        detail = _("Le corps de la demande est mal formé ou trop long.")
        return problem_response(request, Problem(status, _("Demande mal formée"), detail))
    detail = _("Une erreur est survenue. Réessayez ; si elle revient, prévenez la coordination.")
    return problem_response(request, Problem(status, _("Erreur"), detail))


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response


def refused_methods(get_response: Handler) -> Handler:
    """A page says what to do where a form was sent, or an address opened, that is not meant to be."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_bare = response.status_code == 405 and not getattr(response, "content", b"-")
        if not is_bare or request.path_info.startswith(API):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response.get("Allow", "GET")
        return page

    return middleware


def viewer(get_response: Handler) -> Handler:
    """`request.viewer`, for everybody; `request.has_api_token` for callers of the JSON interface.

    Neither the session nor the database is touched for a reader without a session cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.viewer, request.has_api_token = ANONYMOUS, False
        if request.path_info.startswith(API) and "HTTP_AUTHORIZATION" in request.META:
            refusal = _read_token(request)
            if refusal:
                return refusal
        elif _has_session(request):
            request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))
        return get_response(request)

    return middleware


def _read_token(request: HttpRequest) -> HttpResponse | None:
    scheme, _space, text = request.META["HTTP_AUTHORIZATION"].partition(" ")
    user = user_of(text.strip()) if scheme.lower() == "bearer" else None
    if user is None:
        detail = _("Cette clé est inconnue, révoquée ou mal présentée.")
        return problem_response(
            request, Problem(401, _("Clé refusée"), detail, {"WWW-Authenticate": "Bearer"})
        )
    request.has_api_token, request.viewer = True, viewer_of(user)
    if strength.needs_second_factor(request.viewer) and not strength.has_second_factor(user):
        return _second_factor_first(request)
    return None


def _second_factor_first(request: HttpRequest) -> HttpResponse:
    detail = _("Activez d’abord la double authentification dans « Mon compte ».")
    return problem_response(request, Problem(403, _("Second facteur exigé"), detail))


def guard(get_response: Handler) -> Handler:
    """Nobody enters the administration who should not, and nobody goes round the second factor."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return _stopped(request) or get_response(request)

    return middleware


def _stopped(request: HttpRequest) -> HttpResponseBase | None:
    if not _has_session(request) or request.has_api_token or request.path_info.startswith(ALWAYS_OPEN):
        return None
    in_admin = request.path_info.startswith(ADMIN) and request.user.is_authenticated
    if in_admin and not enters_admin(request.user, request.viewer):
        raise Http404
    if strength.is_held_back(request) or (in_admin and not strength.is_strong(request)):
        return _ask_second_factor(request)
    return None


def _ask_second_factor(request: HttpRequest) -> HttpResponseBase:
    if request.path_info.startswith(API):
        return _second_factor_first(request)
    known = strength.has_second_factor(request.user)
    target = strength.confirmation_url(request.user) if known else reverse("account_home")
    return HttpResponseRedirect(f"{target}?{urlencode({'next': request.path_info})}")
