"""A place named in the middle of a question: « on est à Embrun », « CRIP 04 », « en Isère ».

What is read as a place is said, and may be taken back. An explicit place always wins (contract.md).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from directory.folding import fold
from directory.gazetteer import Resolution, department_names, resolve
from directory.models import Commune
from directory.place_names import forms_of, without_article
from search.words import EVERYDAY_WORDS, INTENT_WORDS, STOP_WORDS

_LONGEST = 5
_LEADS = frozenset({"a", "au", "aux", "sur", "vers", "habite", "habitant", "commune", "ville", "mairie"})
_LEADS_DEPARTMENT = frozenset({"en", "dans", "departement", "dept", "l", "d", "de"})
_EMERGENCY = frozenset({"15", "17", "18"})
_UNITS = frozenset({"ans", "an", "mois", "h", "heure", "heures", "euros", "euro", "km", "jours", "enfants"})
# Communes that are also words of every day: only after « à ».
_WORDS = frozenset(
    "rue bar tours orange nice rives aime corps mens contes salles bonne die plan pont lens dole pers".split()  # noqa: SIM905
)
_TOWN = 2000
Known = Callable[[str], bool]


@dataclass(frozen=True)
class PlaceSaid:
    """`start` and `end` are the tokens that say it, what leads to it left out."""

    place: Resolution
    start: int
    end: int


def place_said(tokens: Sequence[str], is_known: Known, is_offer: bool = False) -> PlaceSaid | None:
    """`is_known`: whether a folded word means something else (a type, the lexicon). One to four queries.

    `is_offer`: a place was given; only a commune named in full is worth saying besides.
    """
    found = _postal_code(tokens) or _named_commune(tokens, _communes_in(tokens), is_known)
    if found or is_offer:
        return found
    return (
        _department(tokens, department_names(), is_known)
        or _begun_commune(tokens, is_known)
        or _misspelt_commune(tokens, is_known)
    )


# --- Departments and postal codes ------------------------------------------------------------------------


def _postal_code(tokens: Sequence[str]) -> PlaceSaid | None:
    for index, token in enumerate(tokens):
        if len(token) == 5 and token.isdigit():
            place = resolve(token)
            if place.commune:
                return PlaceSaid(place, index, index + 1)
    return None


def _department(tokens: Sequence[str], names: dict[str, str], is_known: Known) -> PlaceSaid | None:
    by_name = {without_article(fold(name)): code for code, name in names.items()}
    for start, end in _grams(len(tokens)):
        text = " ".join(tokens[start:end])
        led = start > 0 and tokens[start - 1] in _LEADS_DEPARTMENT
        if text in by_name and (led or end == len(tokens) or not is_known(text)):
            return PlaceSaid(resolve(by_name[text]), start, end)
    for index, token in enumerate(tokens):
        if _is_code(tokens, index, names, is_known):
            return PlaceSaid(resolve(token), index, index + 1)
    return None


def _is_code(tokens: Sequence[str], index: int, names: dict[str, str], is_known: Known) -> bool:
    """Two digits alone or beside a type are a department; an age, an hour, an emergency, a phone are not."""
    token = tokens[index]
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if token.upper() not in names or len(token) > 3 or after in _UNITS:
        return False
    if any(one.isdigit() and len(one) == 2 for one in (before, after)):
        return False
    if before in ("dans", "departement", "dept") or (before == "le" and tokens[max(0, index - 2)] == "dans"):
        return True
    return token not in _EMERGENCY or (before != "le" and before != "au" and is_known(before))


# --- Communes --------------------------------------------------------------------------------------------


def _communes_in(tokens: Sequence[str]) -> dict[str, Commune]:
    """Folded name → the most populous commune of that name, for every run of words: one query."""
    texts = {" ".join(tokens[start:end]) for start, end in _grams(len(tokens))}
    forms = {form: text for text in texts for form in forms_of(text) if _could_be(text)}
    found = Commune.objects.filter(folded__in=forms).order_by("population", "pk")
    return {forms[one.folded]: one for one in found}


def _could_be(text: str) -> bool:
    return len(text) > 2 and not text.isdigit() and text not in STOP_WORDS and text not in INTENT_WORDS


def _named_commune(tokens: Sequence[str], communes: dict[str, Commune], is_known: Known) -> PlaceSaid | None:
    """The longest name first; of equal ones, one that follows « à », then the last."""
    ranked = []
    for start, end in _grams(len(tokens)):
        commune = communes.get(" ".join(tokens[start:end]))
        if commune is None:
            continue
        led = start > 0 and tokens[start - 1] in _LEADS
        if _is_meant(tokens, start, end, led, commune, is_known):
            ranked.append((end - start, led, start, end, commune))
    if not ranked:
        return None
    _length, _led, start, end, commune = max(ranked, key=lambda one: one[:3])
    place = resolve(commune.name)
    return PlaceSaid(place if place.commune else Resolution(commune), start, end)


def _is_meant(
    tokens: Sequence[str], start: int, end: int, led: bool, commune: Commune, is_known: Known
) -> bool:
    words = tokens[start:end]
    if all(word in EVERYDAY_WORDS or word in STOP_WORDS or word in INTENT_WORDS for word in words):
        return False
    if len(words) > 1:
        return True
    if led:
        return not is_known(words[0]) or words[0] not in _WORDS
    if words[0] in _WORDS or is_known(words[0]):
        return False
    return commune.population >= _TOWN or end == len(tokens)


def _begun_commune(tokens: Sequence[str], is_known: Known) -> PlaceSaid | None:
    """« Bourgoin » for Bourgoin-Jallieu: after « à », or at the end."""
    for index in _likely(tokens, is_known):
        found = (
            Commune.objects.filter(folded__startswith=f"{tokens[index]} ")
            .order_by("-population", "pk")
            .first()
        )
        if found and found.population >= _TOWN:
            return PlaceSaid(resolve(f"insee:{found.pk}"), index, index + 1)
    return None


def _misspelt_commune(tokens: Sequence[str], is_known: Known) -> PlaceSaid | None:
    """« à Villefontane »: only after « à », never a word that is known."""
    for index in _likely(tokens, is_known):
        if index and tokens[index - 1] in _LEADS:
            place = resolve(tokens[index])
            if place.commune:
                return PlaceSaid(place, index, index + 1)
    return None


def _likely(tokens: Sequence[str], is_known: Known) -> list[int]:
    found = []
    for index, token in enumerate(tokens):
        led = index > 0 and tokens[index - 1] in _LEADS
        is_word = token.isalpha() and len(token) > 4 and not is_known(token)
        everyday = token in EVERYDAY_WORDS or token in INTENT_WORDS or token in STOP_WORDS
        if is_word and not everyday and (led or index == len(tokens) - 1):
            found.append(index)
    return found[:3]


def _grams(count: int) -> Iterator[tuple[int, int]]:
    """Runs of tokens, the longest first."""
    for length in range(min(_LONGEST, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
