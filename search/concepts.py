"""Mentions → concepts with their labels: what was understood, in words, each with the words it came from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import taxonomy
from directory.vocabulary import Label, Vocabulary
from search.ages import ADULT, Age
from search.lexicon import Entry
from search.mentions import Mention
from search.pinned import MINORS, SHELTER_CONTENT, SHELTER_PROVISIONS
from search.question import Concept
from search.times import Said

_SHELTER = frozenset(
    {
        *(("besoin", slug) for slug in SHELTER_PROVISIONS),
        *(("content", slug) for slug in SHELTER_CONTENT),
    }
)
COUPLE = ("violence", "conjugales")
_WHOEVER_HITS = ((COUPLE,), (("violence", "enfants"),))
MINORS_SAID = frozenset(("public", slug) for slug in MINORS)
_THEIR_CHILD = frozenset({"enfant", "enfants", "fille", "filles", "fils", "niece", "neveu"})
# « détenu, 40 ans »: the person; « mon mari agriculteur, 40 ans » is not.
_MEN = frozenset({"administre", "agriculteur", "detenu", "ouvrier", "patient", "salarie"})
_PARTNERS = frozenset({"compagnon", "conjoint", "copain", "ex", "fils", "frere", "mari", "pere"})
_OWN = frozenset({"fais", "j", "je", "m", "me", "suis"})
_OTHERS_VIOLENCES = ("enfants", "harcelement-scolaire", "maltraitance-majeurs")
AT_SCHOOL = ("violence", "harcelement-scolaire")
_OF_OTHERS = frozenset(("violence", slug) for slug in _OTHERS_VIOLENCES)
_VOCABULARIES: Mapping[str, Vocabulary] = {
    "violence": taxonomy.VIOLENCES,
    "public": taxonomy.PUBLICS,
    "besoin": taxonomy.PROVISIONS,
    "langue": taxonomy.LANGUAGES,
}
_OTHERS: Mapping[tuple[str, str], Label] = {
    ("danger", "danger-immediat"): gettext_lazy("Danger immédiat"),
    ("time", "moment"): gettext_lazy("Moment"),
    ("content", "guide-mineurs"): gettext_lazy("Guide"),
    ("content", "fiche-reflexe-fugue"): gettext_lazy("Fugue et retour"),
    ("content", "fiche-reflexe-sans-plainte"): gettext_lazy("Sans plainte"),
    ("content", "schema-danger-imminent"): gettext_lazy("Danger imminent"),
    ("content", "schema-mise-a-l-abri"): gettext_lazy("Se mettre à l’abri"),
}


def concepts_of(
    mentions: Iterable[Mention],
    tokens: Sequence[str],
    age: Age | None,
    said: Said | None,
    without: Iterable[str],
    titles: Mapping[str, str],
    besides: Iterable[tuple[str, str, str]] = (),
) -> list[Concept]:
    """Each concept once, with the first words that said it; what the reader took back is left out. `titles`:
    the names of the types by their slugs; `besides`: what the ages say of a household."""
    mentions = list(mentions) if age else _of_the_grown(list(mentions), tokens)  # an age decides
    is_minor, is_adult = _ages_said(mentions, age)
    if is_adult:
        mentions = [mention for mention in mentions if not _is_hint_of_school(mention)]
    unwanted = _unwanted(mentions)
    found: dict[tuple[str, str], Concept] = {}
    for one in (
        *_of_age(age, tokens),
        *_of_mentions(mentions, tokens, is_minor, is_adult, titles),
        *(Concept(kind, slug, _titled(kind, slug, titles), source) for kind, slug, source in besides),
        *_of_moment(said),
    ):
        found.setdefault((one.kind, one.slug), one)
    removed = set(without)
    kept = [one for one in _coherent(found) if f"{one.kind}:{one.slug}" not in removed]
    return [one for one in kept if (one.kind, one.slug) not in unwanted]


def _of_the_grown(mentions: list[Mention], tokens: Sequence[str]) -> list[Mention]:
    """« mon mari me viole et mon fils a fugué »: the child has a number, whoever speaks is no child."""
    if not any(_is_told_of_couple(mention, tokens) for mention in mentions):
        return mentions
    return [
        replace(mention, entry=_with_number(mention.entry))
        if mention.entry and _is_of_a_child(mention.entry, tokens[max(0, mention.start - 2) : mention.end])
        else mention
        for mention in mentions
    ]


def _is_told_of_couple(mention: Mention, tokens: Sequence[str]) -> bool:
    if mention.entry is None or mention.is_clue or mention.is_denied:
        return False
    is_whose = not is_of_whoever_hits(mention) or _is_own(mention, tokens)
    return is_whose and COUPLE in mention.entry.concepts


def _is_of_a_child(entry: Entry, around: Sequence[str]) -> bool:
    """An age beside something else, said of somebody's child."""
    said = entry.concepts
    if COUPLE in said or len(said) < 2 or MINORS_SAID.isdisjoint(said):
        return False
    return not _THEIR_CHILD.isdisjoint(around)


