"""The home page, and the pages of errors: each with its way out."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.readable import page_at
from cms.serving import answer_to
from directory.freshness import MONTHS_UP_TO_DATE, add_months
from directory.helplines import helpline_address, helplines_by_key
from directory.reference import DATA
from directory.visibility import Viewer, visible_services
from search.pinned import BESIDE_THE_FORM
from search.situations import SITUATIONS

NUMBERS_WITHOUT_DATABASE = ("17", "114")
COUNTED_FOR = 60  # seconds


@dataclass(frozen=True)
class Shelf:
    """How much the reader finds: services, how many of them were verified lately, organisations."""

    services: int
    up_to_date: int
    organisations: int

    @property
    def in_ten(self) -> int:
        """How many services of ten were verified lately, rounded down."""
        return 10 * self.up_to_date // self.services if self.services else 0


# As any page of the editors (cms/serving.py): it may ask for a commune, and sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The search, with what the editors put around it; the search alone before they made a page."""
    page = page_at("", request.viewer)
    if page is not None and hasattr(page, "body"):
        return answer_to(request, page)
    return render(request, "cms/home.html", home_context(request))


def home_context(request: HttpRequest) -> dict[str, Any]:
    lines = helplines_by_key(BESIDE_THE_FORM)
    return {"helplines": list(lines.values()), "shelf": shelf_of(request.viewer), "situations": SITUATIONS}


def shelf_of(viewer: Viewer) -> Shelf:
    """What `viewer` may find: one query a minute for all those who may see the same."""
    key = f"shelf:{_scope(viewer)}"
    found = caches["local"].get(key)
    if found is None:
        found = _count(viewer, timezone.localdate())
        caches["local"].set(key, found, COUNTED_FOR)
    return found


def _scope(viewer: Viewer) -> str:
    sets = (viewer.professional_in, viewer.coordinates, map(str, viewer.organisations))
    return "|".join([str(int(viewer.kind)), *(".".join(sorted(one)) for one in sets)])


def _count(viewer: Viewer, today: date) -> Shelf:
    since = add_months(today, -MONTHS_UP_TO_DATE)
    counts = (
        visible_services(viewer)
        .searchable()
        .aggregate(
            services=Count("pk"),
            up_to_date=Count("pk", filter=Q(verified_on__gte=since)),
            organisations=Count("organisation", distinct=True),
        )
    )
    return Shelf(**counts)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that waited too long, or came from elsewhere: what to do, and nothing of what was posted."""
    return render(request, "403.html", {"stale_form": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # The same page whether the entry does not exist or may not be seen.
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(request, "500.html", 500, lines=_shipped_numbers())


@cache
def _shipped_numbers() -> list[dict[str, Any]]:
    """Numbers that answer day and night, from the file that ships them: the database may be missing."""
    rows = tomllib.loads((DATA / "helplines.toml").read_text(encoding="utf-8"))["helpline"]
    shipped = [row for row in rows if row["key"] in NUMBERS_WITHOUT_DATABASE]
    return [row | {"href": helpline_address(row["key"], row["number"], row["url"])} for row in shipped]


def _plain(request: HttpRequest, template: str, status: int, **more: Any) -> HttpResponse:
    """Without the request in its context: no database, no session, no doubtful host name is asked anything.

    Whoever may be signed in leaves through `/quitter/`, which ends the session; others at once.
    """
    context: dict[str, Any] = {"site_name": settings.SITE_NAME} | more
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        context["quick_exit_url"] = settings.QUICK_EXIT_URL
    return HttpResponse(loader.get_template(template).render(context), status=status)
