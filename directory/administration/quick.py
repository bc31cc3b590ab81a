"""« Nouvelle structure »: an organisation, its service, its place and its number, in two minutes."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory import editing, taxonomy, validation
from directory.administration import widgets
from directory.administration.choices import department_choices, type_choices
from directory.administration.fields import CommuneField, CommuneListField, HoursField
from directory.administration.forms import keeper_label
from directory.administration.guard import SERVICES
from directory.folding import fold
from directory.models import ActorType, Area, Contact, Organisation, Place, Service, User
from directory.permissions import kept
from directory.visibility import Viewer

COVERAGES = [
    ("departement", gettext_lazy("Tout le département")),
    ("communes", gettext_lazy("Certaines communes (à lister)")),
    ("aucun", gettext_lazy("Aucun territoire : on le trouve s’il est près")),
]
FRONT_DESK = "Accueil"  # who answers the number: stored, in French whoever writes
ADDRESSES = [("", gettext_lazy("Comme le type le prévoit")), *taxonomy.ADDRESS_VISIBILITIES.choices]


class QuickForm(forms.Form):
    """Required: who, what, in a sentence. The rest is checked when it is written."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        help_text=gettext_lazy(
            "Si elle est déjà dans l’annuaire, écrivez son nom à l’identique : elle sera reprise."
        ),
    )
    department = forms.ChoiceField(label=gettext_lazy("Département"))
    type = forms.ModelChoiceField(label=gettext_lazy("Type de service"), queryset=ActorType.objects.none())
    name = forms.CharField(
        label=gettext_lazy("Nom du service"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Vide : celui de l’organisation."),
    )
    summary = forms.CharField(
        label=gettext_lazy("En une phrase"),
        max_length=300,
        widget=AdminAutoHeightTextInput(),
        help_text=gettext_lazy("Ce que l’on y trouve, en mots simples."),
    )
    commune = CommuneField(
        label=gettext_lazy("Commune du lieu"),
        required=False,
        help_text=gettext_lazy("Vide : le service répond à distance."),
    )
    street = forms.CharField(label=gettext_lazy("Numéro et rue"), max_length=160, required=False)
    address_visibility = forms.ChoiceField(
        label=gettext_lazy("Qui voit l’adresse"), choices=ADDRESSES, required=False
    )
    hours = HoursField(label=gettext_lazy("Horaires"))
    phone = forms.CharField(
        label=gettext_lazy("Téléphone"), max_length=40, required=False,
        help_text=gettext_lazy("04 65 71 00 12, ou un numéro court."),
    )  # fmt: skip
    email = forms.CharField(label=gettext_lazy("Adresse électronique"), max_length=200, required=False)
    coverage = forms.ChoiceField(
        label=gettext_lazy("Pour quels habitants"),
        choices=COVERAGES,
        initial="departement",
        widget=forms.RadioSelect(),
    )
    communes = CommuneListField(label=gettext_lazy("Lesquelles"))
    just_verified = forms.BooleanField(
        label=gettext_lazy("Je viens de vérifier ces informations auprès du service"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        departments = department_choices(viewer)
        self.fields["department"].choices = (
            departments if len(departments) == 1 else [("", "—"), *departments]
        )
        self.fields["type"].queryset = ActorType.objects.filter(is_open=True, kind="structure")
        self.fields["type"].choices = type_choices()
        for name in ("commune", "communes"):
            self.fields[name].departments = viewer.coordinates

    def clean_phone(self) -> str:
        return (
            validation.clean_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"].strip() else ""
        )

    def clean_email(self) -> str:
        return (
            validation.clean_email(self.cleaned_data["email"]) if self.cleaned_data["email"].strip() else ""
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        kind = values.get("type")
        hides = bool(kind and kind.hides_address)
        texts = {name: values.get(name) for name in ("organisation", "name", "summary")}
        for name, error in validation.text_errors(texts, hides).items():
            self.add_error(name, error)
        self._check_place(values, hides)
        if kind and (error := validation.hours_error(kind.slug, values.get("hours") or "")):
            self.add_error("hours", error)
        self._check_coverage(values, hides)
        return values

    def _check_place(self, values: dict[str, Any], hides: bool) -> None:
        wrote = [name for name in ("commune", "street") if values.get(name)]
        if hides:
            for name in wrote:
                self.add_error(name, validation.hidden_places_error())
            return
        if values.get("street") and not values.get("commune") and "commune" not in self.errors:
            self.add_error("commune", _("Écrivez la commune de cette rue."))
        for name, error in validation.place_errors(values).items():
            if name in self.fields:
                self.add_error(name, error)

    def _check_coverage(self, values: dict[str, Any], hides: bool) -> None:
        communes = values.get("communes") or []
        if values.get("coverage") == "communes":
            if error := validation.coverage_error(hides, False, [], communes):
                self.add_error("communes", error)
            elif not communes and "communes" not in self.errors:
                self.add_error(
                    "communes", _("Écrivez au moins une commune, ou choisissez un autre territoire.")
                )

    # --- What it makes --------------------------------------------------------------------------------

    @transaction.atomic
    def create(self, by: User, publish: bool) -> Service:
        service = self._service(self._organisation(by))
        (editing.publish if publish else editing.propose)(service, by)
        return service

    def _organisation(self, by: User) -> Organisation:
        name, department = self.cleaned_data["organisation"].strip(), self.cleaned_data["department"]
        own = Organisation.objects.filter(kept(self.viewer), department=department).order_by("pk")
        known = next((one for one in own if fold(one.name) == fold(name)), None)
        if known is None:
            known = Organisation(name=name, department=department)
            editing.save_organisation(known, by)
        return known

    def _service(self, organisation: Organisation) -> Service:
        values, kind = self.cleaned_data, self.cleaned_data["type"]
        service = Service(
            organisation=organisation,
            type=kind,
            department=values["department"],
            name=values["name"].strip() or organisation.name,
            summary=values["summary"],
            audience=kind.audience,
            referrers=list(kind.referrers),
            roles=["victime"] if kind.for_victims else ["auteur"],
            languages=["fr"],
            hours="" if values["commune"] else values["hours"],
        )
        if values["just_verified"]:
            service.verified_on, service.verified_by = timezone.localdate(), keeper_label(service.department)
        service.places = [self._place(kind)] if values["commune"] else []
        service.contacts = self._contacts()
        service.coverage_areas = self._areas()
        service.coverage_communes = values["communes"] if values["coverage"] == "communes" else []
        return service

    def _place(self, kind: ActorType) -> Place:
        values = self.cleaned_data
        default = kind.address if kind.address != "aucune" else "publique"
        visibility = values["address_visibility"] or default
        codes = values["commune"].postal_codes
        alone = codes[0] if len(codes) == 1 and values["street"] and visibility != "jamais" else ""
        return Place(
            commune=values["commune"], street=values["street"], postal_code=alone,
            address_visibility=visibility, hours=values["hours"], sort_order=1,
        )  # fmt: skip

    def _contacts(self) -> list[Contact]:
        values = self.cleaned_data
        kept_values = [("telephone", values["phone"], FRONT_DESK), ("courriel", values["email"], "")]
        return [
            Contact(kind=kind, value=value, label=label, sort_order=order)
            for order, (kind, value, label) in enumerate(kept_values, 1)
            if value
        ]

    def _areas(self) -> list[Area]:
        if self.cleaned_data["coverage"] != "departement":
            return []
        return list(Area.objects.filter(kind="department", code=self.cleaned_data["department"]))


GROUPS = [
    (gettext_lazy("Qui, et quoi"), ("organisation", "department", "type", "name", "summary")),
    (gettext_lazy("Où et quand"), ("commune", "street", "address_visibility", "hours")),
    (gettext_lazy("Comment joindre"), ("phone", "email")),
    (gettext_lazy("Territoire et vérification"), ("coverage", "communes", "just_verified")),
]


class QuickEntry(WagtailAdminTemplateMixin, FormView):
    template_name = "directory/admin/quick.html"
    form_class = QuickForm
    page_title = gettext_lazy("Nouvelle structure")
    header_icon = "plus-inverse"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"viewer": self.request.viewer}

    @cached_property
    def known(self) -> list[str]:
        """Names of the organisations kept, for the list of suggestions."""
        return list(
            Organisation.objects.filter(kept(self.request.viewer))
            .order_by("name", "pk")
            .values_list("name", flat=True)[:1000]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        groups = [(title, [form[name] for name in names]) for title, names in GROUPS]
        hidden = ActorType.objects.filter(address="jamais").order_by("pk").values_list("pk", flat=True)
        return context | {
            "groups": groups, "known": self.known, "media": form.media + widgets.MEDIA,
            "hidden_types": ",".join(str(pk) for pk in hidden),
        }  # fmt: skip

    def form_valid(self, form: QuickForm) -> HttpResponse:
        publishes = "publish" in self.request.POST
        service = form.create(self.request.user, publishes)
        said = _("« %(name)s » est publié.") if publishes else _("« %(name)s » est enregistré en brouillon.")
        messages.success(self.request, said % {"name": service.name})
        return redirect(f"{SERVICES}:edit", service.pk)

    def form_invalid(self, form: QuickForm) -> HttpResponse:
        messages.error(self.request, _("Rien n’est enregistré : corrigez les champs marqués en rouge."))
        return super().form_invalid(form)