def _with_number(entry: Entry) -> Entry:
    kept = tuple(one for one in entry.concepts if one not in MINORS_SAID)
    return replace(entry, concepts=(*kept, ("number", "119")), minor=(), adult=())


def _is_hint_of_school(mention: Mention) -> bool:
    """« elle travaille à la cantine »: of somebody grown, no pupils' affair."""
    return mention.is_clue and mention.entry is not None and AT_SCHOOL in mention.entry.concepts


def _unwanted(mentions: Iterable[Mention]) -> frozenset[tuple[str, str]]:
    """« pas d’hébergement, mais si je quitte mon mari… »: no shelter is looked for, whatever else is said."""
    denied = (mention.entry for mention in mentions if mention.is_denied and mention.entry)
    return _SHELTER if any(_SHELTER & set(entry.concepts) for entry in denied) else frozenset()


def _ages_said(mentions: Iterable[Mention], age: Age | None) -> tuple[bool, bool]:
    if age:
        return age.years < ADULT, age.years >= ADULT
    bands = {
        slug
        for mention in mentions
        if mention.entry
        for kind, slug in mention.entry.concepts
        if kind == "public"
    } & set(taxonomy.AGE_BANDS.slugs)
    return bool(bands & MINORS), bool(bands - MINORS) and not bands & MINORS


def _of_age(age: Age | None, tokens: Sequence[str]) -> Iterator[Concept]:
    if age:
        source = " ".join(tokens[age.start : age.end])
        yield Concept("public", age.band, label_of("public", age.band), source)
        is_linked = tokens[age.start - 1 : age.start] == ["de"]  # « patient de 27 ans »
        *_far, owner, noun = "", "", *tokens[: age.start - is_linked]
        if age.years >= ADULT and noun in _MEN and owner not in _PARTNERS:
            yield Concept("public", "hommes", label_of("public", "hommes"), noun)


def _of_mentions(
    mentions: Sequence[Mention],
    tokens: Sequence[str],
    is_minor: bool,
    is_adult: bool,
    titles: Mapping[str, str],
) -> Iterator[Concept]:
    is_elsewhere = _is_of_others(mentions)
    for mention in mentions:
        if mention.is_denied:
            continue
        if is_elsewhere and is_of_whoever_hits(mention) and not _is_own(mention, tokens):
            continue
        source = " ".join(tokens[mention.start : mention.end])
        for one in mention.types:
            yield Concept("type", one.slug, one.short_name, source)
        if mention.entry:
            for kind, slug in mention.entry.said_of(is_minor, is_adult):
                if kind == "public" and slug in taxonomy.GENDERS and _is_who_did_it(mention, tokens):
                    continue
                yield Concept(kind, slug, _titled(kind, slug, titles), source)


def _titled(kind: str, slug: str, titles: Mapping[str, str]) -> str:
    title = titles.get(slug) if kind == "type" else None
    return title or label_of(kind, slug)


def _is_who_did_it(mention: Mention, tokens: Sequence[str]) -> bool:
    """« violée par un ami »: the friend is no man who asks."""
    return mention.start > 0 and tokens[mention.start - 1] == "par"


def is_of_whoever_hits(mention: Mention) -> bool:
    """« frappe », « coups »: in the couple when nothing else is said."""
    return mention.entry is not None and (mention.entry.concepts, mention.entry.minor) == _WHOEVER_HITS


def _is_own(mention: Mention, tokens: Sequence[str]) -> bool:
    """« je suis battue, et ma fille est harcelée à l’école »."""
    return not _OWN.isdisjoint(tokens[max(0, mention.start - 1) : mention.start + 1])


def _is_of_others(mentions: Iterable[Mention]) -> bool:
    """School, a home, a child: the blows are theirs, unless something says the couple."""
    said = {
        one
        for mention in mentions
        if mention.entry and not (mention.is_denied or is_of_whoever_hits(mention))
        for one in mention.entry.concepts
    }
    return bool(said & _OF_OTHERS) and COUPLE not in said


def _of_moment(said: Said | None) -> Iterator[Concept]:
    if said:
        yield Concept("time", "moment", said.label, said.label)


def _coherent(found: Mapping[tuple[str, str], Concept]) -> list[Concept]:
    """An age said in figures decides of the band: « mineur » of 8 is a child (domain.md §4)."""
    bands = [key for key in found if key[0] == "public" and key[1] in taxonomy.AGE_BANDS]
    kept = bands[:1]
    return [one for key, one in found.items() if key not in bands or key in kept]


def label_of(kind: str, slug: str) -> str:
    vocabulary = _VOCABULARIES.get(kind)
    if vocabulary is not None and slug in vocabulary:
        return vocabulary.label(slug)
    return str(_OTHERS.get((kind, slug), slug if kind != "number" else _("Numéro %(key)s") % {"key": slug}))
