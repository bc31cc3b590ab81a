"""The « Annuaire » of the administration: what is listed, searched, edited; nothing is ever deleted."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from directory import panels
from directory.administration import filters, guard, guidance_panels, guidance_views, views
from directory.administration.service_views import (
    CloseService,
    ConfirmService,
    CreateService,
    EditService,
    PreviewNewService,
    ReopenService,
    ServiceIndex,
    SuspendService,
    UnpublishService,
)
from directory.freshness import freshness_of
from directory.models import ActorType, Area, DoorRule, Helpline, LexiconEntry, Organisation, Service
from directory.permissions import kept

NEVER = frozenset({"delete", "usage", "copy", "reorder"})


class NothingDeleted:
    """Neither deleted, copied, nor asked what refers to it (which would tell about other departments)."""

    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None, "usage_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [route for route in super().get_urlpatterns() if route.name not in NEVER]


def _freshness(service: Service) -> str:
    from django.utils import timezone

    return freshness_of(service.verified_on, timezone.localdate()).label


class _Snippet(NothingDeleted, SnippetViewSet):
    menu_item_is_registered = True  # in the group below, not under Wagtail's « Snippets »
    search_backend_name = None
    list_per_page = 50

    def register_chooser_viewset(self) -> None:
        """No chooser: nothing chooses them, and a chooser lists them all."""


class ServiceViewSet(_Snippet):
    model = Service
    icon = "group"
    menu_label = _("Services")
    admin_url_namespace = guard.SERVICES
    base_url_path = "annuaire/services"
    chooser_admin_url_namespace = "annuaire_services_choix"
    chooser_base_url_path = "annuaire/services/choisir"
    search_fields = [
        "name__unaccent",
        "summary__unaccent",
        "organisation__name__unaccent",
        "type__name__unaccent",
        "type__acronym",
    ]
    list_display = [
        "name",
        Column(
            "organisation",
            label=_("Organisation"),
            accessor="organisation.name",
            sort_key="organisation__name",
        ),
        Column("type", label=_("Type"), accessor="type.short_name", sort_key="type__rank"),
        Column("department", label=_("Département"), sort_key="department"),
        Column("audience", label=_("Visibilité"), accessor="get_audience_display"),
        Column("state", label=_("État"), accessor="get_state_display", sort_key="state"),
        Column("verified_on", label=_("Vérification"), accessor=_freshness, sort_key="verified_on"),
    ]
    filterset_class = filters.ServiceFilter
    ordering = ["name", "pk"]
    index_view_class = ServiceIndex
    add_view_class = CreateService
    edit_view_class = EditService
    unpublish_view_class = UnpublishService
    preview_on_add_view_class = PreviewNewService

    def get_edit_handler(self) -> Any:
        return panels.SERVICE.bind_to_model(Service)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        return Service.objects.filter(kept(request.viewer)).select_related("organisation", "type")

    def get_urlpatterns(self) -> list[Any]:
        gestures = {
            "confirm": ConfirmService,
            "close": CloseService,
            "suspend": SuspendService,
            "reopen": ReopenService,
        }
        addresses = {"confirm": "confirmer", "close": "fermer", "suspend": "suspendre", "reopen": "rouvrir"}
        return super().get_urlpatterns() + [
            path(f"{addresses[name]}/<int:pk>/", self.construct_view(view), name=name)
            for name, view in gestures.items()
        ]


class _KeptViewSet(NothingDeleted, ModelViewSet):
    search_backend_name = None
    list_per_page = 50
    index_view_class = views.KeptIndex
    add_view_class = views.Create
    edit_view_class = views.Edit


class OrganisationViewSet(_KeptViewSet):
    model = Organisation
    name = guard.ORGANISATIONS
    url_prefix = "annuaire/organisations"
    icon = "home"
    menu_label = _("Organisations")
    list_display = ["name", "acronym", Column("department", label=_("Département"), sort_key="department"),
                    BooleanColumn("is_open", label=_("En activité"))]  # fmt: skip
    search_fields = ["name__unaccent", "acronym", "siret"]
    filterset_class = filters.OrganisationFilter
    ordering = ["name", "pk"]

    def get_edit_handler(self) -> Any:
        return panels.ORGANISATION.bind_to_model(Organisation)


class AreaViewSet(_KeptViewSet):
    model = Area
    name = guard.AREAS
    url_prefix = "annuaire/territoires"
    icon = "site"
    menu_label = _("Territoires")
    list_display = [
        "name",
        Column("kind", label=_("Nature"), accessor="get_kind_display", sort_key="kind"),
        Column("code", label=_("Code")),
        Column("department", label=_("Département"), sort_key="department"),
        BooleanColumn("is_example", label=_("Exemple")),
    ]
    search_fields = ["name__unaccent", "code"]
    filterset_class = filters.AreaFilter
    ordering = ["department", "kind", "name", "pk"]
    index_view_class = views.AreaIndex
    edit_view_class = views.EditArea

    def get_edit_handler(self) -> Any:
        return panels.AREA.bind_to_model(Area)


class _SharedViewSet(_KeptViewSet):
    """Read by every coordinator, written by administrators."""

    inspect_view_enabled = True
    index_view_class = views.SharedIndex


class ActorTypeViewSet(_SharedViewSet):
    model = ActorType
    name = guard.TYPES
    url_prefix = "annuaire/types"
    icon = "tag"
    menu_label = _("Types d’acteurs")
    list_display = [
        "name",
        "acronym",
        Column("family", label=_("Famille"), accessor="get_family_display", sort_key="family"),
        Column("audience", label=_("Visibilité"), accessor="get_audience_display"),
        Column("address", label=_("Adresse"), accessor="get_address_display"),
        BooleanColumn("is_open", label=_("En usage")),
    ]
    search_fields = ["name__unaccent", "acronym", "role__unaccent"]
    filterset_class = filters.ActorTypeFilter
    ordering = ["rank", "name", "pk"]
    inspect_view_fields_exclude = ["shipped", "own_fields"]

    def get_edit_handler(self) -> Any:
        return panels.ACTOR_TYPE.bind_to_model(ActorType)


class HelplineViewSet(_SharedViewSet):
    model = Helpline
    name = guard.HELPLINES
    url_prefix = "annuaire/numeros"
    icon = "mobile-alt"
    menu_label = _("Numéros nationaux")
    list_display = [
        "label",
        "display",
        "checked_on",
        "recheck_by",
        BooleanColumn("displayed", label=_("Affiché")),
    ]
    search_fields = ["label__unaccent", "display", "key"]
    ordering = ["rank", "key", "pk"]
    inspect_view_fields_exclude = ["shipped"]

    def get_edit_handler(self) -> Any:
        return panels.HELPLINE.bind_to_model(Helpline)


class _VersionedViewSet(_Snippet):
    """In force at once, with its history; the same for every department."""

    add_view_class = guidance_views.Create
    edit_view_class = guidance_views.Edit
    revisions_revert_view_class = guidance_views.Revert


class LexiconViewSet(_VersionedViewSet):
    """Every coordinator adds what people of the department say."""

    model = LexiconEntry
    admin_url_namespace = guard.LEXICON
    base_url_path = "annuaire/lexique"
    icon = "openquote"
    menu_label = _("Lexique")
    list_display = [
        "__str__",
        Column("concepts", label=_("Sens"), accessor=lambda one: ", ".join(one.concepts)),
        "changed_by",
        "changed_at",
        BooleanColumn("is_open", label=_("En usage")),
    ]
    search_fields = ["key", "note__unaccent"]
    ordering = ["key", "pk"]
    index_view_class = guidance_views.LexiconIndex

    def get_edit_handler(self) -> Any:
        return guidance_panels.LEXICON.bind_to_model(LexiconEntry)


class DoorViewSet(_VersionedViewSet):
    """Read by every coordinator, written by administrators."""

    model = DoorRule
    admin_url_namespace = guard.DOORS
    base_url_path = "annuaire/portes"
    icon = "redirect"
    menu_label = _("Règles d’orientation")
    list_display = [
        "key",
        "label",
        "rank",
        "source",
        "checked_on",
        "changed_by",
        "changed_at",
        BooleanColumn("is_open", label=_("En usage")),
    ]
    search_fields = ["key", "label__unaccent"]
    ordering = ["rank", "key", "pk"]
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["shipped", "latest_revision"]
    index_view_class = guidance_views.DoorIndex
    history_view_class = guidance_views.DoorHistory
    revisions_compare_view_class = guidance_views.DoorComparison

    def get_edit_handler(self) -> Any:
        return guidance_panels.DOOR.bind_to_model(DoorRule)


class DirectoryGroup(ViewSetGroup):
    menu_label = _("Annuaire")
    menu_icon = "list-ul"
    menu_order = 90
    items = (
        ServiceViewSet,
        OrganisationViewSet,
        ActorTypeViewSet,
        AreaViewSet,
        HelplineViewSet,
        LexiconViewSet,
        DoorViewSet,
    )

    @cached_property
    def menu_name(self) -> str:
        return "annuaire"
