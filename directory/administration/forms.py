"""The form of a service, its places and contacts. What is right to write is `validation.py`."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory import taxonomy, validation
from directory.administration.choices import department_choices, helpline_choices, type_choices
from directory.administration.fields import (
    AreasField,
    CommuneField,
    CommuneListField,
    HoursField,
    PointField,
    VocabularyField,
)
from directory.administration.widgets import hours_in_french
from directory.models import ActorType, Contact, Organisation, Place, Service
from directory.permissions import kept
from directory.phones import display_phone
from directory.visibility import Viewer, viewer_of

OWN = "own_"


def keeper_label(department: str) -> str:
    """Who verified, as the public reads it: a function, never a person (P1). Stored: in French for all."""
    with override(settings.LANGUAGE_CODE):
        return _("Coordination %(department)s") % {"department": department}


class KeeperForm(WagtailAdminModelForm):
    """A form that knows who writes."""

    @cached_property
    def viewer(self) -> Viewer:
        return viewer_of(self.for_user)

    def limit_departments(self) -> None:
        """Only the departments kept; the only one is chosen already."""
        choices = department_choices(self.viewer)
        self.fields["department"] = forms.ChoiceField(
            label=gettext_lazy("Département"),
            choices=choices if len(choices) == 1 else [("", "—"), *choices],
            help_text=gettext_lazy("Celui dont la coordination tient la fiche."),
        )
        if len(choices) == 1 and not self.initial.get("department"):
            self.initial["department"] = choices[0][0]

    def add_errors(self, errors: dict[str, ValidationError]) -> None:
        for name, error in errors.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, error)


class KeepsHours(forms.BaseForm):
    """Hours shown in French and left alone stay as written: an import compares them to the letter."""

    def clean_hours(self) -> str:
        before, typed = self.initial.get("hours") or "", str(self["hours"].data or "").strip()
        return before if before and typed == hours_in_french(before) else self.cleaned_data["hours"]


class ServiceForm(KeepsHours, KeeperForm):
    """A service. Its type decides of the fields: no place nor commune where it hides its address."""

    roles = VocabularyField(taxonomy.ROLES, label=gettext_lazy("Pour qui"))
    situations = VocabularyField(taxonomy.SITUATIONS, label=gettext_lazy("Situations accueillies"))
    violences = VocabularyField(taxonomy.VIOLENCES, label=gettext_lazy("Violences"))
    provisions = VocabularyField(taxonomy.PROVISIONS, label=gettext_lazy("Ce que l’on y trouve"))
    referrers = VocabularyField(taxonomy.REFERRERS, label=gettext_lazy("Qui peut contacter ce service"))
    conditions = VocabularyField(taxonomy.CONDITIONS, label=gettext_lazy("Conditions d’accès"))
    contact_modes = VocabularyField(taxonomy.CONTACT_MODES, label=gettext_lazy("Comment prendre contact"))
    reception_modes = VocabularyField(taxonomy.RECEPTION_MODES, label=gettext_lazy("Comment on est reçu"))
    languages = VocabularyField(taxonomy.LANGUAGES, label=gettext_lazy("Langues"), initial=["fr"])
    fallback = VocabularyField(
        label=gettext_lazy("Numéros de repli"),
        help_text=gettext_lazy("Montrés quand c’est fermé. Rien de coché : ceux du type."),
    )
    hours = HoursField(label=gettext_lazy("Horaires du service"))
    coverage_areas = AreasField(
        required=False,
        label=gettext_lazy("Territoires couverts"),
        help_text=gettext_lazy(
            "Pour qui ce service est compétent. C’est ce qui décide des résultats, avant la distance."
        ),
    )
    coverage_communes = CommuneListField(
        label=gettext_lazy("Communes couvertes"),
        help_text=gettext_lazy(
            "Une par ligne, par leur nom ou leur code INSEE ; seulement si aucun territoire ne convient."
        ),
    )
    just_verified = forms.BooleanField(
        required=False,
        label=gettext_lazy("Je viens de vérifier ces informations auprès du service"),
        help_text=gettext_lazy(
            "Enregistrer n’est pas vérifier : la date de vérification ne change que si vous cochez."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_departments()
        self._limit_choices()
        self._show_what_the_type_has()

    # --- What the type decides -----------------------------------------------------------------------

    @cached_property
    def actor_type(self) -> ActorType | None:
        """The type as posted, as asked for, or as kept."""
        posted = self.data.get(self.add_prefix("type")) if self.is_bound else None
        pk = posted if posted is not None else self.instance.type_id
        return ActorType.objects.filter(pk=pk).first() if str(pk or "").isdigit() else None

    @property
    def hides_address(self) -> bool:
        return bool(self.actor_type and self.actor_type.hides_address)

    @property
    def own_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(OWN)]

    def _limit_choices(self) -> None:
        own = Organisation.objects.filter(kept(self.viewer)) | Organisation.objects.filter(
            pk=self.instance.organisation_id
        )
        self.fields["organisation"].queryset = own.order_by("name", "pk")
        self.fields["type"].choices = type_choices(self.instance.type_id)
        self.fields["fallback"].choices = helpline_choices()
        departments = frozenset(
            code for code, _name in department_choices(self.viewer, self.instance.department)
        )
        self.fields["coverage_areas"].widget.departments = departments
        if "coverage_communes" in self.fields:
            self.fields["coverage_communes"].departments = departments

    def _show_what_the_type_has(self) -> None:
        for field in self.actor_type.own_fields if self.actor_type else ():
            kept_text = self.instance.details.get(field["slug"], "")
            self.fields[OWN + field["slug"]] = forms.CharField(
                label=field["label"], required=False, initial=kept_text, widget=AdminAutoHeightTextInput()
            )
        if self.hides_address:
            self.fields.pop("coverage_communes", None)
            if not self._posted("places-TOTAL_FORMS"):
                self.formsets.pop("places", None)
        if self.actor_type and self.actor_type.slug in validation.WITHOUT_HOURS and not self._posted("hours"):
            for name in ("hours", "hours_note", "by_appointment"):
                self.fields.pop(name, None)

    def _posted(self, name: str) -> bool:
        return self.is_bound and self.data.get(name, "") not in ("", "0")

    # --- What is refused ---------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        texts = {name: values.get(name) for name in (*validation.SERVICE_TEXTS, *self.own_names)}
        self.add_errors(validation.text_errors(texts, self.hides_address))
        self.add_errors(validation.state_errors(values))
        self._add(("age_max",), validation.age_error(values.get("age_min"), values.get("age_max")))
        self._add(("coverage_areas",), self._coverage_error(values))
        self._add(
            ("hours",),
            validation.hours_error(
                self.actor_type.slug if self.actor_type else "", values.get("hours") or ""
            ),
        )
        return values

    def _coverage_error(self, values: dict[str, Any]) -> ValidationError | None:
        posted = self.data.get("coverage_communes", "").strip() if self.hides_address else ""
        communes = values.get("coverage_communes") or ([posted] if posted else [])
        return validation.coverage_error(
            self.hides_address, bool(values.get("is_national")), values.get("coverage_areas") or [], communes
        )

    def _add(self, names: tuple[str, ...], error: ValidationError | None) -> None:
        if error:
            self.add_errors(dict.fromkeys(names, error))

    def is_valid(self) -> bool:
        """The rows too: what they may say depends on the type."""
        is_valid = super().is_valid()
        return self.is_bound and self._rows_are_right() and is_valid

    def _rows_are_right(self) -> bool:
        places = [row for row in self._rows("places") if _is_written(row)]
        if self.hides_address and places:
            error = validation.hidden_places_error()
            if error.message not in self.non_field_errors():
                self.add_error(None, error)
            return False
        wrong = [row for row in (*places, *self._rows("contacts")) if not self._row_is_right(row)]
        return not wrong

    def _row_is_right(self, row: forms.ModelForm) -> bool:
        names = validation.PLACE_TEXTS if isinstance(row.instance, Place) else validation.CONTACT_TEXTS
        values = getattr(row, "cleaned_data", {})
        for name, error in validation.text_errors(
            {n: values.get(n) for n in names}, self.hides_address
        ).items():
            row.add_error(name, error)
        slug = self.actor_type.slug if self.actor_type else ""
        if (error := validation.hours_error(slug, values.get("hours") or "")) and "hours" not in row.errors:
            row.add_error("hours", error)
        return not row.errors

    def _rows(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        return [row for row in formset.forms if not formset._should_delete_form(row)] if formset else []

    # --- What is kept ---------------------------------------------------------------------------------------

    def _post_clean(self) -> None:
        super()._post_clean()
        own = {name.removeprefix(OWN): self.cleaned_data.get(name, "") for name in self.own_names}
        self.instance.details = {slug: text for slug, text in (self.instance.details | own).items() if text}
        if self.cleaned_data.get("just_verified"):
            self.instance.verified_on = timezone.localdate()
            self.instance.verified_by = keeper_label(self.instance.department)

    def save(self, commit: bool = True) -> Service:
        if self.hides_address:
            self.instance.places = []
            self.instance.coverage_communes = []
        if self.actor_type and self.actor_type.slug in validation.WITHOUT_HOURS:
            self.instance.hours = self.instance.hours_note = ""
        return super().save(commit)


def _is_written(row: Any) -> bool:
    return bool(row.instance.pk or row.has_changed())


class PlaceForm(KeepsHours, WagtailAdminModelForm):
    """An office or a permanence."""

    commune = CommuneField(
        label=gettext_lazy("Commune"), help_text=gettext_lazy("Commencez à écrire son nom, puis choisissez.")
    )
    hours = HoursField()
    point = PointField(
        required=False,
        label=gettext_lazy("Point sur la carte"),
        help_text=gettext_lazy("Facultatif : laissez vide pour prendre le point de la commune."),
    )

    def clean_postal_code(self) -> str:
        return validation.clean_postal_code(self.cleaned_data["postal_code"])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, error in validation.place_errors(values).items():
            self.add_error(name, error)
        codes = values["commune"].postal_codes if values.get("commune") else []
        if (
            values.get("street")
            and not values.get("postal_code")
            and len(codes) == 1
            and "street" not in self.errors
        ):
            values["postal_code"] = codes[0]
        return values


class ContactForm(KeepsHours, WagtailAdminModelForm):
    hours = HoursField(help_text="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind in (Contact.Kind.PHONE, Contact.Kind.SMS):
            self.initial["value"] = display_phone(self.initial.get("value") or "")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        try:
            values["value"] = validation.clean_contact(values.get("kind", ""), values.get("value") or "")
        except ValidationError as error:
            self.add_error("value", error)
        return values
