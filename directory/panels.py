"""What the forms of the administration show, and in which order: the essential first."""

from functools import partial
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin import compare
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.admin.panels.base import get_form_for_model

from directory.administration.forms import OWN, ContactForm, PlaceForm, ServiceForm
from directory.administration.sheet_forms import ActorTypeForm, AreaForm, OrganisationForm


class ListComparison(compare.FieldComparison):
    """Two lists of slugs, or two sets of details, in words."""

    def htmldiff(self) -> str:
        return format_html("<del>{}</del> <ins>{}</ins>", self._said(self.val_a), self._said(self.val_b))

    def _said(self, value: Any) -> str:
        if isinstance(value, dict):
            return " ; ".join(f"{slug} : {text}" for slug, text in value.items())
        labels = dict(getattr(getattr(self.field, "base_field", None), "choices", None) or ())
        return ", ".join(str(labels.get(one, one)) for one in value or ())


class ListPanel(FieldPanel):
    """A field that holds a list."""

    def get_comparison_class(self) -> Any:
        return ListComparison


class RowsPanel(InlinePanel):
    """Rows of a child, with a form of their own; hidden when the form has no such rows."""

    row_form: Any = None

    def __init__(self, *args: Any, row_form: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model, form_class=self.row_form, defer_required_on_fields=deferred
        )
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.is_offered = form is None or kwargs["panel"].relation_name in form.formsets
            if self.is_offered:
                super().__init__(**kwargs)
                self._begin_as_the_type_says()
            else:
                Panel.BoundPanel.__init__(self, **kwargs)

        def _begin_as_the_type_says(self) -> None:
            kind = self.form.actor_type if self.form is not None else None
            if (
                kind
                and kind.address not in ("aucune", "jamais")
                and "address_visibility" in self.empty_child.form.fields
            ):
                self.empty_child.form.initial["address_visibility"] = kind.address

        def is_shown(self) -> bool:
            return self.is_offered


class OwnFieldsPanel(Panel):
    """The fields that the type of the service has on its own."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/own_fields.html"

        @property
        def fields(self) -> list[Any]:
            return [self.form[name] for name in self.form.fields if name.startswith(OWN)]

        def is_shown(self) -> bool:
            return bool(self.fields)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return (super().get_context_data(parent_context) or {}) | {"fields": self.fields}

        def get_comparison(self) -> list[Any]:
            field = self.panel.model._meta.get_field("details")
            return [partial(ListComparison, field)]


class SaidPanel(FieldPanel):
    """A read-only date with the person of it: changed by a gesture, never by typing."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **({"read_only": True} | kwargs))


PLACE = [
    FieldPanel("commune"),
    FieldRowPanel([FieldPanel("street"), FieldPanel("postal_code"), FieldPanel("complement")]),
    FieldPanel("address_visibility"),
    FieldPanel("label", help_text=_("S’il y en a plusieurs : « Mairie annexe », « Maison des services »…")),
    FieldPanel("hours"),
    FieldRowPanel([FieldPanel("hours_note"), FieldPanel("by_appointment")]),
    FieldPanel("accessibility"),
    FieldPanel("point"),
]
CONTACT = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("value", required_on_save=True), FieldPanel("label")]),
    FieldRowPanel([FieldPanel("audience"), FieldPanel("hours"), FieldPanel("note")]),
]

