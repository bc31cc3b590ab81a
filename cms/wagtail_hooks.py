"""The pages in Wagtail's administration: reports, the style guide, documents that only pages show."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.administration import reports, styleguide
from cms.documents import only_when_shown

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


@hooks.register("register_reports_menu_item")
def register_due_report() -> MenuItem:
    return PagesItem(_("À relire"), reverse("due_report"), name="a-relire", icon_name="history", order=100)


@hooks.register("register_admin_menu_item")
def register_due_shortcut() -> MenuItem:
    return PagesItem(_("À relire"), reverse("due_report"), name="a-relire", icon_name="history", order=310)


@hooks.register("register_help_menu_item")
def register_styleguide() -> MenuItem:
    return PagesItem(_("Guide des blocs"), reverse("styleguide"), name="blocs", icon_name="view", order=100)
