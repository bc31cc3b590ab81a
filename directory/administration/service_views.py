"""Services in the administration: the form, and the gestures (confirm, close, suspend, reopen, withdraw)."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, Button
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from directory import editing, taxonomy, validation
from directory.administration.choices import department_choices
from directory.administration.forms import keeper_label
from directory.administration.guard import SERVICES
from directory.administration.views import WithoutAutosave, WithoutBulkActions
from directory.models import ActorType, Organisation, Service


class ServiceIndex(WithoutBulkActions, snippets.IndexView):
    @cached_property
    def columns(self) -> list[Any]:
        """Without a department always the same."""
        is_one = len(self.request.viewer.coordinates) == 1 and not self.request.viewer.sees_all
        return [column for column in super().columns if not (is_one and column.name == "department")]

    def get_list_more_buttons(self, instance: Service) -> list[Button]:
        return [*super().get_list_more_buttons(instance), *gesture_buttons(instance)]

    @cached_property
    def header_buttons(self) -> list[Any]:
        quick = HeaderButton(
            _("Nouvelle structure"), url=reverse("annuaire_nouvelle"), icon_name="plus-inverse"
        )
        return [quick, *super().header_buttons]

    add_item_label = gettext_lazy("Nouveau service")


def gesture_buttons(service: Service) -> list[Button]:
    """What may be done of an entry in one gesture, in its present state."""
    is_open = service.state == Service.State.ACTIVE and not (service.closed_from or service.closed_until)
    gestures = [("confirm", _("Confirmer : rien n’a changé"), "check")]
    if is_open:
        gestures.append(("suspend", _("Fermer temporairement"), "time"))
    else:
        gestures.append(("reopen", _("Rouvrir"), "rotate"))
    if service.state != Service.State.CLOSED:
        gestures.append(("close", _("Fermer définitivement"), "cross"))
    return [
        Button(label, url=reverse(f"{SERVICES}:{name}", args=[service.pk]), icon_name=icon, priority=order)
        for order, (name, label, icon) in enumerate(gestures, 1)
    ]


class SavedThroughEditing(WithoutAutosave):
    def save_instance(self) -> Service:
        """Wagtail keeps the revision and its log; `editing` decides whether this account may write it."""
        with transaction.atomic():
            editing.require(self.form.instance, self.request.user)
            saved = super().save_instance()
            if not saved.live:
                editing.forget_addresses(saved)
            return saved

    def publish_action(self) -> HttpResponse | None:
        editing.publish_revision(self.new_revision, self.request.user)
        return None


class CreateService(SavedThroughEditing, snippets.CreateView):
    """First the type, which decides of the form; then the form, begun as the type says."""

    page_title = gettext_lazy("Nouveau service")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.actor_type is None:
            return self._ask_the_type(request)
        return super().get(request, *args, **kwargs)

    @cached_property
    def actor_type(self) -> ActorType | None:
        return ActorType.objects.filter(slug=self.request.GET.get("type", ""), is_open=True).first()

    def _ask_the_type(self, request: HttpRequest) -> HttpResponse:
        types = ActorType.objects.filter(is_open=True, kind="structure").order_by("rank", "name", "pk")
        families = {label: [one for one in types if one.family == slug] for slug, label in taxonomy.FAMILIES}
        context = {
            "families": [(label, members) for label, members in families.items() if members],
            "organisation": request.GET.get("organisation", ""),
        }
        return render(request, "directory/admin/choose_type.html", context)

    def get_initial_form_instance(self) -> Service:
        """Begun as the type says, in the department of the one who writes."""
        service = Service(languages=["fr"])
        if self.actor_type:
            service.type, service.audience = self.actor_type, self.actor_type.audience
            service.referrers = list(self.actor_type.referrers)
            service.roles = ["victime"] if self.actor_type.for_victims else ["auteur"]
        departments = department_choices(self.request.viewer)
        if len(departments) == 1:
            service.department = departments[0][0]
        asked = self.request.GET.get("organisation", "")
        if asked.isdigit():
            organisation = Organisation.objects.filter(pk=asked).first()
            if organisation and organisation.department in dict(departments):
                service.organisation, service.department = organisation, organisation.department
        return service


class EditService(SavedThroughEditing, snippets.EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *gesture_buttons(self.live_object)]


class PreviewNewService(snippets.PreviewOnCreateView):
    def get_object(self) -> Service:
        return Service(languages=["fr"])


class UnpublishService(snippets.UnpublishView):
    """« Retirer » : out of sight, kept as a draft."""

    def unpublish(self) -> None:
        editing.withdraw(self.object, self.request.user)


# --- Gestures ----------------------------------------------------------------------------------------------


class _Words(forms.Form):
    """A message in words, checked like the others."""

    message = forms.CharField(
        label=gettext_lazy("Message montré"),
        max_length=300,
        widget=AdminAutoHeightTextInput(),
        help_text=gettext_lazy("Pourquoi c’est fermé, et à qui s’adresser maintenant."),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service

    def clean_message(self) -> str:
        message = self.cleaned_data["message"].strip()
        for error in validation.text_errors({"message": message}, self.service.type.hides_address).values():
            raise error
        return message


class _Nothing(forms.Form):
    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class _WordsAndDates(_Words):
    since = forms.DateField(label=gettext_lazy("Fermé du"), required=False, widget=AdminDateInput())
    until = forms.DateField(
        label=gettext_lazy("Au"),
        required=False,
        widget=AdminDateInput(),
        help_text=gettext_lazy("Avec une date de fin, la fiche rouvre d’elle-même."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", _("La fermeture finit avant de commencer : corrigez les dates."))
        return values


class Gesture(WagtailAdminTemplateMixin, FormView):
    """A question, and what its answer does. The guard checked whose entry it is; `editing` does again."""

    template_name = "directory/admin/gesture.html"
    model = Service
    index_url_name = None
    edit_url_name = None
    form_class: Any = _Nothing
    page_title = ""
    question = ""
    answer = ""
    done = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(
            Service.objects.select_related("type", "organisation"), pk=kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"service": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse(f"{SERVICES}:edit", args=[self.object.pk])
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "answer": self.answer,
            "back": back,
            "media": kwargs.get("form", self.get_form()).media,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = {"url": reverse(f"{SERVICES}:edit", args=[self.object.pk]), "label": self.object.name}
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(f"{SERVICES}:list"), "label": _("Services")},
            edit,
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        self.perform(form.cleaned_data)
        messages.success(self.request, self.done % {"name": self.object.name})
        return redirect(f"{SERVICES}:edit", self.object.pk)

    def perform(self, values: dict[str, Any]) -> None:
        raise NotImplementedError


class ConfirmService(Gesture):
    page_title = gettext_lazy("Confirmer")
    question = gettext_lazy(
        "Vous avez vérifié auprès du service que rien n’a changé ? La date du jour sera montrée."
    )
    answer = gettext_lazy("Confirmer : rien n’a changé")
    done = gettext_lazy("« %(name)s » est vérifié aujourd’hui.")

    def perform(self, values: dict[str, Any]) -> None:
        editing.confirm(self.object, self.request.user, keeper_label(self.object.department))


class CloseService(Gesture):
    page_title = gettext_lazy("Fermer définitivement")
    question = gettext_lazy(
        "La fiche quitte les résultats. Son adresse répond toujours, et montre ce message."
    )
    answer = gettext_lazy("Fermer définitivement")
    done = gettext_lazy("« %(name)s » est fermé.")
    form_class = _Words

    def perform(self, values: dict[str, Any]) -> None:
        editing.close(self.object, values["message"], self.request.user)


class SuspendService(Gesture):
    page_title = gettext_lazy("Fermer temporairement")
    question = gettext_lazy("La fiche reste dans les résultats, marquée fermée.")
    answer = gettext_lazy("Fermer temporairement")
    done = gettext_lazy("« %(name)s » est fermé temporairement.")
    form_class = _WordsAndDates

    def perform(self, values: dict[str, Any]) -> None:
        editing.suspend(self.object, values["message"], self.request.user, values["since"], values["until"])


class ReopenService(Gesture):
    page_title = gettext_lazy("Rouvrir")
    question = gettext_lazy("La fiche redevient active ; le message de fermeture est effacé.")
    answer = gettext_lazy("Rouvrir")
    done = gettext_lazy("« %(name)s » est de nouveau actif.")

    def perform(self, values: dict[str, Any]) -> None:
        editing.reopen(self.object, self.request.user)
