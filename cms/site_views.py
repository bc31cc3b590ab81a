"""Leaving the site, and being asked to wait."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

FORGET = '"cache", "cookies", "storage"'


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, have the browser forget the site, go elsewhere (domain.md E7). A plain link may do it:
    to be signed out by somebody else harms nobody."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)
    response = HttpResponseRedirect(settings.QUICK_EXIT_URL)
    response["Clear-Site-Data"] = FORGET
    # Browsers that do not know the header, or do not trust plain http with it.
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Lax")
    return response


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Making a sheet of paper is work: a few a minute are enough for anybody."""
    response = render(request, "429.html", {"retry_after": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
