"""Lists, forms, history, comparison of the lexicon and of the doors: in force at once, each version kept."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.admin.widgets import Button
from wagtail.snippets.views import snippets

from directory import editing
from directory.administration.views import SharedIndex, WithoutAutosave, WithoutBulkActions
from directory.dates import long_date
from directory.models import DoorRule, LexiconEntry
from directory.permissions import may_edit_shared

WRITERS = {LexiconEntry: editing.save_lexicon_entry, DoorRule: editing.save_door_rule}


class WithHistory(WithoutBulkActions):
    """Whoever reads the list finds who changed what, and when."""

    history_url_name = ""

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        history = Button(
            _("Historique"), url=reverse(self.history_url_name, args=[instance.pk]), icon_name="history"
        )
        return [*super().get_list_more_buttons(instance), history]


class LexiconIndex(WithHistory, snippets.IndexView):
    """The same for every department, and written by all of their coordinators."""


class DoorIndex(WithHistory, SharedIndex, snippets.IndexView):
    pass


class SavedAsVersion(WithoutAutosave):
    """One writer: `editing` checks again who writes."""

    revision: Any = None  # what a return goes back to

    def save_instance(self) -> Any:
        instance = self.form.save(commit=False)
        WRITERS[type(instance)](instance, self.request.user, self.revision)
        self.new_revision = instance.latest_revision
        return instance


class Create(SavedAsVersion, snippets.CreateView):
    pass


class Edit(SavedAsVersion, snippets.EditView):
    pass


class Revert(SavedAsVersion, RevisionsRevertMixin, snippets.EditView):
    """The form as a former version had it: saving it makes it the present one."""

    view_name = "revisions_revert"

    def get_warning_message(self) -> str:
        """A version that a file brought has no author."""
        if self.revision.user:
            return super().get_warning_message()
        day = long_date(localtime(self.revision.created_at))
        return _("Version du %(day)s, telle qu’elle a été livrée.") % {"day": day}


class DoorHistory(snippets.HistoryView):
    """Read by every coordinator; what leads to writing is for those who may."""

    any_permission_required = ("add", "change", "view")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_edit_shared(request.viewer):
            self.edit_url_name = self.revisions_revert_url_name = None

    @cached_property
    def header_buttons(self) -> list[Any]:
        return super().header_buttons if self.edit_url_name else []


class DoorComparison(snippets.RevisionsCompareView):
    permission_required = "view"

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if may_edit_shared(self.request.viewer) else None
