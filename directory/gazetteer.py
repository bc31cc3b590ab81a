"""Text → commune(s): names, homonyms, postal codes, INSEE codes, departments (domain.md §4).

Nothing is chosen silently: a resolution says what it took and offers the others. Five digits are a
postal code; an INSEE code is written `insee:38563`; a department is never guessed from a postal code.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, When
from django.db.models.lookups import IsNull
from django.utils.translation import gettext as _

from directory.folding import fold
from directory.held_departments import with_held
from directory.models import Area, Commune
from directory.place_names import (
    CITIES,
    TOWN,
    Reading,
    closest,
    code_alone,
    forms_of,
    names_department,
    readings_of,
    starts_of,
)
from directory.resembling import alike, likeness

CHOICES = 12
# Letters in common, from 0 to 1. Below, a resemblance is offered and not taken: « violence » is not Valence.
_TAKEN = 0.83
_A_SLIP = 0.93
_FEW = 3  # communes that a text begins: it may well be another's name, misspelt
# A commune of that very name is meant when it has so many times the people of the one that is held.
_BY_FAR = 3


@dataclass(frozen=True)
class Resolution:
    """`commune` was taken; `choices` are the others it might have been; `note` says so, in French.

    `department` is set without a commune when only a department was named. `message` is for a text
    that is no place; `choices` then are what it resembles.
    """

    commune: Commune | None = None
    department: str | None = None
    choices: tuple[Commune, ...] = ()
    note: str = ""
    message: str = ""


def resolve(text: str) -> Resolution:
    """The place that `text` names. Never raises: what is no place comes back with a message."""
    text = " ".join(text.replace("\x00", " ").split())[:120]
    if not text:
        return Resolution()
    if text.lower().startswith("insee:"):
        return _by_insee(text[6:].strip().upper())
    return _by_words(text)


def _by_insee(code: str) -> Resolution:
    commune = Commune.objects.filter(pk=code).first() if code.isascii() and code.isalnum() else None
    if commune is None:
        return Resolution(message=_("Aucune commune n’a le code INSEE « %(code)s ».") % {"code": code[:10]})
    return Resolution(commune)


def _by_words(text: str) -> Resolution:
    folded = fold(text)
    names = department_names()
    if code := code_alone(folded):
        return _whole_department(code, names) if code in names else _unknown(text)
    if len(folded) == 5 and folded.isdigit():
        return _by_postal_code(folded)
    readings = readings_of(text, names)
    if not readings:
        return _unknown(text)
    return _by_name(readings, names, text) or _resembling(readings[-1], text)


def _by_name(readings: list[Reading], names: dict[str, str], text: str) -> Resolution | None:
    """The exact name of a commune, a department, then the communes that begin so."""
    exact = next((found for one in readings if (found := _exact(one))), [])
    meant = names_department(readings, names)
    if exact and readings[0].hint:
        as_written = [one for one in exact if one.folded == readings[0].name]
        return _taken(as_written or exact, readings, names, "")
    if meant and (meant.is_explicit or not _means_commune(exact, text, names[meant.code])):
        return _whole_department(meant.code, names, tuple(exact[:CHOICES]))
    if exact:
        return _held_instead(exact, readings[0]) or _taken(
            exact, readings, names, meant.code if meant else ""
        )
    begun = next((found for one in readings if (found := _beginning(one))), [])
    if begun:
        return _misspelt(begun, readings[0], text) or _begun(begun)
    code = closest(readings[0].name, names)
    return _whole_department(code, names) if code else None


def _held_instead(exact: list[Commune], reading: Reading) -> Resolution | None:
    """« La Motte » is a small commune where nobody answers, and how people call La Motte-d’Aveillans."""
    if reading.hint or any(one.is_held for one in exact):  # type: ignore[attr-defined]
        return None
    begun = [one for one in _beginning(reading) if one.is_held]  # type: ignore[attr-defined]
    if not begun or exact[0].population > _BY_FAR * begun[0].population:
        return None
    note = _("Plusieurs communes commencent ainsi. Commune prise : %(commune)s.") % {"commune": begun[0]}
    return Resolution(begun[0], choices=tuple([*begun, *exact][:CHOICES]), note=note)


def _misspelt(begun: list[Commune], reading: Reading, text: str) -> Resolution | None:
    """« saint marcelin » begins Saint-Marcelin-de-Cray, where nobody answers, and is Saint-Marcellin."""
    near = _misspelt_held(begun, reading)
    return _taken_for(text, [*near, *begun][:CHOICES]) if near else None


def _misspelt_held(begun: list[Commune], reading: Reading) -> list[Commune]:
    """Where somebody answers, a slip away, when nobody does in those that begin so."""
    if reading.hint or any(one.is_held for one in begun):  # type: ignore[attr-defined]
        return []
    resembling = alike(with_held(Commune.objects.all()), reading.name, 6)
    near = (one for one in resembling if likeness(one.folded, reading.name) >= _A_SLIP)
    return [one for one in near if one.is_held]  # type: ignore[attr-defined]


def _means_commune(exact: list[Commune], text: str, department: str) -> bool:
    """Of a commune and a department of the same name: the town, or what was written with its own accents."""
    if not exact:
        return False
    written = exact[0].name.casefold() == text.casefold() != department.casefold()
    return written or (exact[0].population >= TOWN and exact[0].folded == fold(text))


def department_names() -> dict[str, str]:
    """Code → name of the departments: one query."""
    areas = Area.objects.filter(kind="department").order_by("code", "pk")
    return dict(areas.values_list("code", "name"))


def _whole_department(code: str, names: dict[str, str], others: tuple[Commune, ...] = ()) -> Resolution:
    note = _("Tout le département : %(name)s (%(code)s).") % {"name": names[code], "code": code}
    return Resolution(department=code, choices=others, note=note)


# --- Postal codes -----------------------------------------------------------------------------------


def _by_postal_code(code: str) -> Resolution:
    found = _with_postal_code(code)
    if not found:
        message = _("Aucune commune n’a le code postal %(code)s. Écrivez le nom de la commune.")
        return Resolution(message=message % {"code": code})
    note = _("%(code)s lu comme un code postal : %(commune)s.") % {"code": code, "commune": found[0]}
    if len(found) == 1:
        return Resolution(found[0], note=note)
    note += " " + _("%(count)d communes ont ce code : vérifiez.") % {"count": len(found)}
    return Resolution(found[0], choices=tuple(found[:CHOICES]), note=note)


def _with_postal_code(code: str) -> list[Commune]:
    """The most populous first; of a city and its arrondissement, the arrondissement."""
    found = list(_ranked(Commune.objects.filter(postal_codes__contains=[code])))
    wholes = {commune.parent_id for commune in found}
    return [commune for commune in found if commune.pk not in wholes]


# --- Names --------------------------------------------------------------------------------------------


def _exact(reading: Reading) -> list[Commune]:
    """The communes of that name, as written first, then with or without their article."""
    if reading.name in CITIES and len(reading.hint) == 5:
        return _with_postal_code(reading.hint)
    communes = _ranked(_within(reading.hint).filter(folded__in=forms_of(reading.name)))
    return sorted(communes, key=lambda one: one.folded != reading.name)


def _beginning(reading: Reading) -> list[Commune]:
    if len(reading.name) < 3:
        return []
    return list(_ranked(_within(reading.hint).filter(_starts(reading.name)))[:CHOICES])


def _starts(name: str) -> Q:
    match = Q()
    for start in starts_of(name):
        match |= Q(folded__startswith=start)
    return match


def _within(hint: str) -> QuerySet[Commune]:
    """`hint`: a postal code, a department, or nothing."""
    communes = Commune.objects.all()
    if len(hint) == 5:
        return communes.filter(postal_codes__contains=[hint])
    if hint == "20":
        return communes.filter(department__in=("2A", "2B"))
    return communes.filter(department=hint.upper()) if hint else communes


def _ranked(communes: QuerySet[Commune]) -> QuerySet[Commune]:
    """The commune before its own arrondissements, a homonym of a department that this directory holds before
    those where nobody answers, the most populous first."""
    ranked = with_held(communes)
    return ranked.order_by(IsNull(F("parent_id"), False), "-is_held", "-population", "insee")


def _taken(found: list[Commune], readings: list[Reading], names: dict[str, str], also: str) -> Resolution:
    """Exact: alone, nothing needs saying, unless a department has the same name."""
    first = found[0]
    if len(found) > 1:
        more = [one for one in _beginning(readings[0]) if one not in found]
        note = _("Plusieurs communes portent ce nom. Commune prise : %(commune)s.") % {"commune": first}
        return Resolution(first, choices=tuple([*found, *more][:CHOICES]), note=note)
    if also and also != first.department:
        text = _("Commune prise : %(commune)s. Pour tout le département %(name)s, écrivez %(code)s.")
        return Resolution(first, note=text % {"commune": first, "name": names[also], "code": also})
    return Resolution(first)


def _begun(found: list[Commune]) -> Resolution:
    if len(found) == 1:
        return Resolution(found[0], note=_("Commune prise : %(commune)s.") % {"commune": found[0]})
    note = _("Plusieurs communes commencent ainsi. Commune prise : %(commune)s.") % {"commune": found[0]}
    return Resolution(found[0], choices=tuple(found), note=note)


def _resembling(reading: Reading, text: str) -> Resolution:
    """A typo: the closest names, said and offered, never taken without saying."""
    found = alike(_within(reading.hint), reading.name, 6) or alike(_within(""), reading.name, 6)
    if not found or likeness(found[0].folded, reading.name) < _TAKEN:
        return _unknown(text, found)
    return _taken_for(text, found)


def _taken_for(text: str, found: list[Commune]) -> Resolution:
    note = _("« %(text)s » n’est pas une commune connue. Commune prise : %(commune)s.")
    said = note % {"text": text[:60], "commune": found[0]}
    return Resolution(found[0], choices=tuple(found), note=said)


def _unknown(text: str, choices: Iterable[Commune] = ()) -> Resolution:
    message = _(
        "« %(text)s » n’est pas un lieu que nous connaissons. Écrivez le nom ou le code postal de la commune."
    )
    return Resolution(choices=tuple(choices), message=message % {"text": text[:60]})


# --- While typing ---------------------------------------------------------------------------------------


def suggest(text: str, limit: int = 10) -> list[Commune]:
    """Communes for a type-ahead: exact, then beginning with, then containing, then resembling `text`."""
    text = text.replace("\x00", " ")[:120]
    folded = fold(text)
    if not folded:
        return []
    if folded.isdigit():
        return _suggest_digits(folded, limit)
    reading = next(iter(readings_of(text, {})), Reading(folded))
    within, name = _within(reading.hint), reading.name
    match = _starts(name)
    near = within.filter(match | Q(folded__contains=f" {name}")) if len(name) > 2 else within.filter(match)
    exact = When(folded__in=forms_of(name), then=0)
    place = Case(exact, When(match, then=1), default=2, output_field=IntegerField())
    found = list(
        with_held(near).annotate(place=place).order_by("place", "-is_held", "-population", "insee")[:limit]
    )
    if not found:
        return alike(within, name, limit)
    if len(found) > _FEW:
        return found
    return [*_misspelt_held(found, reading), *found][:limit]


def _suggest_digits(digits: str, limit: int) -> list[Commune]:
    if len(digits) == 5:
        return _with_postal_code(digits)[:limit]
    return list(_ranked(_within(digits))[:limit]) if len(digits) in (2, 3) else []
