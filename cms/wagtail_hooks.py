"""The pages in Wagtail's administration: reports, the style guide, documents that only pages show."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.administration import reports, styleguide
from cms.checks import findings_of
from cms.documents import only_when_shown

_TOLD = 3

hooks.register("before_serve_document", only_when_shown)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("styleguide/", styleguide.view, name="styleguide"),
        path("reports/relecture/", reports.DueView.as_view(), name="due_report"),
    ]


class PagesItem(MenuItem):
    """For those who write pages."""

    def is_shown(self, request: Any) -> bool:
        from directory.administration.guard import writes_pages

        return writes_pages(request.user)


@hooks.register("after_publish_page")
def say_what_is_left(request: HttpRequest, page: Any) -> None:
    """Publishing is never held up by what can be mended after; it is said at once."""
    left = findings_of(page.specific)
    if left:
        told = " ".join(one.text for one in left[:_TOLD])
        messages.warning(request, _("Publié. Reste à regarder : %(left)s") % {"left": told})


@hooks.register("register_reports_menu_item")
def register_due_report() -> MenuItem:
    return PagesItem(_("À relire"), reverse("due_report"), name="a-relire", icon_name="history", order=100)


@hooks.register("register_admin_menu_item")
def register_due_shortcut() -> MenuItem:
    return PagesItem(_("À relire"), reverse("due_report"), name="a-relire", icon_name="history", order=310)


@hooks.register("register_help_menu_item")
def register_styleguide() -> MenuItem:
    return PagesItem(_("Guide des blocs"), reverse("styleguide"), name="blocs", icon_name="view", order=100)
