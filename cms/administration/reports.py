"""What is due: pages to read again, legal cards to check, links and blocks that lead nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import Page

from cms.checks import Finding, findings_of
from cms.models.base import SitePage
from directory.administration.guard import writes_pages
from directory.dates import long_date

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """A page with what is to be done about it; `soon` when nothing is yet, but will be."""

    title: str
    url: str
    is_live: bool
    findings: tuple[Finding, ...]
    soon: str


class DueView(View):
    """The published pages first; what is well is not listed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not writes_pages(request.user):
            raise PermissionDenied
        return render(request, "cms/admin/due.html", {"due": list(due_pages()), "page_title": _("À relire")})


def due_pages() -> Iterator[Due]:
    pages = Page.objects.filter(depth__gt=1).specific().order_by("-live", "path")
    for page in pages:
        if isinstance(page, SitePage):
            due = _due(page)
            if due.findings or due.soon:
                yield due


def _due(page: Any) -> Due:
    return Due(
        title=page.get_admin_display_title(),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        is_live=page.live,
        findings=tuple(findings_of(page)),
        soon=_soon(page),
    )


def _soon(page: Any) -> str:
    review_by = getattr(page, "review_by", None)
    today = timezone.localdate()
    if review_by is None or not today <= review_by <= today + SOON:
        return ""
    return _("À relire avant le %(day)s.") % {"day": long_date(review_by)}
