"""The living style guide: each block as it is read on screen and on paper, with the values of its preview."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.blocks import SiteBody
from cms.reading import Reading
from directory.administration.guard import writes_pages
from directory.visibility import ANONYMOUS


@dataclass(frozen=True)
class Sample:
    """`bound` is None for a block that needs something of the site's own (a picture, a file, a page)."""

    name: str
    label: str
    description: str
    bound: Any


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    if not writes_pages(request.user):
        raise PermissionDenied
    is_paper = request.GET.get("papier") == "1"
    reading = Reading(ANONYMOUS, timezone.now(), request.path_info, is_paper=is_paper)
    context = {"samples": list(samples()), "reading": reading, "is_paper": is_paper}
    return render(request, "cms/admin/styleguide.html", context)


def samples() -> Iterator[Sample]:
    """Every block there is, in the order of the menu: a new one is here without anyone remembering."""
    for name, block in SiteBody().child_blocks.items():
        preview = getattr(block.meta, "preview_value", None)
        value = None if preview is None else block.bind(block.normalize(block.to_python(preview)))
        yield Sample(name, str(block.label), str(block.get_description()), value)
