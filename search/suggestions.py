"""What the box proposes while one types: situations, types, organisations and communes, by the last words.

Nothing of it is stored, and nothing is proposed that the reader could not find by searching.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.completion import Called, called
from directory.folding import fold
from directory.place_names import ARTICLES
from directory.visibility import Viewer, visible_services
from search.concepts import label_of
from search.known_names import Name, Names, current_names
from search.question import MAX_WORDS
from search.words import STOP_WORDS

MOST = 8
_SITUATIONS, _TYPES, _ORGANISATIONS, _COMMUNES = 3, 2, 2, 3
# Communes are what any letters begin: fewer of them where something else is meant as well.
_COMMUNES_BESIDE = 2
_LONGEST_ENDING = 4
_LEAST, _LEAST_OF_A_NAME = 2, 3
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"(?:^|(?<=\s))\w['’]$")
# « à Voiron », « près de Voiron »: a place follows, and these go with it; « elle a … » leads to none.
_NOT_A_VERB = "".join(f"(?<!{who} )" for who in ("il", "elle", "on", "qui", "y", "ils", "elles"))
_LEADS_PLACE = re.compile(
    rf"(?:^|(?<=\s))(?:à|{_NOT_A_VERB}a|au|aux|vers|(?:(?:tout )?pr[eè]s|proche|autour) d[eu'])\s*$",
    re.IGNORECASE,
)
_LINKS_PLACE = re.compile(r"(?:^|(?<=\s))(?:de|du|d['’]|en|sur)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestion:
    """`q` and `lieu` are what the fields become; None leaves the place as it is. `label` is in French."""

    kind: str
    label: str
    q: str
    detail: str = ""
    lieu: str | None = None


@dataclass(frozen=True)
class Ending:
    """The last words of a text, folded, and what stands before them as it was written."""

    folded: str
    before: str

    @property
    def is_bare(self) -> bool:
        """Small words alone: they begin everything."""
        return len(self.folded) < _LEAST or self.folded in STOP_WORDS

    @property
    def may_be_name(self) -> bool:
        """Of an organisation or a commune: neither begins with « de », « pour », « une »."""
        first, _space, rest = self.folded.partition(" ")
        is_led = first in STOP_WORDS and not (first in ARTICLES and rest)
        return len(self.folded) >= _LEAST_OF_A_NAME and not is_led

    @property
    def unelided(self) -> str:
        """What stands before, for a name that takes no « l’ »."""
        return _ELIDED.sub("", self.before)


# What was found, each with the ending that it completes.
Found = list[tuple[Ending, Suggestion]]


def endings_of(text: str) -> list[Ending]:
    """The longest first. NUL and separators are spaces; what is too long is cut as the search cuts it."""
    text = unicodedata.normalize("NFC", text[:MAX_WORDS].replace("\x00", " "))
    words = list(_WORD.finditer(text))[-_LONGEST_ENDING:]
    made = [Ending(fold(text[word.start() :]), text[: word.start()].lstrip()) for word in words]
    return [one for one in made if not one.is_bare]


def suggestions(text: str, viewer: Viewer) -> list[Suggestion]:
    """At most `MOST`, each once, in a fixed order: three queries at most, none for small words alone.

    Where a longer ending is completed, the shorter ones are not: « saint mar » is no « mari ».
    """
    endings = endings_of(text)
    if not endings:
        return []
    names = [one for one in endings if one.may_be_name]
    organisations, places = _named(names, viewer)
    others = [*_known(endings, current_names()), *organisations]
    longest = next(
        (one for one in endings if any(ending is one for ending, _said in (*others, *places))), None
    )
    return _arranged(longest, others, places) if longest else []


def _arranged(longest: Ending, others: Found, places: Found) -> list[Suggestion]:
    kept, communes = (
        [suggestion for ending, suggestion in found if ending is longest] for found in (others, places)
    )
    if _LEADS_PLACE.search(longest.before):
        return _once([*communes, *kept])
    return _once([*kept, *(communes[:_COMMUNES_BESIDE] if kept else communes)])


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    unique: dict[tuple[str, str, str | None], Suggestion] = {}
    for one in found:
        unique.setdefault((one.kind, one.q.casefold(), one.lieu), one)
    return list(unique.values())[:MOST]


# --- From memory --------------------------------------------------------------------------------------------


def _known(endings: Iterable[Ending], names: Names) -> Found:
    """The types whose sigle is begun, the situations, the other types; of an entry or a type, one name."""
    seen: dict[str, tuple[Ending, Name]] = {}
    for ending in endings:
        for name in names.beginning_with(ending.folded):
            seen.setdefault(name.owner, (ending, name))
    situations = [one for one in seen.values() if not one[1].is_type][:_SITUATIONS]
    named = [_type(*one) for one in seen.values() if one[1].is_type]
    types = sorted(named, key=lambda one: not _is_sigle(*one))[:_TYPES]
    sigles = [one for one in types if _is_sigle(*one)]
    return [*sigles, *(_situation(*one, names) for one in situations), *types[len(sigles) :]]


def _is_sigle(ending: Ending, said: Suggestion) -> bool:
    """« cri » begins CRIP before it begins « crise d’angoisse »."""
    sigles, dash, _name = said.label.partition(" — ")
    return bool(dash) and any(fold(one).startswith(ending.folded) for one in sigles.split(","))


def _situation(ending: Ending, name: Name, names: Names) -> tuple[Ending, Suggestion]:
    labels = (
        names.titles.get(slug) if kind == "type" else label_of(kind, slug) for kind, slug in name.meaning
    )
    said = ", ".join(dict.fromkeys(label for label in labels if label))
    return ending, Suggestion("situation", name.words, ending.before + name.words, said)


def _type(ending: Ending, name: Name) -> tuple[Ending, Suggestion]:
    return ending, Suggestion("type", name.title, ending.unelided + name.words)


# --- From the database --------------------------------------------------------------------------------------


def _named(endings: list[Ending], viewer: Viewer) -> tuple[Found, Found]:
    """Organisations and communes: one query, two when organisations are called so."""
    communes, organisations = called([one.folded for one in endings], _COMMUNES)
    seen = _seen_by(viewer, organisations) if organisations else frozenset()
    shown = [one for one in organisations if int(one.key) in seen][:_ORGANISATIONS]
    return (
        [(endings[one.ending], _organisation(one, endings[one.ending])) for one in shown],
        [(endings[one.ending], _commune(one, endings[one.ending])) for one in communes],
    )


def _seen_by(viewer: Viewer, organisations: list[Called]) -> frozenset[int]:
    """Those of which the reader may see a service that is not closed (domain.md C3)."""
    keys = [int(one.key) for one in organisations]
    services = visible_services(viewer).searchable().filter(organisation__in=keys)
    return frozenset(services.values_list("organisation_id", flat=True))


def _organisation(found: Called, ending: Ending) -> Suggestion:
    return Suggestion("organisation", found.name, ending.unelided + found.name, found.short)


def _commune(found: Called, ending: Ending) -> Suggestion:
    place = f"{found.name} ({found.short})"
    left = _LINKS_PLACE.sub("", _LEADS_PLACE.sub("", ending.unelided)).strip()
    return Suggestion("commune", place, left, found.wide, place)


def kind_label(kind: str) -> str:
    return {
        "situation": _("Situation"),
        "type": _("Type"),
        "organisation": _("Organisation"),
        "commune": _("Commune"),
    }[kind]
