"""What the slug and the title of a page may not be: telling, or an address of the site itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from directory.discretion import telling_words

_HOME_DEPTH = 2


def refuse_telling(texts: dict[str, str]) -> None:
    """ValidationError by field: what is read in a history tells nothing (domain.md D1, D5)."""
    errors = {}
    for name, text in texts.items():
        words = telling_words(text)
        if words:
            said = _(
                "« %(words)s » se lirait dans l’historique : dites-le autrement, par exemple par le sigle."
            )
            errors[name] = said % {"words": ", ".join(words)}
    if errors:
        raise ValidationError(errors)


def refuse_taken(slug: str, parent: Any, field: str = "slug") -> None:
    """A page right under the home page must not stand behind an address of the site's own."""
    if parent is not None and parent.depth == _HOME_DEPTH and _is_taken(slug):
        text = _("L’adresse « /%(slug)s/ » est déjà prise par le site lui-même : choisissez-en une autre.")
        raise ValidationError({field: text % {"slug": slug}})


def _is_taken(slug: str) -> bool:
    """Whether another view than the pages' own answers there; those that show a page of its name do not."""
    try:
        found = resolve(f"/{slug}/")
    except Resolver404:
        return False
    return found.url_name not in ("wagtail_serve", "safety", "accessibility", "legal", "privacy", "guides")
