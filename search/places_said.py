"""A place named in the middle of a question: « on est à Embrun », « CRIP 04 », « en Isère ».

What is read as a place is said, and may be taken back. An explicit place always wins (contract.md).
"""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice, pairwise
from operator import or_

from django.db.models import Q
from django.db.models.expressions import RawSQL

from directory.gazetteer import Resolution, department_names, resolve
from directory.held_departments import is_held, with_held
from directory.models import Commune
from directory.place_names import forms_of
from search.departments_said import UNITS, PlaceSaid, department_said, runs_of
from search.ordinary import ordinary_words
from search.place_or_word import (
    BEARS_A_NAME,
    LEADS,
    LEADS_BEGUN,
    TOWN,
    Known,
    are_names,
    is_had,
    is_meant,
    is_plain,
    without_its_hour,
)
from search.valleys_said import valley_said
from search.words import INTENT_WORDS, STOP_WORDS, slips

Spans = Collection[tuple[int, int]]
_AWAY_FROM = (("loin", "de"), ("loin", "d"))
_LEAST_LETTERS = 6
# « Monestier » is Monestier-de-Clermont: this many times the people of the next commune that begins so.
_BY_FAR = 3


def place_said(
    tokens: Sequence[str], is_known: Known, is_offer: bool = False, apart: Spans = ()
) -> PlaceSaid | None:
    """`is_known`: whether a folded word means something else (a type, the lexicon). One to four queries.

    `is_offer`: a place was given; only a commune named in full is worth saying besides. `apart`: what stands
    alone after a comma or a full stop, as places do.
    """
    found = _found_in(without_its_hour(tokens), is_known, is_offer, apart)
    return found and replace(found, words=tuple(tokens[found.start : found.end]))


def _found_in(tokens: Sequence[str], is_known: Known, is_offer: bool, apart: Spans) -> PlaceSaid | None:
    led = {index + 1 for index, token in enumerate(tokens) if token in LEADS and not is_had(tokens, index)}
    led |= {start for start, _end in apart}
    led |= {index + 2 for index, pair in enumerate(pairwise(tokens)) if pair in _AWAY_FROM}
    communes = _communes_in(tokens)
    found = _postal_code(tokens) or _named_commune(tokens, communes, led, is_known, apart)
    if found or is_offer:
        return found
    return (
        department_said(tokens, department_names(), is_known)
        or _plain_commune(tokens, communes)
        or _begun_commune(tokens, is_known, apart)
        or _misspelt_commune(tokens, led, is_known)
        or valley_said(tokens, is_known)
    )


# --- Postal codes -----------------------------------------------------------------------------------------


def _postal_code(tokens: Sequence[str]) -> PlaceSaid | None:
    for index, token in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        if len(token) == 5 and token.isdigit() and after not in UNITS:
            place = resolve(token)
            if place.commune:
                return _named_beside(place, tokens, index) or PlaceSaid(place, index, index + 1)
    return None


def _named_beside(place: Resolution, tokens: Sequence[str], index: int) -> PlaceSaid | None:
    """« Claret 05110 », « 05110 Claret »: which of the communes of that code is meant."""
    for commune in place.choices:
        name = commune.folded.split()
        for start in (index - len(name), index + 1):
            if start >= 0 and list(tokens[start : start + len(name)]) == name:
                return PlaceSaid(Resolution(commune), min(start, index), max(start + len(name), index + 1))
    return None


# --- Communes --------------------------------------------------------------------------------------------


def _communes_in(tokens: Sequence[str]) -> dict[str, Commune]:
    """Folded name → the commune of that name, for every run of words: one query. One where somebody answers
    before the others, then the most populous."""
    texts = {" ".join(tokens[start:end]) for start, end in runs_of(len(tokens))}
    ordered = sorted(texts, key=lambda text: (len(text), text))  # « les mées » rather than « mées »
    forms = {form: text for text in ordered for form in forms_of(text) if _could_be(text)}
    # Where nobody answers, a name is more often a word of every day.
    found = (
        with_held(Commune.objects.all())
        .filter(folded__in=_rows(forms))
        .order_by("is_held", "population", "pk")
    )
    return {forms[one.folded]: one for one in found}


def _rows(forms: Iterable[str]) -> RawSQL:
    """The folded `forms` as rows to join. Given as a list, hundreds of them take the planner as long as the
    answer, and it may read them by the index of trigrams, letters by letters, in half a second."""
    return RawSQL("SELECT unnest(string_to_array(%s, '|'))", ["|".join(forms)])


def _could_be(text: str) -> bool:
    return len(text) > 2 and not text.isdigit() and text not in STOP_WORDS and text not in INTENT_WORDS


def _named_commune(
    tokens: Sequence[str],
    communes: dict[str, Commune],
    led: Container[int],
    is_known: Known,
    apart: Spans,
) -> PlaceSaid | None:
    """Of a department held first, then the longest name; of equal ones, one after « à », then the last."""
    ranked = []
    for start, end in runs_of(len(tokens)):
        commune = communes.get(" ".join(tokens[start:end]))
        if commune is None:
            continue
        if is_meant(tokens, start, end, start in led, (start, end) in apart, commune, is_known):
            ranked.append((commune.is_held, end - start, start in led, start, end, commune))
    if not ranked:
        return None
    *_rank, start, end, commune = max(ranked, key=lambda one: one[:4])
    return PlaceSaid(_named(commune), start, end)


