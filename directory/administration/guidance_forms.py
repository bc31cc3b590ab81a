"""The forms of the lexicon and of the doors: what is written must mean something, and mean one thing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import taxonomy
from directory.administration.forms import KeeperForm, keeper_label
from directory.dates import written_date
from directory.folding import PARTS, fold, has_without, parts_of, spellings
from directory.models import ActorType, Helpline, LexiconEntry

# Pages and pathways that words may lead to (domain.md §4, `c:`), and dangers (`d:`).
CONTENTS = frozenset(
    {
        "guide-mineurs",
        "fiche-reflexe-fugue",
        "fiche-reflexe-sans-plainte",
        "schema-danger-imminent",
        "schema-mise-a-l-abri",
    }
)
MOST_SPELLINGS = 500
MOST_PARTS = 4
DANGERS = frozenset({"danger-immediat"})
_LISTS = ("concepts", "minor", "adult")


class SignedForm(KeeperForm):
    """Who wrote it is a function, never a person (P1)."""

    def _post_clean(self) -> None:
        super()._post_clean()
        departments = ", ".join(sorted(self.viewer.coordinates))
        self.instance.changed_by = keeper_label(departments) if departments else _("Administration")


class LexiconForm(SignedForm):
    """Words and concepts."""

    is_open = forms.BooleanField(required=False, label=gettext_lazy("En usage"), initial=True)

    def clean_words(self) -> list[str]:
        words = [word.strip().replace("...", PARTS) for word in self.cleaned_data["words"] if word.strip()]
        if not words:
            raise ValidationError(_("Écrivez au moins un mot."))
        cut = next((word for word in words if not _has_whole_parts(word)), None)
        if cut:
            text = _("« %(words)s » : écrivez des mots de chaque côté de « … », trois fois au plus.")
            raise ValidationError(text % {"words": cut[:60]})
        long = next((word for word in words if max(map(len, parts_of(word))) > MOST_SPELLINGS), None)
        if long:
            text = _("« %(words)s » donne plus de %(most)d tournures : écrivez-en plusieurs, plus courtes.")
            raise ValidationError(text % {"words": long[:60], "most": MOST_SPELLINGS})
        taken = sorted(_folded(words) & self._taken())
        if taken:
            text = _("« %(words)s » veut déjà dire autre chose : modifiez l’entrée ou la fiche qui le porte.")
            raise ValidationError(text % {"words": ", ".join(taken)})
        return words

    def _taken(self) -> set[str]:
        """The words, folded, of the other entries and of the types."""
        others = LexiconEntry.objects.filter(is_open=True).exclude(pk=self.instance.pk)
        held = _folded(word for words in others.values_list("words", flat=True) for word in words)
        for one in ActorType.objects.filter(is_open=True).only("acronym", "name", "aliases"):
            held |= {fold(word) for word in (one.acronym, one.name, *one.aliases) if word}
        return held

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in _LISTS:
            wrong = list(unknown_concepts(values.get(name) or ()))
            if wrong:
                text = _(
                    "« %(codes)s » n’existe pas : écrivez « v:conjugales », « t:crip », « p:adolescent »…"
                )
                self.add_error(name, text % {"codes": ", ".join(wrong)})
        if not any(values.get(name) for name in _LISTS) and not self.errors:
            self.add_error("concepts", _("Dites ce que ces mots veulent dire."))
        return values


def _has_whole_parts(word: str) -> bool:
    """In each part every choice says something: an empty one would be found in any text."""
    parts = parts_of(word)
    is_short = len(parts) <= MOST_PARTS and not all(has_without(word))
    return len(parts) == 1 or (is_short and all(fold(one) for part in parts for one in part))


def _folded(words: Iterable[str]) -> set[str]:
    return {fold(spelled) for word in words for spelled in spellings(word)}


def unknown_concepts(codes: Iterable[str]) -> Iterable[str]:
    """The codes, of those, that name nothing."""
    types = set(ActorType.objects.values_list("slug", flat=True)) | set(taxonomy.VIRTUAL_TYPES.slugs)
    known: dict[str, Any] = {
        "t": types,
        "v": taxonomy.VIOLENCES,
        "p": taxonomy.PUBLICS,
        "s": taxonomy.PROVISIONS,
        "l": taxonomy.LANGUAGES,
        "c": CONTENTS,
        "d": DANGERS,
        "n": set(Helpline.objects.values_list("key", flat=True)),
    }
    for code in codes:
        kind, _colon, slug = code.partition(":")
        if slug not in known.get(kind, ()):
            yield code


class DoorForm(SignedForm):
    """Conditions and steps, as in doors.toml; what they name must exist."""

    def clean_source_date(self) -> str:
        written = self.cleaned_data["source_date"].strip()
        if written and not written_date(written):
            raise ValidationError(_("Écrivez « 2026-11 » ou « 2026-11-27 »."))
        return written

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in ("when", "never"):
            if not isinstance(values.get(name) or {}, dict):
                self.add_error(name, _("Écrivez des noms et leurs valeurs entre accolades : {…}."))
        types = set(ActorType.objects.values_list("slug", flat=True)) | set(taxonomy.VIRTUAL_TYPES.slugs)
        lines = set(Helpline.objects.values_list("key", flat=True))
        steps = values.get("steps") or []
        if not (isinstance(steps, list) and all(map(_is_step, steps))):
            self.add_error("steps", _("Écrivez une liste d’étapes, chacune entre accolades : [{…}, {…}]."))
            return values
        for step in steps:
            named = (*step.get("types", []), *step.get("sheets", []))
            wrong = [slug for slug in named if slug not in types]
            wrong += [key for key in step.get("fallback", []) if key not in lines]
            wrong += [slug for slug in step.get("publics", []) if slug not in taxonomy.PUBLICS]
            if not step.get("label") or wrong:
                text = _(
                    "Étape « %(label)s » : un nom, des types, des numéros et des publics qui existent. "
                    "%(wrong)s"
                )
                self.add_error("steps", text % {"label": step.get("label", "?"), "wrong": ", ".join(wrong)})
        return values


_OF_WORDS = ("types", "sheets", "fallback", "publics", "prepare")


def _is_step(step: Any) -> bool:
    """Names and values, lists of words where several are read, a number of services."""
    if not isinstance(step, dict) or not isinstance(step.get("limit", 1), int):
        return False
    lists = (step.get(name, []) for name in _OF_WORDS)
    return all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in lists)
