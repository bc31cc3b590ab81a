"""How people write a place, read without any database: articles, hints of department, arrondissements."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.folding import fold

ARTICLES = ("l", "la", "le", "les")
_ELIDING = frozenset("aeiouyh")
# A town is meant by its name (Vienne, Mayenne); a hamlet of the name of a department is not (Loiré, Landes).
TOWN = 5000
# How many arrondissements: beyond, the number is something else (« Paris 75 »).
CITIES = {"paris": 20, "lyon": 9, "marseille": 16}

_CODE = r"\d{2}|2[ab]|9[78]\d"
_ALONE = re.compile(rf"(?:en |dans )?(?:le |la |l )?(?:dept |dep |departement )?({_CODE})")
_BRACKETS = re.compile(r"^(.+?)\s*\(\s*(\d{2,3}|2[AB]|\d{5})\s*\)$", re.IGNORECASE)
_TAIL = re.compile(rf"^(.+?) (\d{{5}}|{_CODE})$")
_HEAD = re.compile(rf"^(\d{{5}}|{_CODE}) (.+)$")
_CEDEX = re.compile(r" cedex(?: \d+)?$")
_ARRONDISSEMENT = re.compile(
    r"^(paris|lyon|marseille) (\d{1,2}) ?(?:er|e|eme|ieme)?(?: arr(?:ondissement)?)?$"
)
_GLUED = re.compile(r"\b([dl])(h?[aeiouy]\w\w+)")
_OF = r"(?:de la |de l |du |des |de |d )?"
_LEADS_DEPARTMENT = re.compile(
    rf"^(?:en|dans|(?:tout )?(?:le )?dep(?:t|artement)?) {_OF}(?:la |le |les |l )?(?=\S)"
)
_LEADS_COMMUNE = re.compile(
    rf"^(?:a|au|aux|vers|sur|(?:pres|autour|proche|cote|commune|ville|mairie) {_OF})(?: |(?<= ))"
)


@dataclass(frozen=True)
class Reading:
    """A folded `name`, and what narrows it: a postal code, a department's code, or nothing."""

    name: str
    hint: str = ""


@dataclass(frozen=True)
class Meant:
    """A department by its name; explicit when written « en Isère », « dans la Vienne »."""

    code: str
    is_explicit: bool


def code_alone(folded: str) -> str:
    """ "le 05", "dans le 38", "2a" → the code of a department, in capitals; "" otherwise."""
    found = _ALONE.fullmatch(folded)
    return found.group(1).upper() if found else ""


def readings_of(text: str, departments: dict[str, str]) -> list[Reading]:
    """The ways to read `text`, the most literal first; maybe none. `departments`: code → name."""
    first = _literal(text)
    readings = [first, Reading(_LEADS_COMMUNE.sub("", first.name), first.hint)]
    if not first.hint:
        readings += [Reading(name, code) for name, code in _before_department(first.name, departments)]
    readings.append(Reading(_LEADS_DEPARTMENT.sub("", first.name), first.hint))
    return [one for one in dict.fromkeys(readings) if one.name]


def _literal(text: str) -> Reading:
    """ "La Garde (38)" and "la garde 38" → ("la garde", "38"); "05200 Embrun" → ("embrun", "05200")."""
    if brackets := _BRACKETS.match(text.strip()):
        return Reading(official(fold(brackets.group(1))), brackets.group(2).lower())
    folded = _CEDEX.sub("", fold(text))
    if _is_arrondissement(folded):
        return Reading(official(folded))
    if tail := _TAIL.match(folded):
        return Reading(official(tail.group(1)), tail.group(2))
    if head := _HEAD.match(folded):
        return Reading(official(head.group(2)), head.group(1))
    return Reading(folded)


def _before_department(name: str, departments: dict[str, str]) -> list[tuple[str, str]]:
    """ "sigoyer hautes alpes" → ("sigoyer", "05"); the longest name of a department wins."""
    ends = sorted(((fold(label), code) for code, label in departments.items()), key=lambda end: -len(end[0]))
    return [(name.removesuffix(f" {end}"), code.lower()) for end, code in ends if name.endswith(f" {end}")][
        :1
    ]


def _is_arrondissement(folded: str) -> bool:
    found = _ARRONDISSEMENT.match(folded)
    return found is not None and 1 <= int(found.group(2)) <= CITIES[found.group(1)]


def official(folded: str) -> str:
    """ "paris 13", "lyon 3eme" → as the official list writes them; another name as it is."""
    if not _is_arrondissement(folded):
        return folded
    city, number = folded.split(" ")[0], int(re.findall(r"\d+", folded)[0])
    return f"{city} {number}{'er' if number == 1 else 'e'} arrondissement"


def without_article(name: str) -> str:
    first, _space, rest = name.partition(" ")
    return rest if first in ARTICLES and rest else name


def forms_of(name: str) -> list[str]:
    """A name with and without each article: what « rochette » and « le rochette » may stand for; also parted
    from what was glued to it: « saint martin dheres »."""
    bare = without_article(name)
    forms = [name, bare, *(f"{article} {bare}" for article in ARTICLES)]
    elided = _GLUED.sub(r"\1 \2", name) if " " in name else name
    return forms if elided == name else [*forms, *forms_of(elided)]


def starts_of(name: str) -> list[str]:
    """What a name that is being typed may begin with: its own article when it has one, any otherwise."""
    return [name] if name != without_article(name) else [name, *(f"{article} {name}" for article in ARTICLES)]


def names_department(readings: list[Reading], departments: dict[str, str]) -> Meant | None:
    """The department that a reading is the name of, alone or with its own code."""
    codes = {without_article(fold(label)): code for code, label in departments.items()}
    for rank, one in enumerate(readings):
        code = codes.get(without_article(one.name))
        if code and one.hint.upper() in ("", code):
            return Meant(code, rank == len(readings) - 1 and rank > 0)
    return None


def closest(name: str, departments: dict[str, str]) -> str:
    """The code of the department whose name is almost this one; "" when none is."""
    codes = {without_article(fold(label)): code for code, label in departments.items()}
    near = get_close_matches(without_article(name), list(codes), n=1, cutoff=0.87)
    return codes[near[0]] if near else ""


def from_commune(name: str) -> str:
    """« d’Embrun », « de La Mure », « du Périer », « des Deux Alpes »: from where one counts."""
    article, _space, rest = name.partition(" ")
    if rest and article in ("Le", "Les"):
        text = _("du %(commune)s") if article == "Le" else _("des %(commune)s")
        return text % {"commune": rest} if get_language() == "fr" else text % {"commune": name}
    text = _("d’%(commune)s") if fold(name)[:1] in _ELIDING else _("de %(commune)s")
    return text % {"commune": name}
