"""Documents are read when a page that may be read shows them: the file of a draft is found nowhere."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex

from cms.accounts import strength
from cms.models import SiteDocument, SitePicture
from cms.readable import readable_pages
from directory.administration.guard import writes_pages
from directory.visibility import Viewer


def document_address(key: str) -> str:
    """The address of a document, "" when there is none of that key."""
    found = SiteDocument.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    return found.url if found else ""


def is_shown(file: SiteDocument | SitePicture, viewer: Viewer) -> bool:
    """Whether a page that `viewer` may read refers to it."""
    holders = ReferenceIndex.get_references_to(file).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in holders.values_list("object_id", flat=True)]
    return readable_pages(viewer).filter(pk__in=keys).exists()


def may_open(file: SiteDocument | SitePicture, request: HttpRequest) -> bool:
    """What pages show, as they may be read; those who write pages open everything that they put there."""
    return is_shown(file, request.viewer) or (writes_pages(request.user) and strength.is_strong(request))


def only_when_shown(document: SiteDocument, request: HttpRequest) -> Any:
    """Wagtail's hook before a document is served."""
    if not may_open(document, request):
        raise Http404
