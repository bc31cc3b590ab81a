"""Neighbouring questions: each is an address that tells nothing. Chips, choices, other pages, what to try."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import taxonomy
from directory.models import Commune
from directory.place_names import from_commune
from search.answer import Answer
from search.concepts import label_of
from search.forms import AWAYS, Asked, code_of
from search.leaving import says_leaving
from search.question import ANOTHER_DEPARTMENT, Away
from search.tokens import seal

_LONGEST_CHIP = 48
# What is offered: farther than the hour of road in which one is looked for.
LEAVING_KM = 50
FACET_NAMES = ("type", "public", "violence", "besoin", "langue")
_VOCABULARIES = {
    "type": taxonomy.VIRTUAL_TYPES,
    "public": taxonomy.PUBLICS,
    "violence": taxonomy.VIOLENCES,
    "besoin": taxonomy.PROVISIONS,
    "langue": taxonomy.LANGUAGES,
}


@dataclass(frozen=True)
class Link:
    """`detail` is shown small, beside the label."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Offer:
    """Another way to ask: `loin` is the parameter that it gives."""

    loin: str
    link: Link


def address_of(params: dict[str, list[str]]) -> str:
    """The neutral address of a question; the empty form when nothing is asked any more."""
    return reverse("search:results", args=[seal(params)]) if params else reverse("search:search")


def chips(asked: Asked, found: Answer) -> Iterable[Link]:
    """Each thing that was understood, with the address of the question without it."""
    question = asked.question
    yield from _place_chips(asked)
    yield from _concept_chips(asked, found)
    yield from _filter_chips(asked, found)
    if question.when:
        yield Link(when_label(question.when), address_of(asked.params_with(ouvert=None)))
    if question.radius:
        label = _("À moins de %(km)d km") % {"km": question.radius}
        yield Link(label, address_of(asked.params_with(rayon=None)))
    if question.away:
        yield Link(away_label(question.away), address_of(asked.params_with(loin=None)))


def not_understood(asked: Asked, found: Answer) -> Link | None:
    """The whole text, when nothing of it was understood: it is looked for as it is written."""
    if not asked.question.words or found.understood.concepts:
        return None
    shown = Truncator(asked.question.words).chars(_LONGEST_CHIP)
    return Link(_("« %(words)s »") % {"words": shown}, address_of(asked.params_with(q=None)))


def _place_chips(asked: Asked) -> Iterable[Link]:
    """A place said in the words is taken back by name; one typed in its field, by emptying it."""
    label = asked.place_text
    if not asked.place.commune:
        if not asked.place.department:
            return
        label = _("Département %(code)s") % {"code": asked.place.department}
    changes = {"lieu": None, "rayon": None, "loin": None}
    if asked.is_place_said:
        changes["sans"] = [*asked.params.get("sans", []), f"lieu:{code_of(asked.place)}"]
    yield Link(label, address_of(asked.params_with(**changes)))


# A page about a need says no more than the need: they are one chip, and taken back together.
_SAID_WITH = {"content:schema-mise-a-l-abri": "besoin:mise-a-l-abri"}


def _with_its_page(code: str) -> list[str]:
    return [code, *(page for page, need in _SAID_WITH.items() if need == code)]


def _concept_chips(asked: Asked, found: Answer) -> Iterable[Link]:
    """Each thing understood, with the words that said it; without it, they are plain words again."""
    taken_back = asked.params.get("sans", [])
    concepts = found.understood.concepts
    names = {("type", one.slug): one.name for one in found.sheets}
    labels = Counter(concept.label for concept in concepts)
    codes = {f"{concept.kind}:{concept.slug}" for concept in concepts}
    for concept in concepts:
        code = f"{concept.kind}:{concept.slug}"
        if _SAID_WITH.get(code) in codes:
            continue
        without = [*taken_back, *_with_its_page(code)]
        # « BAV » is the tribunal's and the police's.
        own = names.get((concept.kind, concept.slug)) if labels[concept.label] > 1 else None
        yield Link(own or concept.label, address_of(asked.params_with(sans=without)), concept.source)


