"""The fields that every block is made of: texts that refuse what would grow old in them."""

import re
from html import unescape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.rich_text import RichText

from cms.typed_contacts import typed_contacts, unknown_keys
from directory.administration.widgets import Checkboxes
from directory.helplines import displayed_helplines
from directory.models import ActorType

_PRESSED = re.compile(r'<a [^>]*href="((?:tel|sms|mailto):[^"]*)"[^>]*>')
_INLINE = re.compile(r"</?(?:a|b|i|em|strong|span)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")

FEATURES = ["bold", "italic", "ol", "ul", "h3", "link", "document-link"]


def refuse_typed_contacts(text: str) -> None:
    """ValidationError that says which block or key to use instead."""
    typed = typed_contacts(text)
    if typed:
        message = _(
            "« %(found)s » : un numéro ou une adresse ne s’écrit pas dans un texte, il y vieillirait. Pour "
            "un numéro national, écrivez sa clé entre accolades, {119} par exemple, ou ajoutez le bloc "
            "« Numéros nationaux » ; pour un service du territoire, le bloc « Services de l’annuaire »."
        )
        raise ValidationError(message % {"found": ", ".join(typed)})
    unknown = unknown_keys(text)
    if unknown:
        message = _(
            "« {%(key)s} » n’est la clé d’aucun numéro national. Leur liste : Annuaire, Numéros nationaux."
        )
        raise ValidationError(message % {"key": unknown[0]})


def refuse_typed_in(texts: dict[str, str]) -> None:
    """The same for the fields of a page: ValidationError by field."""
    errors = {}
    for name, text in texts.items():
        try:
            refuse_typed_contacts(text)
        except ValidationError as refused:
            errors[name] = refused.messages
    if errors:
        raise ValidationError(errors)


class Phrase(blocks.CharBlock):
    """One line, without any mark-up."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        refuse_typed_contacts(value or "")
        return value


class Paragraph(blocks.TextBlock):
    """A few lines, without any mark-up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"rows": 3} | kwargs))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        refuse_typed_contacts(value or "")
        return value


class Prose(blocks.RichTextBlock):
    """Paragraphs, lists, small titles, bold, italics and links; nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": FEATURES} | kwargs))

    def clean(self, value: RichText) -> RichText:
        value = super().clean(value)
        refuse_typed_contacts(read_in(value.source))
        return value


def read_in(source: str) -> str:
    """The words of a rich text, and what its links dial or write to; nobody reads its other attributes."""
    words = _INLINE.sub("", _PRESSED.sub(r" \1 ", source))
    return unescape(_TAG.sub("\n", words))


def helpline_choices() -> list[tuple[str, str]]:
    return [(line.key, f"{line.display} — {line.label}") for line in displayed_helplines()]


def structure_choices() -> list[tuple[str, str]]:
    """The types that services may have, by name, the usual order."""
    types = ActorType.objects.filter(is_open=True, kind="structure").only("slug", "name", "acronym")
    return [(one.slug, str(one)) for one in types]


def sheet_choices() -> list[tuple[str, str]]:
    types = ActorType.objects.filter(is_open=True).only("slug", "name", "acronym")
    return [(one.slug, str(one)) for one in types]


class _AsStored:
    """Keys are texts, and stay as they were stored: Wagtail would compare each with all the choices, asked of
    the database, every time that a page is read."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class Choice(_AsStored, blocks.ChoiceBlock):
    """One of the choices that the database holds."""


class Choices(_AsStored, blocks.MultipleChoiceBlock):
    """Several values, each with its box: in a list, a click on one would drop the others."""

    def get_field(self, **kwargs: Any) -> forms.Field:
        return super().get_field(**(kwargs | {"widget": Checkboxes()}))


class Helplines(Choices):
    """Keys of national numbers that may be shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=helpline_choices, **({"label": gettext_lazy("Numéros nationaux")} | kwargs))
