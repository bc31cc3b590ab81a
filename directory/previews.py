"""A draft as it will be read: the public sheet, through the card, as the public or a professional would get it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory.cards import NotVisible, card_for_preview
from directory.models import Service
from directory.sheets import sheet_of
from directory.visibility import ANONYMOUS, Kind, Viewer


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
