"""What every template may count on. No query, and no session for a reader who has none."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from directory.visibility import ANONYMOUS


def site(request: HttpRequest) -> dict[str, Any]:
    """`viewer` is anonymous on the pages of errors that come before anybody is known."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None) if has_session else None
    return {
        "site_name": settings.SITE_NAME,
        "site_territory": settings.SITE_TERRITORY,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "viewer": getattr(request, "viewer", ANONYMOUS),
        "is_signed_in": bool(user and user.is_authenticated),
    }