def _named(commune: Commune) -> Resolution:
    """With the others of that name, which are never passed over in silence (domain.md §4)."""
    place = resolve(commune.name)
    is_held = commune.is_held  # type: ignore[attr-defined]
    is_it = place.commune is not None and (place.commune == commune or not is_held)
    return place if is_it else Resolution(commune)


def _plain_commune(tokens: Sequence[str], communes: dict[str, Commune]) -> PlaceSaid | None:
    """The last village whose name is nothing else."""
    for start, token in reversed(list(enumerate(tokens))):
        commune = communes.get(token)
        if commune is not None and is_plain(tokens, start, commune):
            return PlaceSaid(_named(commune), start, start + 1)
    return None


def _begun_commune(tokens: Sequence[str], is_known: Known, apart: Spans) -> PlaceSaid | None:
    """« Bourgoin » for Bourgoin-Jallieu, « château arnoux »: after « à » or « de », alone, or at an end."""
    spans = _likely_begun(tokens, is_known, apart)
    begins = {span: _begins(tokens[slice(*span)]) for span in spans}
    if not begins:
        return None
    forms = (Q(folded__startswith=form) for forms in begins.values() for form in forms)
    found = list(with_held(Commune.objects.all()).filter(reduce(or_, forms)).order_by("-population", "pk"))
    for span in spans:
        begun = [one for one in found if one.folded.startswith(begins[span])]
        if " ".join(tokens[slice(*span)]) in ordinary_words():  # « deuil » is not Deuil-la-Barre
            begun = [one for one in begun if one.is_held]  # type: ignore[attr-defined]
        commune = _by_far(begun)
        if commune:
            return PlaceSaid(resolve(f"insee:{commune.pk}"), *span)
    return None


def _begins(words: Sequence[str]) -> tuple[str, ...]:
    """What the name then begins with: « Abrets » is « Les Abrets en Dauphiné »."""
    begin = " ".join(words)
    return (f"{begin} ", *(f"{article} {begin} " for article in ("l", "la", "le", "les")))


def _by_far(begun: Sequence[Commune]) -> Commune | None:
    """The only commune that begins so, or one that has by far the most people: of the departments held first,
    else a town. `begun`: the most populous first."""
    held = [one for one in begun if one.is_held]  # type: ignore[attr-defined]
    towns = [one for one in begun if one not in held and one.population >= TOWN]
    for found in (held, towns):
        if found and (len(found) == 1 or found[0].population >= _BY_FAR * found[1].population):
            return found[0]
    return None


def _likely_begun(tokens: Sequence[str], is_known: Known, apart: Spans) -> list[tuple[int, int]]:
    """Three words, two, then one; where a place is said, and nothing that is known."""
    found = []
    for length in (3, 2, 1):
        for start in range(len(tokens) - length + 1):
            end = start + length
            led = start == 0 or tokens[start - 1] in LEADS_BEGUN or tokens[start - 1] == "l"
            said = [word for word in tokens[start:end] if word not in STOP_WORDS]
            led = led or (start, end) in apart or _is_named_after(tokens, start, end)
            if (led or end == len(tokens)) and are_names(said, is_known) and tokens[start] in said:
                found.append((start, end))
    return found[:6]


def _is_named_after(tokens: Sequence[str], start: int, end: int) -> bool:
    """« parquet bourgoin »; not « foyer rural »."""
    return tokens[start - 1] in BEARS_A_NAME and " ".join(tokens[start:end]) not in ordinary_words()


def _misspelt_commune(tokens: Sequence[str], led: Container[int], is_known: Known) -> PlaceSaid | None:
    """« à Villefontane »: after « à » or a comma, never a word that is known. At an end of the text,
    « femme battue Brianson »: a town of the directory, when nobody writes that word."""
    written = ordinary_words()  # « au moins » is not Mons
    likely = (
        index
        for index, token in enumerate(tokens)
        if index in led and token not in written and are_names([token], is_known)
    )
    for index in islice(likely, 3):
        *_first, spelt = _spellings(tokens[index])
        place = resolve(spelt)
        if place.commune:
            return PlaceSaid(place, index, index + 1)
    for index in (len(tokens) - 1, 0):
        said = tokens[index]
        if len(said) < _LEAST_LETTERS or not are_names([said], is_known) or said in ordinary_words():
            continue
        for spelt in _spellings(said):
            place = resolve(spelt)
            if place.commune and _is_town_held(place.commune, spelt):
                return PlaceSaid(place, index, index + 1)
    return None


def _spellings(said: str) -> list[str]:
    """« manosk » is Manosque, as it sounds."""
    return [said, f"{said[:-1]}que"] if said.endswith("k") else [said]


def _is_town_held(commune: Commune, said: str) -> bool:
    """One slip from `said`, its plural apart, and somebody answers in its department."""
    names = (commune.folded, commune.folded.removesuffix("s"))
    if names[1] == said and said != names[0]:  # « jausier »
        return is_held(commune.department)
    is_near = any(slips(said, name, 1) is not None for name in names)
    return is_near and commune.population >= TOWN and is_held(commune.department)
