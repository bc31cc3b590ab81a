"""A legal card: what a text says in plain words, with its source, and whether anybody checked it lately."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.blocks.words import Paragraph, Phrase, Prose
from directory.dates import long_date
from directory.freshness import add_months

EVERY_MONTHS = 12  # domain.md §9: a card is read again each year


class LegalCard(blocks.StructBlock):
    reference = Phrase(
        label=gettext_lazy("Référence"), max_length=160, help_text=gettext_lazy("« Article L221-1 du CASF »")
    )
    title = Phrase(label=gettext_lazy("Ce qu’il faut retenir"), max_length=160)
    text = Prose(label=gettext_lazy("Ce que dit le texte, en clair"))
    sanction = Paragraph(label=gettext_lazy("Sanction"), required=False, rows=2)
    source_label = Phrase(label=gettext_lazy("Source"), max_length=120, default="Légifrance")
    source_url = blocks.URLBlock(label=gettext_lazy("Adresse de la source"), required=False)
    doubt = Paragraph(
        label=gettext_lazy("Ce qui reste à vérifier"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Tant que c’est rempli, la page le dit."),
    )
    checked_on = blocks.DateBlock(label=gettext_lazy("Vérifié le"), required=False)
    checked_by = Phrase(
        label=gettext_lazy("Vérifié par"), max_length=80, required=False,
        help_text=gettext_lazy("Une fonction, pas un nom : « Parquet », « juriste du CIDFF »."),
    )  # fmt: skip
    recheck_by = blocks.DateBlock(
        label=gettext_lazy("À revérifier avant le"),
        required=False,
        help_text=gettext_lazy("Vide : un an après."),
    )

    class Meta:
        template = "cms/blocks/law.html"
        icon = "doc-full"
        label = gettext_lazy("Carte de droit")
        description = gettext_lazy("Un texte en clair, sa source, qui l’a vérifié et quand.")
        preview_value = {
            "reference": "Loi n° 2002-305 du 4 mars 2002, article 13",
            "title": "Un mineur concerné est réputé en danger",
            "text": "<p>Même occasionnelle, la situation relève de la protection de l’enfance.</p>",
            "sanction": "",
            "source_label": "Légifrance",
            "source_url": "https://www.legifrance.gouv.fr/",
            "doubt": "",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["checked_on"] and value["checked_on"] > timezone.localdate():
            raise ValidationError(
                _("La date de vérification est à venir : écrivez le jour où le texte a été relu.")
            )
        if value["checked_on"] and not value["checked_by"]:
            raise ValidationError(_("Dites par quelle fonction le texte a été vérifié."))
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"check": check_of(value, timezone.localdate())}


@dataclass(frozen=True)
class Check:
    """`label` says it in words; `is_overdue`: nobody has checked it, or too long ago, or a doubt remains."""

    label: str
    is_overdue: bool


def check_of(value: Any, today: date) -> Check:
    checked, by = value.get("checked_on"), value.get("checked_by")
    if not checked:
        return Check(_("À vérifier : aucun juriste n’a encore relu cette carte."), True)
    label = _("Vérifié le %(day)s par %(who)s.") % {"day": long_date(checked), "who": by}
    due = due_on(value)
    if due is not None and due < today:
        return Check(_("%(label)s À revérifier.") % {"label": label}, True)
    return Check(label, bool(value.get("doubt")))


def due_on(value: Any) -> date | None:
    """When the card must be read again; None when it never was."""
    checked = value.get("checked_on")
    return value.get("recheck_by") or (add_months(checked, EVERY_MONTHS) if checked else None)
