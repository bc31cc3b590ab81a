"""A valley, a country of communes: « je vis dans le Queyras », « en Matheysine ».

Its department, by the names of the communities of communes (INSEE).
"""

from collections.abc import Sequence

from directory.folding import fold
from directory.gazetteer import resolve
from directory.held_departments import with_held
from directory.models import Area
from search.departments_said import PlaceSaid
from search.ordinary import ordinary_words
from search.place_or_word import Known
from search.words import STOP_WORDS

_LEADS = frozenset({"dans", "du", "en", "massif", "pays", "secteur", "vallee", "vers"})
_BETWEEN = frozenset({"d", "de", "des", "l", "la", "le", "les"})
_LEAST = 5  # letters


def valley_said(tokens: Sequence[str], is_known: Known) -> PlaceSaid | None:
    """Where the directory answers, and only when all that is called so is of one department. Its words are
    still looked for: services bear the names of valleys. One query when a name is led to, none otherwise."""
    said = [place for place, word in enumerate(tokens) if _is_led(tokens, place) and _may_be(word, is_known)]
    if not said:
        return None
    held = with_held(Area.objects.filter(kind="epci")).filter(is_held=True).values_list("name", "department")
    names = [(frozenset(fold(name).split()), department) for name, department in held]
    for index in said:
        departments = {department for words, department in names if tokens[index] in words}
        if len(departments) == 1:
            return PlaceSaid(resolve(departments.pop()), index, index)
    return None


def _is_led(tokens: Sequence[str], index: int) -> bool:
    before = index - 1
    while before > 0 and tokens[before] in _BETWEEN:
        before -= 1
    return before >= 0 and tokens[before] in _LEADS


def _may_be(word: str, is_known: Known) -> bool:
    plain = word in STOP_WORDS or word in ordinary_words() or is_known(word)
    return len(word) >= _LEAST and word.isalpha() and not plain
