"""The forms of what services stand on: organisations, local areas, types of actors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory import taxonomy, validation
from directory.administration.choices import helpline_choices
from directory.administration.fields import CommuneListField, VocabularyField
from directory.administration.forms import KeeperForm
from directory.discretion import telling_words


class OrganisationForm(KeeperForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_departments()
        self.fields["siret"].max_length = None  # typed with spaces
        self.fields["siret"].validators = []
        self.fields["website"] = forms.CharField(label=gettext_lazy("Site"), required=False)

    def clean_siret(self) -> str:
        return validation.clean_siret(self.cleaned_data["siret"])

    def clean_website(self) -> str:
        return validation.clean_url(self.cleaned_data["website"])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.add_errors(
            validation.text_errors({"description": values.get("description")}, hides_address=False)
        )
        return values


class AreaForm(KeeperForm):
    """A local area: its communes are typed, 35,000 do not fit in a list."""

    communes = CommuneListField(
        required=True,
        label=gettext_lazy("Communes"),
        help_text=gettext_lazy(
            "Une par ligne ou séparées par des virgules, par leur nom ou leur code INSEE."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_departments()
        self.fields["communes"].departments = self.viewer.coordinates
        local = [(slug, label) for slug, label in taxonomy.AREA_KINDS if slug not in ("department", "epci")]
        self.fields["kind"].choices = local
        self.fields["kind"].widget.choices = local


class ActorTypeForm(KeeperForm):
    referrers = VocabularyField(taxonomy.REFERRERS, label=gettext_lazy("Qui peut saisir"))
    fallback = VocabularyField(label=gettext_lazy("Numéros de repli"))
    own_labels = forms.CharField(
        label=gettext_lazy("Champs propres à ce type"),
        required=False,
        widget=AdminAutoHeightTextInput(),
        help_text=gettext_lazy(
            "Un par ligne. Renommez une ligne sans changer leur nombre : les textes saisis suivent."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fallback"].choices = helpline_choices()
        self.initial["own_labels"] = "\n".join(field["label"] for field in self.instance.own_fields)

    def _post_clean(self) -> None:
        super()._post_clean()
        labels = [
            line.strip() for line in self.cleaned_data.get("own_labels", "").splitlines() if line.strip()
        ]
        before = self.instance.own_fields
        by_label = {field["label"]: field["slug"] for field in before}
        slugs = [field["slug"] for field in before] if len(before) == len(labels) else []
        slugs = slugs or [by_label.get(label) or slugify(label)[:40] for label in labels]
        self.instance.own_fields = [
            {"slug": slug, "label": label} for slug, label in zip(slugs, labels, strict=True)
        ]

    def clean_discreet(self) -> str:
        words = telling_words(self.cleaned_data["discreet"])
        if words:
            raise ValidationError(
                _("Ce titre se lit dans un historique : remplacez « %(words)s ».")
                % {"words": ", ".join(words)}
            )
        return self.cleaned_data["discreet"]
