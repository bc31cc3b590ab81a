"""Leaving the site, and the pages that say how it treats its readers."""

from collections.abc import Callable
from typing import Any

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


def page(template: str, **context: Any) -> Callable[[HttpRequest], HttpResponse]:
    """A page of plain text, the same for everybody."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template, context)

    return view
