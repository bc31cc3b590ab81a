"""Lists and forms of organisations, areas, types and numbers: what is kept, saved through `editing`."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.views import generic
from wagtail.log_actions import log

from directory import editing
from directory.models import ActorType, Area, Helpline, Organisation
from directory.permissions import kept, may_edit_area, may_edit_shared


class KeptIndex(generic.IndexView):
    """Only what the reader keeps, searches included."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.model.objects.filter(kept(self.request.viewer))


class AreaIndex(KeptIndex):
    def get_edit_url(self, instance: Area) -> str | None:
        return super().get_edit_url(instance) if may_edit_area(self.request.viewer, instance) else None


class SharedIndex(generic.IndexView):
    """The same for every department; only administrators write."""

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if may_edit_shared(self.request.viewer) else None

    def get_add_url(self) -> str | None:
        return super().get_add_url() if may_edit_shared(self.request.viewer) else None


class WithoutBulkActions:
    """Without their boxes: the only one deletes, and nothing is deleted."""

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if column.name != "bulk_actions"]


class WithoutAutosave:
    """Half a row would be kept, with what somebody typed by mistake."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class SavedByEditing:
    """One writer: `editing` checks again who writes, and tells the index what follows."""

    def save_instance(self) -> Any:
        is_new = self.form.instance.pk is None
        instance = self.form.save(commit=False)
        write(instance, self.form, self.request.user)
        log(instance=instance, action="wagtail.create" if is_new else "wagtail.edit", user=self.request.user)
        return instance


def write(instance: Any, form: Any, by: Any) -> None:
    if isinstance(instance, Area):
        editing.save_area(instance, form.cleaned_data["communes"], by)
        return
    writers = {
        Organisation: editing.save_organisation,
        ActorType: editing.save_actor_type,
        Helpline: editing.save_helpline,
    }
    writers[type(instance)](instance, by)
    form.save_m2m()


class Create(SavedByEditing, generic.CreateView):
    pass


class Edit(SavedByEditing, generic.EditView):
    pass


class EditArea(Edit):
    def get_form_kwargs(self) -> dict[str, Any]:
        communes = self.object.communes.order_by("name", "pk")
        return super().get_form_kwargs() | {"initial": {"communes": list(communes)}}
