"""Which addresses of the administration exist for whom. What is not listed here does not exist: 404.

Wagtail's own permissions are per model: without this, whoever edits one entry reads the drafts, the history
and the comparisons of all. Administrators open everything; coordinators, what is listed, for what they keep.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch

from directory.models import Area, Organisation, Service
from directory.permissions import is_keeper, may_edit, may_edit_area, may_edit_organisation
from directory.visibility import Viewer

ADMIN = "/gestion/"
SERVICES, ORGANISATIONS, AREAS = "annuaire_services", "annuaire_organisations", "annuaire_territoires"
TYPES, HELPLINES, TOOLS = "annuaire_types", "annuaire_numeros", "annuaire_outils"
LEXICON, DOORS = "annuaire_lexique", "annuaire_portes"

COMMON = frozenset(
    {
        "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release",
    }
)  # fmt: skip
# The site's pages, for those to whom Wagtail gives some: a page belongs to no department.
PAGES = (
    "wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page", "wagtailadmin_block_preview",
    "wagtailadmin_tag_", "wagtailimages:", "wagtailimages_chooser:", "wagtaildocs:", "wagtaildocs_chooser:",
    "simple_translation:", "due_report", "styleguide",
)  # fmt: skip
LISTS = frozenset({"list", "list_results", "index", "index_results"})
READ = LISTS | {"inspect"}
TOLD = READ | {"history", "history_results", "revisions_compare"}
# A list, a form to add, and what stands under a primary key.
WRITTEN = {
    SERVICES: LISTS
    | {
        "add", "edit", "history", "history_results", "preview_on_add", "preview_on_edit", "revisions_view",
        "revisions_revert", "revisions_compare", "revisions_unschedule", "unpublish", "lock", "unlock",
        "workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation",
        "workflow_history", "workflow_history_detail", "workflow_preview",
        "confirm", "close", "suspend", "reopen",
    },
    ORGANISATIONS: LISTS | {"add", "edit", "history", "history_results"},
    AREAS: LISTS | {"add", "edit", "history", "history_results"},
    LEXICON: LISTS
    | {"add", "edit", "history", "history_results", "revisions_compare", "revisions_revert"},
}  # fmt: skip
KEPT_BY: dict[str, tuple[Any, Callable[[Viewer, Any], bool]]] = {
    SERVICES: (Service, may_edit),
    ORGANISATIONS: (Organisation, may_edit_organisation),
    AREAS: (Area, may_edit_area),
}
_MODELS = {"service": SERVICES, "organisation": ORGANISATIONS, "area": AREAS, "lexiconentry": LEXICON}


def closed_administration(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: raises Http404 on every address of the administration that is not this reader's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        inside = request.path_info.startswith(ADMIN) and request.user.is_authenticated
        if inside and not may_open(request.viewer, request.user, request.resolver_match):
            raise Http404

    middleware.process_view = process_view
    return middleware


def may_open(reader: Viewer, user: Any, match: ResolverMatch) -> bool:
    name, _colon, action = match.view_name.rpartition(":")
    if name in KEPT_BY and "pk" in match.kwargs and not _is_kept(reader, name, match.kwargs["pk"]):
        return False
    if reader.sees_all:
        return not _deletes(match)
    if match.view_name in COMMON:
        return _may_ping(reader, user, match)
    if name in WRITTEN:
        return is_keeper(reader) and action in WRITTEN[name]
    if name in (TYPES, HELPLINES, DOORS):
        return is_keeper(reader) and action in (TOLD if name == DOORS else READ)
    if name == TOOLS or match.view_name == "annuaire_nouvelle":
        return is_keeper(reader)
    return match.view_name.startswith(PAGES) and writes_pages(user)


def _is_kept(reader: Viewer, namespace: str, pk: Any) -> bool:
    model, rule = KEPT_BY[namespace]
    found = model.objects.filter(pk=int(pk)).first() if str(pk).isdigit() and len(str(pk)) < 16 else None
    return found is not None and rule(reader, found)


def _deletes(match: ResolverMatch) -> bool:
    """Nothing of the directory is deleted, not even by an administrator: links and revisions live on."""
    return match.view_name == "wagtail_bulk_action" and match.kwargs.get("app_label") == "directory"


def _may_ping(reader: Viewer, user: Any, match: ResolverMatch) -> bool:
    """Who else edits this: only of what one keeps."""
    if match.view_name != "wagtailadmin_editing_sessions:ping":
        return True
    namespace = _MODELS.get(match.kwargs["model_name"]) if match.kwargs["app_label"] == "directory" else None
    if namespace in KEPT_BY:
        return _is_kept(reader, namespace, match.kwargs["object_id"])
    if namespace:
        return is_keeper(reader)
    return match.kwargs["app_label"] != "directory" and writes_pages(user)


def writes_pages(user: Any) -> bool:
    """Whether Wagtail gives this account some of the site's pages."""
    return user.is_superuser or any(group.page_permissions.exists() for group in user.groups.all())
