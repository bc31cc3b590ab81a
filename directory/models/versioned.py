"""What is written for everyone: in force at once, each version kept with its author."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import RevisionMixin

# Of what is in force, whichever version that is: who and when are told by the version itself.
_OF_NO_VERSION = frozenset({"pk", "latest_revision", "changed_by", "changed_at", "shipped"})


class Versioned(RevisionMixin, models.Model):
    """A row whose history is kept. `changed_by`: a function, never a person (domain.md P1); "" as shipped."""

    is_open = models.BooleanField(_("en usage"), default=True)
    changed_by = models.CharField(_("par"), max_length=80, blank=True)
    changed_at = models.DateTimeField(_("modifié"), auto_now=True)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A former version keeps what was shipped last: else `load_reference` would take it for unedited, and
        undo the return to it."""
        former = super().with_content_json(content)
        former.shipped = self.shipped
        return former

    def save_version(self, by: Any, former: Any = None) -> None:
        """Save, and add to the history, with what is replaced when a file brought it. `former`: the revision
        that this goes back to."""
        stands = type(self).objects.select_related("latest_revision").filter(pk=self.pk).first()
        if stands:
            stands._keep()
        self.save()
        action = True if stands else "wagtail.create"
        self.save_revision(user=by, clean=False, previous_revision=former, log_action=action)

    def _keep(self) -> None:
        """What is in force, as a version of the day when it came, unless it is the latest one."""
        since = self.changed_at  # serializing the fields renews it
        if self._is_latest_version():
            return
        action = "wagtail.edit" if self.latest_revision_id else "wagtail.create"
        revision = self.save_revision(clean=False)
        revision.created_at = since
        revision.save(update_fields=["created_at"])
        log(instance=self, action=action, timestamp=since, revision=revision, content_changed=True)

    def _is_latest_version(self) -> bool:
        if self.latest_revision is None:
            return False
        kept, present = self.latest_revision.content, self.serializable_data()
        return all(kept.get(name) == value for name, value in present.items() if name not in _OF_NO_VERSION)
