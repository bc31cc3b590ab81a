"""The acronyms of the types of actors, explained where a page first uses them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.models import ActorType

# Words that texts write like an acronym, and that have an everyday meaning.
_EVERYDAY = frozenset({"BAR", "OP", "CD", "IP", "VIF"})


@dataclass(frozen=True)
class Term:
    acronym: str
    name: str
    role: str
    url: str


def known_terms() -> dict[str, tuple[Term, ...]]:
    """Acronym → what it may stand for (BAV is two desks), in the usual order: one query."""
    types = (
        ActorType.objects.filter(is_open=True)
        .exclude(acronym="")
        .only("public_id", "slug", "acronym", "name", "role", "rank")
    )
    found: dict[str, tuple[Term, ...]] = {}
    for one in types:
        for acronym in one.acronym.split(","):
            term = Term(acronym.strip(), one.name, one.role, one.get_absolute_url())
            found[term.acronym] = (*found.get(term.acronym, ()), term)
    return found


@dataclass
class Glossary:
    """One page's: each term is explained once, at its first use."""

    terms: dict[str, tuple[Term, ...]]
    is_paper: bool = False
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        names = "|".join(sorted(map(re.escape, self.terms), key=len, reverse=True)) or "(?!)"
        # With what holds to it: « l’ASE », « (ASE), ».
        self._pattern = re.compile(rf"(\(?(?:\b[^\W\d_]{{1,2}}[’'])?)(?<![\w-])({names})(?![\w-])([).,;…]*)")

    def explained(self, escaped: str) -> str:
        """The text, escaped already, with a definition behind each term not seen before."""
        return self._pattern.sub(lambda hit: self._explain(hit), escaped)

    def _explain(self, hit: re.Match[str]) -> str:
        before, acronym, after = hit.groups()
        if acronym in self.seen:
            return hit.group(0)
        self.seen.add(acronym)
        terms = self.terms[acronym]
        if self.is_paper:
            return f"{before}{acronym} ({_names(terms)}){after}"
        definition = _definition(acronym, terms)
        # A browser may break a line at either edge of a button.
        return (
            f'<span class="m-nobreak">{before}{definition}{after}</span>' if before or after else definition
        )


def _names(terms: Iterable[Term]) -> SafeString:
    return format_html("{}", _(" ou ").join(_lowered(term.name) for term in terms))


def _lowered(name: str) -> str:
    """Inside a sentence: « Cellule de… » → « cellule de… »; a proper noun keeps its capital."""
    return name[:1].lower() + name[1:]


def _definition(acronym: str, terms: tuple[Term, ...]) -> SafeString:
    """Opens without a script (popover); read aloud as a button « CRIP, définition »."""
    said = [
        format_html(
            '<span class="m-def__one"><b>{}</b><span class="m-def__role"> {} </span>'
            '<a href="{}">{}<span class="fr-sr-only"> : {}</span></a></span>',
            one.name,
            one.role,
            one.url,
            _("Sa fiche"),
            one.name,
        )
        for one in terms
    ]
    return format_html(
        '<button type="button" class="m-term" popovertarget="mot-{}">{}'
        '<span class="fr-sr-only"> {}</span></button>'
        '<span class="m-def" id="mot-{}" popover>{}</span>',
        _anchor(acronym), acronym, _("(définition)"), _anchor(acronym), SafeString("".join(said)),
    )  # fmt: skip


def _anchor(acronym: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", acronym.lower())


def unknown_acronyms(text: str, known: Iterable[str]) -> list[str]:
    """Sigles of a text that no type sheet explains: for the checks before publishing."""
    names = {*known, *_EVERYDAY, *COMMON}
    found = re.findall(r"(?<![\w-])[A-Z]{2,7}(?![\w-])", text)
    return [one for one in dict.fromkeys(found) if one not in names]


# Known to everybody, or units, or Roman numerals: nobody needs their sheet.
_COMMON = """
    SMS PDF QR GPS OK TV CV RDV PC USB SIM WC ADN IST VIH IVG SOS ONG URL HTML FAQ II III IV VI VII IX XX XXI
    RGAA PNG CSV UE LSF CNIL RGPD CP CPP CASF UA MIT IGN DILA DGCL"""
COMMON = frozenset(_COMMON.split())
