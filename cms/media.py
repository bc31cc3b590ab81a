"""Pictures of pages, from where they are stored: only what pages show, the sizes made for them."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from cms.documents import may_open
from cms.models import SiteRendition

_KEPT_FOR = 60 * 60 * 24 * 30  # seconds; a picture that changes has another name


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Never an original: only renditions have an address."""
    stored = f"images/{name}"
    found = SiteRendition.objects.filter(file=stored).select_related("image").first()
    if found is None or not may_open(found.image, request) or not default_storage.exists(stored):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(default_storage.open(stored), content_type=kind)
    response["Cache-Control"] = f"public, max-age={_KEPT_FOR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
