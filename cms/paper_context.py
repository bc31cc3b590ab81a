"""What a sheet of paper needs beyond its page: when it was printed, the way back, the chapters of a guide."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import ChapterPage, GuidePage
from cms.printing import absolute, qr_of
from cms.readable import readable_pages
from directory.dates import long_date
from directory.visibility import Viewer


def frame_of(address: str) -> dict[str, Any]:
    """What is at the foot of each sheet, and the way back to what is up to date."""
    site = absolute(address)
    return {
        "printed_on": long_date(timezone.localdate()),
        "site_address": site,
        "qr": qr_of(site),
        "qr_label": _("À scanner pour retrouver cette page à jour : %(address)s") % {"address": site},
    }


def paper_of(page: Any, viewer: Viewer) -> dict[str, Any]:
    """For a page of the editors; two queries for a guide, none for the others."""
    parts = chapters_in(page, viewer) if isinstance(page, GuidePage) else []
    return frame_of(page.address) | {"parts": parts}


def chapters_in(guide: GuidePage, viewer: Viewer) -> list[ChapterPage]:
    """The chapters that may be read, whole, in order."""
    keys = readable_pages(viewer).child_of(guide).type(ChapterPage).values("pk")
    return list(ChapterPage.objects.filter(pk__in=keys).order_by("path"))
