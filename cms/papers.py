"""Guides, reflex sheets, measures and type sheets on paper, for the commune chosen at that moment."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.live_services import live_list
from cms.paper_context import frame_of
from cms.printing import pdf_of
from cms.readable import readable_pages, translated
from cms.reading import HERE, Reading, reading_of
from cms.serving import to_place
from cms.site_views import too_many
from directory.models import ActorType
from directory.throttle import seconds_to_wait
from directory.type_pages import type_page

# Making a sheet takes seconds of work: a sixth of the searches that a reader may make in a minute.
SHARE = 6
paper = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@paper
def page_paper(request: HttpRequest, key: int) -> HttpResponse:
    found = readable_pages(request.viewer).filter(pk=key).first()
    page = translated(found, request.viewer).specific if found else None
    if page is None or not getattr(page, "paper_template", ""):
        raise Http404
    if request.method == "POST":
        return to_place(request, request.path_info)
    wait = seconds_to_wait(request, "paper", SHARE)
    if wait:
        return too_many(request, wait)
    return _pdf(request, page.slug, page_html(page, request))


def page_html(page: Any, request: HttpRequest) -> str:
    request.is_paper = True
    return render_to_string(page.paper_template, page.get_context(request), request)


@csrf_exempt
@paper
def type_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    found = ActorType.objects.filter(public_id=public_id, is_open=True).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return to_place(request, request.path_info)
    wait = seconds_to_wait(request, "paper", SHARE)
    if wait:
        return too_many(request, wait)
    return _pdf(request, f"fiche-{public_id.lower()}", type_html(found, request))


def type_html(found: ActorType, request: HttpRequest) -> str:
    reading = reading_of(request, is_paper=True)
    context = {
        "page": type_page(found, request.viewer),
        "reading": reading,
        "live": _services_of(found, reading),
        "language": "fr",
    }
    return render_to_string("cms/paper/type.html", context | frame_of(found.get_absolute_url()), request)


def _services_of(found: ActorType, reading: Reading) -> Any:
    """Those of this type for the commune chosen; None without one, and for what has no service."""
    if found.kind != "structure" or not reading.has_place:
        return None
    block = {"types": [found.slug], "publics": [], "violences": [], "needs": [], "limit": 5}
    return live_list(block, reading)


def _pdf(request: HttpRequest, name: str, html: str) -> HttpResponse:
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'inline; filename="{name}-{day}.pdf"'
    if HERE in request.GET:
        response["Cache-Control"] = "no-store, private"
    return response
