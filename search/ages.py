"""Ages in a text: « 15 ans », « quinze ans », « 8 mois », and the band of the person they are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from directory import taxonomy
from search.durations import is_how_long

_UNITS = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}  # fmt: skip
_YOUNG = (
    "fils fille filles enfant enfants bebe bebes petit petite petites petits jumeaux jumelles gosse gosses"
    " enf garcon garcons fillette fillettes nourrisson"
)
CHILDREN = frozenset(_YOUNG.split())
# « une femme et son fils de 13 ans »: she is the one who asks, or for whom one asks.
_ADULTS = "dame femme madame maman mere mme patiente salariee residente cliente monsieur homme papa"
GROWN = frozenset(_ADULTS.split())
# « elle a 13 ans » is an age, « à 13 ans » a time of one's life.
_OTHERS = "elle il qui ado amie ami copine copain eleve frere gamin gamine jeune niece neveu soeur victime"
_WOMEN = GROWN - {"monsieur", "homme", "papa"}
_YOUNG_PERSONS = "ado cousine eleve collegienne lyceenne gamine jeune mineure niece soeur"
_YOUNGER = CHILDREN | frozenset(_YOUNG_PERSONS.split())
_MEN_MET = "adulte adultes ami amis copain gars homme hommes majeur majeurs mec mecs type types vieux"
_MEN = frozenset(_MEN_MET.split())
_KIN = frozenset({"cousin", "demi", "frere", "oncle", "pere"})
_SUBJECTS = CHILDREN | frozenset(_OTHERS.split())
_PREGNANT = frozenset(["dame", "enceinte", "enceintes", "grossesse", "patiente", "suis", "ventre"])
_SHORT = re.compile(r"(\d\d?)a(?:ns)?")  # « patiente 34a »
_YEARS = frozenset(["ans", "an", "mois", "piges", "years"])
ME = frozenset({"m", "me"})
_WORK = frozenset({"auxiliaire", "domicile", "garde", "infirmiere", "menage", "soins", "travaille"})
_NEXT = 3  # tokens
_TAKERS, _WHOSE_TAKERS = (
    frozenset({"famille", "parents"}),
    frozenset({"la", "le", "les", "sa", "ses", "son"}),
)
_PARTNERS = frozenset({"compagnon", "conjoint", "ex", "mari"})
_LEAVING = ("part", "emmen", "enlev")
_SPEAKER = ME | {"je", "j", "moi"}
TEENAGERS = frozenset({"ado", "adolescent", "adolescente"})
_OWN_CHILDREN = CHILDREN | TEENAGERS | {"gamin", "gamine", "gamins"}
_NOT_OWN_CHILDREN = frozenset({"ami", "amie", "copain", "copine", "frere", "soeur"})  # « ma petite sœur »
_BESIDE_OTHERS = frozenset({"a", "avec", "couple"})
_BESIDE = frozenset({"ai", "avec", "avons", "mes", "emmene", "partir"})
ADULT = 18
_OLDEST, _OLD = 110, 60
_ENGLISH = frozenset({"boy", "child", "daughter", "girl", "man", "son", "student", "teenager", "woman"})


@dataclass(frozen=True)
class Age:
    """In completed years; `start` and `end` are the tokens that say it."""

    years: int
    start: int
    end: int
    is_company: bool = False
    is_own: bool = False  # « j'ai 45 ans »
    is_time: bool = False  # « à 13 ans », « jusqu'à mes 11 ans », « entre 9 et 12 ans »
    is_of_a_woman: bool = False  # « une patiente de 41 ans »

    @property
    def band(self) -> str:
        return taxonomy.band_of(self.years)


def ages_in(tokens: Sequence[str]) -> list[Age]:
    """In the order of the text; how long something has lasted is no age."""
    found = []
    for index, token in enumerate(tokens):
        if token in _YEARS and index:
            age = _age_before(tokens, index)
            if age and not (is_how_long(tokens, age.start, age.end) or _is_of_pregnancy(tokens, index, age)):
                found.append(_placed(age, tokens))
        elif years := _SHORT.fullmatch(token):
            found.append(_placed(Age(int(years[1]), index, index + 1), tokens))
        elif token.isdigit() and list(tokens[index - 2 : index]) == ["en", "ai"] and int(token) <= _OLDEST:
            found.append(Age(int(token), index, index + 1, is_own=True))  # « j'en ai 45 »
        elif token.isdigit() and int(token) <= _OLDEST and _is_english(tokens, index):
            found.append(Age(int(token), index, index + 1))
    return found


def _is_english(tokens: Sequence[str], index: int) -> bool:
    """« a girl of 14 », « my son aged 9 »."""
    who, link = (*([""] * 2), *tokens[:index])[-2:]
    return link in ("of", "aged") and who in _ENGLISH


def _placed(age: Age, tokens: Sequence[str]) -> Age:
    """With what stands before it."""
    before = tokens[age.start - 1] if age.start else ""
    subject = tokens[age.start - 2] if age.start > 1 else ""
    return replace(
        age,
        is_company=(
            (before != "ai" and _is_company(tokens, age.start))
            or _is_of_a_man_met(tokens, age.start)
            or _is_of_the_house(tokens, age)
        ),
        is_own=(before == "ai" and subject in ("j", "en")) or _is_who_speaks(tokens, age.start),
        is_time=_is_time(tokens, age),
        is_of_a_woman=not _WOMEN.isdisjoint(tokens[max(0, age.start - 3) : age.start]),
    )


def _is_who_speaks(tokens: Sequence[str], start: int) -> bool:
    """« je suis chauffeur, 44 ans », « je suis une femme de 31 ans »; not « … sa fille, elle a 80 ans »."""
    said = tokens[max(0, start - _NEXT - 1) : start]
    return list(said[:2]) == ["je", "suis"] and (CHILDREN | _BESIDE_OTHERS).isdisjoint(said)


def is_of_own_child(age: Age, tokens: Sequence[str]) -> bool:
    """« ma gamine de 5 ans »: whoever speaks is no minor."""
    said = list(tokens[max(0, age.start - _NEXT - 1) : age.start])
    if not _NOT_OWN_CHILDREN.isdisjoint(said):
        return False
    return any(
        one in ("ma", "mon", "mes", "notre", "nos") and other in _OWN_CHILDREN
        for one, other in pairwise(said)
    )


def _is_time(tokens: Sequence[str], age: Age) -> bool:
    """« à 13 ans », « de 6 ans à 12 ans », « jusqu’à mes 11 ans », « entre 9 et 12 »."""
    *_far, subject, before = "", "", *tokens[: age.start]
    if before in ("mes", "ses") or "entre" in tokens[max(0, age.start - 5) : age.start]:
        return True
    if before == "de":
        is_begun = tokens[age.end : age.end + 1] == ["a"] and tokens[age.end + 2 : age.end + 3] == ["ans"]
        return is_begun or tokens[max(0, age.start - 4) : age.start] == ["a", "l", "age", "de"]
    return before == "a" and subject not in _SUBJECTS


def _is_company(tokens: Sequence[str], start: int) -> bool:
    """ "j'ai un fils de 3 ans", "avec ma fille de 8 ans": the child of the person, not the person."""
    before = list(tokens[max(0, start - 9) : start])
    kin = next((place for place in range(len(before) - 1, -1, -1) if before[place] in CHILDREN), None)
    if kin is None:
        return False
    if before[-1] == "a" and before[-2] in GROWN:  # « … petit à petit, maman a 84 ans »
        return False
    if before[kin - 3 : kin - 1] in (["pere", "de"], ["mere", "de"]):  # « le père de ma fille de 3 ans »
        return True
    near = before[max(0, kin - 3) : kin]
    if near[:2] == ["j", "ai"] and _is_in_front(tokens, start):
        return False
    # « on a 3 enfants de 9 ans »
    is_beside = not _BESIDE.isdisjoint(near) or near[:2] == ["on", "a"] or _is_beside_another(before[:kin])
    is_hers = "et" in near and near[-1] in ("son", "sa", "ses") and not GROWN.isdisjoint(tokens[:start])
    return (is_beside or is_hers) and not _is_taken_away(tokens, start)


def _is_beside_another(before: Sequence[str]) -> bool:
    """« avec mon chien et mon fils de 4 ans », « avec ma mère et ma fille de 6 ans »."""
    *_far, and_, mine = ["", "", *before]
    return and_ == "et" and mine in ("mon", "ma", "mes") and "avec" in before[-5:-2]


def _is_in_front(tokens: Sequence[str], start: int) -> bool:
    """« j’ai un garçon de 16 ans sur les bras », « … devant moi », of somebody who was received."""
    after = next((place for place in range(start, len(tokens)) if tokens[place] in _YEARS), start) + 1
    return list(tokens[after : after + 1]) in (["sur"], ["devant"], ["face"])


def _is_of_a_man_met(tokens: Sequence[str], start: int) -> bool:
    """ "une élève de 3e avec un mec de 30 ans", "une gamine que son frère de 19 ans…": she is to protect."""
    *_far, whose, who, before = "", "", "", *tokens[:start]
    is_man = before == "de" and (who in _MEN or (whose == "son" and who in _KIN))
    return is_man and not _YOUNGER.isdisjoint(tokens[: start - 2])


def _is_of_the_house(tokens: Sequence[str], age: Age) -> bool:
    """ "je fais le ménage chez un monsieur de 84 ans, il me touche": whoever speaks works there."""
    *_far, where, one, _who, before = "", "", "", "", *tokens[: age.start]
    is_there = before == "de" and one in ("un", "une") and where == "chez"
    is_work = not _WORK.isdisjoint(tokens[: age.start])
    return is_there and is_work and not ME.isdisjoint(tokens[age.end : age.end + _NEXT])


def _is_taken_away(tokens: Sequence[str], start: int) -> bool:
    """« le père est parti avec la petite de 3 ans », « mon ex vient de partir avec notre fils de 4 ans »,
    « la famille part avec… »: the child is the one to protect."""
    for place, (whose, who) in enumerate(pairwise(tokens[:start])):
        if who == "pere" and whose in ("le", "son"):
            return True
        is_other = (whose in _WHOSE_TAKERS and who in _TAKERS) or (whose == "mon" and who in _PARTNERS)
        if is_other and _leaves_with(tokens[place + 2 : start]):
            return True
    return False


def _leaves_with(said: Sequence[str]) -> bool:
    """« … vient de partir en voiture avec »; not « je veux partir avec », « est parti et m’a laissée »."""
    leaves = next((place for place, one in enumerate(said) if one.startswith(_LEAVING)), None)
    return leaves is not None and "avec" in said[leaves:] and _SPEAKER.isdisjoint(said)


def _age_before(tokens: Sequence[str], index: int) -> Age | None:
    number, start = _number_before(tokens, index)
    if number is None or number > _OLDEST:
        return None
    return Age(number // 12 if tokens[index] == "mois" else number, start, index + 1)


def _number_before(tokens: Sequence[str], index: int) -> tuple[int | None, int]:
    """ "dix sept ans", "quatre vingt deux ans" are written in several tokens."""
    word = tokens[index - 1]
    if word.isdigit():
        return int(word), index - 1
    start, total = index, 0
    while start and tokens[start - 1] in (*_UNITS, "et"):
        start -= 1
    for position in range(start, index):
        value = _UNITS.get(tokens[position], 0)
        is_eighty = value == 20 and position > start and tokens[position - 1] == "quatre"
        total = total - 4 + 80 if is_eighty else total + value
    return (total, start) if start < index and total else (None, index)


def _is_of_pregnancy(tokens: Sequence[str], unit: int, age: Age) -> bool:
    """« coups au ventre à sept mois », « je suis à 8 mois »; « mon aîné a 8 mois » is a child."""
    *_far, earlier, before = "", "", *tokens[: age.start]
    return tokens[unit] == "mois" and before in ("a", "de") and earlier in _PREGNANT


def age_of_the_person(ages: Sequence[Age]) -> Age | None:
    """Of several, that of the one to protect: the youngest minor, else the oldest old, else the first."""
    ages = [age for age in ages if not age.is_company]
    if any((age.is_own or age.is_of_a_woman) and age.years >= ADULT for age in ages):
        ages = [age for age in ages if not age.is_time]  # long ago
    minors = [age for age in ages if age.years < ADULT]
    if minors:
        return min(minors, key=lambda age: age.years)
    old = [age for age in ages if age.years >= _OLD]
    return max(old, key=lambda age: age.years) if old else (ages[0] if ages else None)
