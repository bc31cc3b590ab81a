"""The pages of the directory. What a reader may not see does not exist: 404, never 403."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from directory.helplines import displayed_helplines
from directory.models import ActorType, Organisation, Service
from directory.sheets import service_sheet
from directory.type_pages import families, organisation_page, type_page


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is sent there is refused with 405: a page about forms that expired would be wrong."""
    return csrf_exempt(require_safe(view))


@read_only
def service(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        sheet = service_sheet(public_id, request.viewer, timezone.now())
    except Service.DoesNotExist as missing:
        raise Http404 from missing
    return render(request, "directory/service.html", {"sheet": sheet})


@read_only
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """An organisation of which the reader sees no service does not exist for them."""
    found = get_object_or_404(Organisation, public_id=public_id)
    page = organisation_page(found, request.viewer)
    if not page.services:
        raise Http404
    return render(request, "directory/organisation.html", {"page": page})


@read_only
def actor_type(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(ActorType, public_id=public_id, is_open=True)
    page = type_page(found, request.viewer, request.GET.get("departement", "")[:3])
    return render(request, "directory/type.html", {"page": page})


@read_only
def actor_type_by_slug(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """The readable address, for those who write it by hand: it leads to one that tells nothing."""
    return redirect(get_object_or_404(ActorType, slug=slug, is_open=True))


@read_only
def actor_types(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/types.html", {"families": families(request.viewer)})


@read_only
def helplines(request: HttpRequest) -> HttpResponse:
    lines = displayed_helplines()
    context = {
        "urgent": [line for line in lines if line.is_emergency],
        "others": [line for line in lines if not line.is_emergency and line.number],
        "online": [line for line in lines if not line.number],
    }
    return render(request, "directory/helplines.html", context)
