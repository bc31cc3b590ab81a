"""A draft as it will be read: the sheet, through the card, as the public or a professional would get it."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory.cards import NotVisible, card_for_preview
from directory.models import Service
from directory.sheets import sheet_of
from directory.visibility import ANONYMOUS, Kind, Viewer


# Wagtail asks for it under an address of its own making, which the site's policy takes for a public page.
@csp_replace({"frame-ancestors": [SELF]})
def preview_of(service: Service, request: HttpRequest, mode: str) -> HttpResponse:
    """`mode` is an audience: "public" or "professionnels"."""
    reader = ANONYMOUS
    if mode == "professionnels":
        reader = Viewer(Kind.PROFESSIONAL, professional_in=frozenset({service.department}))
    try:
        card = card_for_preview(service, reader)
    except NotVisible:
        return render(request, "directory/admin/not_shown.html", {"service": service, "mode": mode})
    return render(
        request, "directory/service.html", {"sheet": sheet_of(card, timezone.now()), "is_preview": True}
    )
