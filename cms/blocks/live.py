"""Blocks that copy nothing: services of the directory, national numbers, type sheets, pages, the operator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.blocks.words import (
    Choice,
    Choices,
    Helplines,
    Paragraph,
    Phrase,
    helpline_choices,
    sheet_choices,
    structure_choices,
)
from cms.live_services import live_list, type_refs
from cms.readable import cards_of
from cms.reading import reading_in
from directory import taxonomy
from directory.gazetteer import department_names

MOST_SERVICES = 10


def department_choices() -> list[tuple[str, str]]:
    return [(code, f"{name} ({code})") for code, name in department_names().items()]


def type_choices() -> list[tuple[str, Any]]:
    return [*structure_choices(), *taxonomy.VIRTUAL_TYPES.choices]


class Services(blocks.StructBlock):
    """Who answers, for the reader's commune: asked of the directory each time the page is read."""

    title = Phrase(label=gettext_lazy("Titre"), max_length=120)
    intro = Paragraph(label=gettext_lazy("Introduction"), required=False, rows=2)
    types = Choices(
        choices=type_choices,
        required=False,
        label=gettext_lazy("Types"),
        help_text=gettext_lazy("L’un ou l’autre."),
    )
    publics = Choices(choices=taxonomy.PUBLICS.choices, required=False, label=gettext_lazy("Publics"))
    violences = Choices(choices=taxonomy.VIOLENCES.choices, required=False, label=gettext_lazy("Violences"))
    needs = Choices(
        choices=taxonomy.PROVISIONS.choices, required=False, label=gettext_lazy("Ce que l’on y trouve")
    )
    territory = Choice(
        choices=department_choices,
        required=False,
        label=gettext_lazy("Territoire"),
        help_text=gettext_lazy("Vide : la commune que le lecteur indique. C’est le cas habituel."),
    )
    fallback = Helplines(
        required=False,
        label=gettext_lazy("Numéros, si personne ne répond"),
        help_text=gettext_lazy("Rien de coché : ceux des types choisis."),
    )
    limit = blocks.IntegerBlock(
        label=gettext_lazy("Combien au plus"), default=3, min_value=1, max_value=MOST_SERVICES
    )

    class Meta:
        template = "cms/blocks/services.html"
        icon = "group"
        label = gettext_lazy("Services de l’annuaire")
        description = gettext_lazy(
            "Qui répond, pour la commune du lecteur : toujours à jour, jamais recopié."
        )
        preview_value = {
            "title": "Qui contacter",
            "intro": "",
            "types": ["crip"],
            "publics": [],
            "violences": [],
            "needs": [],
            "territory": "",
            "fallback": ["119"],
            "limit": 3,
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not (value["types"] or value["publics"] or value["violences"] or value["needs"]):
            raise ValidationError(_("Choisissez au moins un type, un public, une violence ou un besoin."))
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        return context | {"live": live_list(value, reading_in(context))}


class NumberLine(blocks.StructBlock):
    key = Choice(choices=helpline_choices, label=gettext_lazy("Numéro"))
    note = Phrase(label=gettext_lazy("Précision"), max_length=120, required=False)


class Numbers(blocks.StructBlock):
    title = Phrase(label=gettext_lazy("Titre"), max_length=120, required=False)
    lines = blocks.ListBlock(NumberLine(), label=gettext_lazy("Numéros"), min_num=1, max_num=8)

    class Meta:
        template = "cms/blocks/numbers.html"
        icon = "mobile-alt"
        label = gettext_lazy("Numéros nationaux")
        description = gettext_lazy("À appeler d’un geste ; tenus à un seul endroit, avec leur source.")
        preview_value = {
            "title": "Parler à quelqu’un",
            "lines": [{"key": "119", "note": ""}, {"key": "17", "note": ""}],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        numbers = reading_in(context).numbers
        shown = [(numbers[one["key"]], one["note"]) for one in value["lines"] if one["key"] in numbers]
        return context | {"lines": shown}


class Sheets(blocks.StructBlock):
    title = Phrase(label=gettext_lazy("Titre"), max_length=120, required=False)
    types = Choices(choices=sheet_choices, label=gettext_lazy("Types d’acteurs et mesures"))

    class Meta:
        template = "cms/blocks/sheets.html"
        icon = "form"
        label = gettext_lazy("Fiches des acteurs")
        description = gettext_lazy("Des liens vers « Qui fait quoi ».")
        preview_value = {"title": "Comprendre les rôles", "types": ["crip", "ase"]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"types": type_refs(value["types"])}


class Pages(blocks.StructBlock):
    title = Phrase(label=gettext_lazy("Titre"), max_length=120, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=gettext_lazy("Pages"), min_num=1)

    class Meta:
        template = "cms/blocks/pages.html"
        icon = "doc-empty"
        label = gettext_lazy("Autres pages")
        description = gettext_lazy("Des liens vers des pages du site, avec leur résumé.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        keys = [page.pk for page in value["pages"] if page]
        return context | {"cards": cards_of(keys, reading_in(context).viewer)}


class OperatorPart(blocks.StructBlock):
    part = blocks.ChoiceBlock(
        label=gettext_lazy("Quoi"),
        choices=[
            ("editor", gettext_lazy("Qui publie")),
            ("host", gettext_lazy("Qui héberge")),
            ("data", gettext_lazy("Données personnelles")),
        ],
    )

    class Meta:
        template = "cms/blocks/operator.html"
        icon = "site"
        label = gettext_lazy("L’exploitant du site")
        description = gettext_lazy("Ce qui est rempli dans Réglages, Exploitant du site.")
        preview_value = {"part": "editor"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from cms.operators import details_of

        return super().get_context(value, parent_context) | {"details": details_of(value["part"])}
