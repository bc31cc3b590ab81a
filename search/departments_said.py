"""A department named in a question: « en Isère », « CRIP 04 », « dans le 05 », never an age or an hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.folding import fold
from directory.gazetteer import Resolution, resolve
from directory.held_departments import is_held
from directory.place_names import without_article
from search.ordinary import ordinary_words
from search.place_or_word import Known
from search.words import STOP_WORDS

_LONGEST = 5  # words of a name
_NEVER_ALONE = frozenset({"manche", "nord"})
_LEADS_DEPARTMENT = frozenset({"en", "dans", "departement", "dept", "l", "d", "de"})
_EMERGENCY = frozenset({"15", "17", "18"})
_COUNTS = """
    an ans appels avenue cm coups enfants euro euros femmes fois h heure heures hommes jours kg kilos km m
    mails messages min minutes mois personnes place pourcent rue sa semaines sms
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"""
UNITS = frozenset(_COUNTS.split())
# « le 05 il m’a frappée ».
_AFTER_A_DAY = frozenset({"au", "il", "elle", "je", "j", "on", "a", "ils", "nous"})
_COUNTED = frozenset({"chambre", "appartement", "bus", "ligne", "lot", "salle", "taille"})
_GREETINGS = frozenset({"", "bonjour", "bonsoir", "salut"})
_BEFORE_A_CODE = frozenset({"du", "le", "en", "dpt", "dep"})  # « la CRIP du 04 », « en 38 »


@dataclass(frozen=True)
class PlaceSaid:
    """`start` and `end` are the tokens that say it, what leads to it left out; `words`: these tokens."""

    place: Resolution
    start: int
    end: int
    words: tuple[str, ...] = ()


def department_said(tokens: Sequence[str], names: dict[str, str], is_known: Known) -> PlaceSaid | None:
    by_name = {without_article(fold(name)): code for code, name in names.items()}
    for start, end in runs_of(len(tokens)):
        text = " ".join(tokens[start:end])
        led = start > 0 and tokens[start - 1] in _LEADS_DEPARTMENT
        if text not in by_name or not (led or end == len(tokens) or not is_known(text)):
            continue
        if text not in ordinary_words() or is_held(by_name[text]) or _is_a_department(tokens, start):
            return PlaceSaid(resolve(by_name[text]), start, end)
    for index, token in enumerate(tokens):
        if _is_code(tokens, index, names, is_known):
            return PlaceSaid(resolve(token), index, index + 1)
    return None


def _is_a_department(tokens: Sequence[str], start: int) -> bool:
    """« dans le Lot », « le département du Nord »: « à l’aube », « pas cher », « la manche » are words."""
    before = list(tokens[max(0, start - 3) : start])
    is_in = before[-2:-1] == ["dans"] and tokens[start] not in _NEVER_ALONE
    return is_in or bool({"departement", "dept"} & set(before))


def _is_code(tokens: Sequence[str], index: int, names: dict[str, str], is_known: Known) -> bool:
    """Two digits alone or beside a type are a department; an age, an hour, an emergency, a phone are not."""
    token = tokens[index]
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if token.upper() not in names or len(token) > 3 or after in UNITS:
        return False
    if any(one.isdigit() and len(one) == 2 for one in (before, after)):
        return False
    if before in ("dans", "departement", "dept") or (before == "le" and tokens[max(0, index - 2)] == "dans"):
        return True
    if token in _EMERGENCY:
        return before not in STOP_WORDS and is_known(before)
    earlier = tokens[index - 2] if index > 1 else ""
    if before in _BEFORE_A_CODE:
        return after not in _AFTER_A_DAY and earlier not in ("ne", "nee")
    if before in _GREETINGS:
        return not after or is_known(after)
    if before in STOP_WORDS or before in _COUNTED:
        return False
    return is_known(before) or not after


def runs_of(count: int) -> Iterator[tuple[int, int]]:
    """Runs of tokens, the longest first."""
    for length in range(min(_LONGEST, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
