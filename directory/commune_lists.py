"""Communes typed as a list, by names or INSEE codes, one a line or separated by commas; and back to text."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.folding import fold
from directory.gazetteer import suggest
from directory.models import Commune

_CODE = re.compile(r"(?:insee:\s*)?(\d[0-9AB]\d{3})", re.IGNORECASE)
_NAMED_CODE = re.compile(r".*\((\d[0-9AB]\d{3})\)", re.IGNORECASE)
_HINTED = re.compile(r"(.+?)\s*\((\d{2}|2[ab]|97\d)\)", re.IGNORECASE)
SHOWN_ERRORS = 5


def communes_to_text(communes: Iterable[Commune]) -> str:
    """One a line: « Voiron (38563) »."""
    return "\n".join(f"{one.name} ({one.pk})" for one in communes)


def communes_in(text: str, departments: frozenset[str] = frozenset()) -> list[Commune]:
    """The communes that `text` lists, each once. A homonym of `departments` wins. Raises ValidationError."""
    words = [word.strip() for word in re.split(r"[\n,;]+", text.replace("\x00", "")) if word.strip()]
    shelf = _Shelf(words, departments)
    found: dict[str, Commune] = {}
    errors = []
    for word in words:
        try:
            commune = shelf.find(word)
            found[commune.pk] = commune
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors[:SHOWN_ERRORS])
    return list(found.values())


def commune_in(text: str, departments: frozenset[str] = frozenset()) -> Commune | None:
    """The one commune that `text` names; None for an empty text. Raises ValidationError."""
    found = communes_in(text, departments)
    if len(found) > 1:
        raise ValidationError(_("Une seule commune est attendue ici."))
    return found[0] if found else None


class _Shelf:
    """Two queries for the whole list, whatever its length."""

    def __init__(self, words: list[str], departments: frozenset[str]) -> None:
        self.departments = departments
        codes = {code for word in words if (code := _code_of(word))}
        self.by_code = Commune.objects.in_bulk(codes)
        names = {fold(_without_hint(word)[0]) for word in words}
        self.by_name: dict[str, list[Commune]] = {}
        for commune in Commune.objects.filter(folded__in=names).order_by("-population", "pk"):
            self.by_name.setdefault(commune.folded, []).append(commune)

    def find(self, word: str) -> Commune:
        if code := _code_of(word):
            return self._by_code(code, word)
        name, hint = _without_hint(word)
        found = self.by_name.get(fold(name), [])
        found = [one for one in found if not hint or one.department == hint.upper()]
        near = [one for one in found if one.department in self.departments]
        if len(near) == 1 or len(found) == 1:
            return (near or found)[0]
        raise ValidationError(_several(word, near or found) if found else _unknown(word))

    def _by_code(self, code: str, word: str) -> Commune:
        commune = self.by_code.get(code)
        is_bare = _CODE.fullmatch(word) and not word.lower().startswith("insee")
        homes = list(Commune.objects.filter(postal_codes__contains=[code]).order_by("-population", "pk")[:3])
        if is_bare and homes and not (commune and homes == [commune]):
            raise ValidationError(_also_postal(code, commune, homes))
        if commune is None:
            raise ValidationError(_("Aucune commune n’a le code INSEE « %(code)s ».") % {"code": code})
        return commune


def _code_of(word: str) -> str:
    found = _CODE.fullmatch(word) or _NAMED_CODE.fullmatch(word)
    return found.group(1).upper() if found else ""


def _without_hint(word: str) -> tuple[str, str]:
    """« La Garde (38) » → ("La Garde", "38")."""
    found = _HINTED.fullmatch(word)
    return (found.group(1), found.group(2)) if found else (word, "")


def _labels(communes: Iterable[Commune]) -> str:
    return ", ".join(f"{one.name} ({one.pk})" for one in communes)


def _also_postal(code: str, commune: Commune | None, homes: list[Commune]) -> str:
    if commune is None:
        return _("« %(code)s » est un code postal. Écrivez le nom de la commune : %(choices)s.") % {
            "code": code, "choices": _labels(homes),
        }  # fmt: skip
    return _(
        "« %(code)s » est le code INSEE de %(commune)s et le code postal de %(choices)s :"
        " écrivez le nom de la commune."
    ) % {"code": code, "commune": commune.name, "choices": _labels(homes)}


def _several(word: str, found: list[Commune]) -> str:
    return _("Plusieurs communes s’appellent « %(word)s » : écrivez l’une de %(choices)s.") % {
        "word": word[:60], "choices": _labels(found[:4]),
    }  # fmt: skip


def _unknown(word: str) -> str:
    close = suggest(word, 3)
    if not close:
        return _("« %(word)s » n’est pas une commune connue. Écrivez son nom ou son code INSEE.") % {
            "word": word[:60]
        }
    return _("« %(word)s » n’est pas une commune connue. Vouliez-vous dire %(choices)s ?") % {
        "word": word[:60], "choices": _labels(close),
    }  # fmt: skip
