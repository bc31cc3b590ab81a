"""The « Annuaire » in Wagtail: menu, addresses, home page. Which addresses open: administration/guard.py."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from directory.administration import guard, tools
from directory.administration.home import ToDoPanel
from directory.administration.quick import QuickEntry
from directory.permissions import is_keeper
from directory.viewsets import DirectoryGroup

# What the menu offers to a coordinator; the rest of it leads to addresses that are closed to them.
OFFERED = frozenset({"annuaire", "nouvelle-structure", "explorer", "images", "documents", "a-relire"})


# By this way, not by the hook of viewsets: the permissions to publish then exist from the first migration.
register_snippet(DirectoryGroup)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern | URLResolver]:
    return [
        path("annuaire/nouvelle/", QuickEntry.as_view(), name="annuaire_nouvelle"),
        path("annuaire/outils/", include((tools.urlpatterns, guard.TOOLS))),
    ]


@hooks.register("insert_global_admin_css")
def style_administration() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("directory/admin/site.css"))


class KeeperItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_keeper(request.viewer)


@hooks.register("register_admin_menu_item")
def register_quick_entry() -> MenuItem:
    return KeeperItem(
        _("Nouvelle structure"),
        reverse("annuaire_nouvelle"),
        name="nouvelle-structure",
        icon_name="plus-inverse",
        order=80,
    )


@hooks.register("construct_main_menu")
def offer_what_opens(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if request.viewer.sees_all or item.name in OFFERED]


@hooks.register("construct_homepage_panels")
def show_what_is_due(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's own panels tell of every department: only administrators keep them."""
    if not request.viewer.sees_all:
        panels.clear()
    if is_keeper(request.viewer):
        panels.append(ToDoPanel(request))


@hooks.register("construct_homepage_summary_items")
def count_nothing_of_others(request: HttpRequest, items: list[Any]) -> None:
    if not request.viewer.sees_all:
        items.clear()
