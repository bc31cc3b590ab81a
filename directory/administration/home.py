"""The home page of the administration: what waits for somebody's eyes, in the departments kept."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from directory.administration.filters import freshness_filter
from directory.administration.guard import SERVICES
from directory.models import Service
from directory.permissions import kept


class ToDoPanel(Component):
    name = "a-faire"
    template_name = "directory/admin/to_do.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        own = Service.objects.filter(kept(self.request.viewer)).exclude(state=Service.State.CLOSED)
        live = own.filter(live=True)
        listing = reverse(f"{SERVICES}:list")
        counted = [
            (
                _("à confirmer (vérifiés il y a plus de six mois)"),
                live.filter(freshness_filter("a-confirmer")),
                "freshness=a-confirmer",
            ),
            (
                _("non vérifiés depuis plus d’un an"),
                live.filter(freshness_filter("perime")),
                "freshness=perime",
            ),
            (
                _("jamais vérifiés"),
                live.filter(freshness_filter("jamais-verifie")),
                "freshness=jamais-verifie",
            ),
            (_("en brouillon"), own.filter(live=False), "live=brouillon"),
            (
                _("modifications en attente de publication"),
                live.filter(has_unpublished_changes=True),
                "live=attente",
            ),
        ]
        lines = [(queryset.count(), label, f"{listing}?{query}") for label, queryset, query in counted]
        return {"lines": lines, "total": live.count(), "listing": listing}