ESSENTIAL = MultiFieldPanel(
    [
        FieldPanel("organisation"),
        FieldPanel("type", help_text=_("Décide de ce que la fiche demande et de ce qu’elle cache.")),
        FieldPanel(
            "name", required_on_save=True, help_text=_("Comme le dirait un collègue : « CRIP de l’Isère ».")
        ),
        FieldPanel(
            "summary",
            help_text=_("Ce que l’on y trouve, en mots simples. Ni numéro ni adresse électronique ici."),
        ),
        FieldRowPanel([FieldPanel("department"), FieldPanel("audience")]),
    ],
    heading=_("1. L’essentiel"),
)
PLACES = RowsPanel(
    "places",
    PLACE,
    heading=_("2. Où et quand"),
    label=_("lieu ou permanence"),
    row_form=PlaceForm,
    help_text=_("Un lieu par adresse. Aucun lieu : le service répond à distance."),
)
HOURS_AND_COVERAGE = MultiFieldPanel(
    [
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("hours_note"), FieldPanel("by_appointment")]),
        FieldPanel("is_national"),
        FieldPanel("coverage_areas"),
        FieldPanel("coverage_communes"),
    ],
    heading=_("2 bis. Horaires du service et territoire"),
    help_text=_("Communs à tous les lieux, ou d’un service sans lieu. Vide si chaque lieu a les siens."),
)
CONTACTS = RowsPanel(
    "contacts", CONTACT, heading=_("3. Comment joindre"), label=_("contact"), row_form=ContactForm,
    help_text=_("Une fonction et une boîte commune plutôt qu’une personne."),
)  # fmt: skip
REFERRAL = MultiFieldPanel(
    [
        ListPanel("referrers"),
        ListPanel("conditions"),
        ListPanel("contact_modes"),
        FieldPanel("how", help_text=_("Le chemin en clair : qui appelle, quel formulaire, quel délai.")),
        FieldPanel("prepare"),
    ],
    heading=_("3 bis. Qui peut saisir, et comment"),
)
PUBLICS = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max"), FieldPanel("gender")]),
        ListPanel("roles"),
        ListPanel("situations"),
        ListPanel("violences"),
        ListPanel("provisions"),
    ],
    heading=_("4. Pour qui"),
    help_text=_("Âges vides : sans limite."),
)
PRACTICAL = MultiFieldPanel(
    [
        FieldPanel("description"),
        ListPanel("reception_modes"),
        FieldRowPanel([FieldPanel("cost"), FieldPanel("is_urgent")]),
        ListPanel("languages"),
        FieldPanel("interpreter"),
        FieldPanel("accessibility"),
    ],
    heading=_("5. En pratique"),
)
STATE = MultiFieldPanel(
    [
        FieldPanel("just_verified"),
        FieldRowPanel([SaidPanel("verified_on"), SaidPanel("verified_by"), FieldPanel("verify_every")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("closed_from"), FieldPanel("closed_until")]),
        FieldPanel(
            "state_message", help_text=_("Obligatoire si c’est fermé : pourquoi, et à qui s’adresser.")
        ),
        FieldPanel("out_of_hours", help_text=_("Vide : la consigne du type.")),
        ListPanel("fallback"),
    ],
    heading=_("6. État et vérification"),
)

SERVICE = ObjectList(
    [
        ESSENTIAL,
        PLACES,
        HOURS_AND_COVERAGE,
        CONTACTS,
        REFERRAL,
        PUBLICS,
        PRACTICAL,
        OwnFieldsPanel(heading=_("5 bis. Propre à ce type")),
        STATE,
    ],
    base_form_class=ServiceForm,
)
ORGANISATION = ObjectList(
    [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("department"), FieldPanel("siret")]),
        FieldPanel("description"),
        FieldPanel("website"),
        FieldPanel("is_open"),
    ],
    base_form_class=OrganisationForm,
)
AREA = ObjectList(
    [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("code"), FieldPanel("department")]),
        FieldPanel("communes"),
        FieldPanel(
            "is_example", help_text=_("Aucune source ne donne ses communes : son nom dit « (exemple) ».")
        ),
    ],
    base_form_class=AreaForm,
)
ACTOR_TYPE = ObjectList(
    [
        HelpPanel(
            content=_(
                "Une fiche de type sert à tous les départements : chaque mot changé ici se lit partout."
            )
        ),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("slug"), FieldPanel("discreet")]),
        FieldPanel("aliases"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("family"), FieldPanel("for_victims")]),
        FieldPanel("role"),
        FieldPanel("who"),
        ListPanel("referrers"),
        FieldPanel("how"),
        FieldPanel("not_this"),
        FieldPanel("confused_with"),
        FieldPanel("prepare"),
        FieldPanel("out_of_hours"),
        ListPanel("fallback"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("address"), FieldPanel("territory")]),
        FieldPanel("own_labels"),
        FieldPanel("to_check"),
        FieldPanel("is_open"),
    ],
    base_form_class=ActorTypeForm,
)
HELPLINE = ObjectList(
    [
        FieldRowPanel([FieldPanel("key"), FieldPanel("number"), FieldPanel("display")]),
        FieldPanel("label"),
        FieldPanel("for_whom"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("always_open")]),
        FieldRowPanel([FieldPanel("cost"), FieldPanel("trace")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("written")]),
        FieldRowPanel([FieldPanel("emergency"), FieldPanel("displayed"), FieldPanel("rank")]),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("source_date"), FieldPanel("checked_on"), FieldPanel("checked_by")]),
        FieldRowPanel([FieldPanel("recheck_by"), FieldPanel("conflict")]),
    ]
)
