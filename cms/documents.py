"""Documents are read when a page that may be read shows them: the file of a draft is found nowhere."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex

from cms.models import SiteDocument
from cms.readable import readable_pages
from directory.visibility import Viewer


def document_address(key: str) -> str:
    """The address of a document, "" when there is none of that key."""
    found = SiteDocument.objects.filter(pk=int(key)).first() if key.isdigit() else None
    return found.url if found else ""


def is_shown(document: SiteDocument, viewer: Viewer) -> bool:
    """Whether a page that `viewer` may read refers to it."""
    holders = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in holders.values_list("object_id", flat=True)]
    return readable_pages(viewer).filter(pk__in=keys).exists()


def only_when_shown(document: SiteDocument, request: HttpRequest) -> Any:
    """Wagtail's hook before a document is served; editors open everything that they put there."""
    if request.user.has_perm("wagtailadmin.access_admin") or is_shown(document, request.viewer):
        return None
    raise Http404
