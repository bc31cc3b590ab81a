"""Which institutions approved a page, read from Wagtail's own workflow: never written by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from directory.dates import long_date


@dataclass(frozen=True)
class Validation:
    """`on` is None as long as the institution has not approved it."""

    name: str
    on: date | None

    @property
    def label(self) -> str:
        if self.on is None:
            return _("%(name)s : relecture attendue") % {"name": self.name}
        return _("%(name)s : approuvé le %(day)s") % {"name": self.name, "day": long_date(self.on)}


def validations_of(page: Any) -> tuple[Validation, ...]:
    """The steps of the page's workflow, in order, each with its last approval: four queries at most."""
    workflow = page.get_workflow()
    if workflow is None:
        return ()
    approved = (
        TaskState.objects.for_instance(page)
        .filter(status=TaskState.STATUS_APPROVED)
        .order_by()
        .values("task_id")
        .annotate(last=Max("finished_at"))
        .values_list("task_id", "last")
    )
    days = {task: timezone.localdate(last) for task, last in approved if last}
    return tuple(Validation(task.name, days.get(task.pk)) for task in workflow.tasks)