def put_back(asked: Asked) -> Iterable[Link]:
    """What the reader took back, each with the address of the question where it counts again. A place is
    written in its field."""
    codes = [code for code in asked.question.without if code not in _SAID_WITH]
    types = {one.slug: one.name for one in asked.knowledge.types} if codes else {}
    for code in codes:
        kind, _, slug = code.partition(":")
        if kind == "lieu":
            continue
        again = _with_its_page(code)
        left = [one for one in asked.question.without if one not in again]
        label = types.get(slug, slug) if kind == "type" else label_of(kind, slug)
        yield Link(label, address_of(asked.params_with(sans=left or None)))


def _filter_chips(asked: Asked, found: Answer) -> Iterable[Link]:
    labels = {(facet.name, value.slug): value.label for facet in found.facets for value in facet.values}
    for name in FACET_NAMES:
        for slug in asked.params.get(name, []):
            label = labels.get((name, slug)) or _label(name, slug)
            yield Link(label, address_of(asked.params_without(name, slug)))


def _label(name: str, slug: str) -> str:
    vocabulary = _VOCABULARIES[name]
    return vocabulary.label(slug) if slug in vocabulary else slug


def when_label(value: str) -> str:
    return {
        "": _("À tout moment"),
        "maintenant": _("Ouvert maintenant"),
        "ce-soir": _("Ce soir"),
        "week-end": _("Ce week-end"),
    }[value]


def away_label(away: Away) -> str:
    return (
        _("Dans un autre département")
        if away == ANOTHER_DEPARTMENT
        else _("À plus de %(km)d km") % {"km": away}
    )


def offers(asked: Asked) -> Iterable[Offer]:
    """For those whose words say that they must leave: who answers elsewhere, the commune kept. Offered, never
    chosen for them. Their place must be known; that of a whole department has no kilometres."""
    if asked.question.away or not asked.has_place or not says_leaving(asked.question):
        return
    commune = asked.place.commune
    if commune and commune.point:
        text = _("Chercher à plus de %(km)d km %(here)s")
        yield _offer(asked, LEAVING_KM, text % {"km": LEAVING_KM, "here": from_commune(commune.name)})
    yield _offer(asked, ANOTHER_DEPARTMENT, _("Chercher dans un autre département"))


def _offer(asked: Asked, away: Away, label: str) -> Offer:
    params = asked.params_with(loin=away, rayon=None)
    return Offer(str(away), Link(label, address_of(params)))


def choices(asked: Asked) -> Iterable[Link]:
    """The communes that the text might have meant, each a link to the same question there."""
    taken = asked.place.commune.insee if asked.place.commune else None
    for commune in asked.place.choices:
        if commune.insee != taken:
            url = address_of(asked.params_with(lieu=f"insee:{commune.insee}"))
            yield Link(str(commune), url, _around(commune))


def _around(commune: Commune) -> str:
    return commune.epci_name or commune.department_name


def page_link(asked: Asked, step: int) -> Link:
    number = asked.question.page + step
    label = _("Page suivante") if step > 0 else _("Page précédente")
    return Link(label, address_of(asked.params_with(page=number if number > 1 else None)))


def hints(asked: Asked, found: Answer) -> Iterable[Link]:
    """What to try when nothing answers: each changes one thing and says how much it gives."""
    ways = found.ways
    if ways.wider_radius:
        label = _("Chercher jusqu’à %(km)d km") % {"km": ways.wider_radius}
        yield Link(label, address_of(asked.params_with(rayon=ways.wider_radius)))
    if asked.question.away:
        yield _nearer(asked, asked.question.away)
    if ways.without_radius:
        url = address_of(asked.params_with(rayon=None))
        yield Link(_("Chercher sans limite de distance"), url, _counted(ways.without_radius))
    if ways.without_filters:
        url = address_of(asked.params_with(**dict.fromkeys((*FACET_NAMES, "ouvert"))))
        yield Link(_("Retirer les filtres"), url, _counted(ways.without_filters))
    if ways.without_words:
        url = address_of(asked.params_with(q=None))
        label = _("Garder le lieu, retirer les mots") if asked.has_place else _("Voir tous les services")
        yield Link(label, url, _counted(ways.without_words))


def _nearer(asked: Asked, away: Away) -> Link:
    least = LEAVING_KM if away == ANOTHER_DEPARTMENT and asked.place.commune else away
    nearer = max((km for km in AWAYS if isinstance(least, int) and km < least), default=None)
    return Link(_("Chercher moins loin"), address_of(asked.params_with(loin=nearer)))


def _counted(services: int) -> str:
    return ngettext("%(count)d service", "%(count)d services", services) % {"count": services}
