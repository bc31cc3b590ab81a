"""Whether a time is asked of a service or told of a deed: « ouvert dimanche », « dimanche il m’a frappée ».

The nearest word before it in its own clause decides; what was done cannot be a time to be received at.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from search.words import SENTENCE_END, word_set

_SUBJECTS = word_set("elle elles il ils j je")
_OPEN = word_set("""
    disponible disponibles horaire horaires joignable joignables ouvert ouverte ouvertes ouverts ouverture
    permanence permanences""")
# Next to the time: « répond la nuit », but « elle reçoit des messages la nuit ».
_SERVES = word_set(
    "accueille accueillent accueillez fonctionne ouvre ouvrent ouvrez recevez recoivent repond repondent"
)
_REACH = word_set("appeler contacter joindre")
_OBJECTS = word_set("l lui m nous t")
# The reader looks for somebody, or for a place to be, then.
_SEEKS = (
    _OPEN
    | _SERVES
    | _REACH
    | word_set("""
    accueil aller cherche comment deposer dormir examen examens heberger hebergement loger ou parler plainte
    porter possible quelqu quoi qui rdv recevoir recoit recu recue rendez venir""")
)
# « femmes battues », « femmes frappées » are whom a service is for.
_DEED = re.compile(
    r"(?:abus|agress|cogn|drogu|etrangl|excis|forc|frapp|gifl|insult|menac|tabass|tap|viol)(?:e|ee|es)"
    r"|(?:violer|coups?|viols?|agressions?|claques?|gifles?)"
)
# « elle m’a frappée », never « à la maison »: what stands before the participle tells the verb « avoir ».
_PEOPLE = word_set("""
    compagne compagnon conjoint conjointe copain copine ex femme fille fils frere mari mec mere oncle patron
    pere voisin voisine""")
_HAVE = {"a": word_set("ca elle il l les lui m n nous on qui t vous y") | _PEOPLE}
_HAVE |= {"est": word_set("m s t"), "suis": word_set("m me")}
_HAD = word_set("ai avaient avais avait avons ont")
_BE = word_set("est etait sommes sont suis")
_MOVED = re.compile(r"(?:all|arriv|entr|rentr|pass|rest|tomb)ee?s?|(?:part|sort)ie?s?|(?:re|de)?venue?s?")
_PARTICIPLE = re.compile(r"\w+(?:e|es|i|ie|is|ise|it|ite|u|ue|us|ert|erte)")
_NO_PARTICIPLE = word_set("""
    acces affaire au audience ce confiance connaissance de des droit du ecole elle envie hate honte je le les
    me ne notre pitie qu quatre que se te tres tu une""")
# « il revient demain », « il sort de prison lundi »: when he is there, not when somebody is looked for.
_COMES = word_set("arrive arrivera part rentre rentrera revient reviendra sort sortira")
_LIMITS = word_set("avant")
_WAS = word_set("etait fut")
_FILLERS = word_set("bien deja encore enfin ete fait jamais pas plus rien tout")
_SINCE = word_set("chaque depuis")
_HABITS = (["tous", "les"], ["toutes", "les"])
_YESTERDAY = word_set("hier veille")
_NEAR = 8  # tokens
_CLOSE = 4
_STORY = 6  # tokens: « dimanche mon mari m’a giflée »

# « la nuit dernière », « nuit d’hôtel ».
_ITS_OWN = word_set("blanche blanches d de derniere dernier entiere passe passee")
# Who is told of, and what people do at night.
_TELLS = _SUBJECTS | word_set("""
    lui m ma me mes moi mon nous on s sa ses son ado ados bebe boit compagnon conjoint copain cris crie crient
    dehors dort est et ex fille fils frappe gamin gamine gosse gosses hurle hurlent mari mec ont part pere
    petit petite quand rentre seul seule seuls seules sont sort vacances vient violent violente voisin
    voisine voisins""")
_SUFFERED = re.compile(r"(?!lycee|musee|soiree)\w+ees?")  # « déposée la nuit »
_SHORT = 8  # tokens: the name of a service, a place, a time


def is_told(
    tokens: Sequence[str], start: int, end: int, *, is_hour: bool = False, is_story: bool = False
) -> bool:
    """Of a time that is clearly said: whether it is when something happened. An hour without a day is told by
    a verb only: « femme frappée, à 3 h du matin » tells who asks, then when. `is_story`: told unless it is
    said that somebody is sought then."""
    before = _before(tokens, start)
    if before[:1] and (before[0] in _SINCE | _YESTERDAY or list(before[1::-1]) in _HABITS):
        return not _OPEN.intersection(before[:_CLOSE])
    if before[:1] and before[0] in _LIMITS | _WAS:
        return True
    if is_hour and list(before[1::-1]) == ["il", "y"]:
        return True
    for place, word in enumerate(before[:_NEAR]):
        if word in _SEEKS:
            return False
        if word in _COMES and before[place + 1 : place + 2] and before[place + 1] in _SUBJECTS | _PEOPLE:
            return True
        if _is_past(before, place) or (not is_hour and place < _STORY and _DEED.fullmatch(word)):
            return True
        if word in _SUBJECTS:
            return is_story
    return is_story or _is_begun_by_a_deed(_after(tokens, end))


def is_asked(tokens: Sequence[str], start: int, end: int, *, is_clear: bool = True) -> bool:
    """Of a night, an evening, a holiday, that tells a life more often than an hour: whether a service is
    asked for then. `is_clear`: a short text that tells of nobody asks for it, too."""
    before, after = _before(tokens, start), _after(tokens, end)
    if "hier" in before[:1] or _ITS_OWN.intersection(after[:1]):
        return False
    for place, word in enumerate(before[:_CLOSE]):
        if word in _OPEN or (word in _SERVES and not place):
            return True
        if word in _REACH and not place:
            return not _OBJECTS.intersection(before[1:2])
        if _DEED.fullmatch(word) or word in _SUBJECTS:
            return False
    following = takewhile(lambda word: word not in _SUBJECTS, after[: _CLOSE - 1])
    # « quand arrive l’équipe du soir, la direction répond que… » asks for nobody.
    said_of_it = _OPEN | _SERVES if is_clear else _OPEN
    if not said_of_it.isdisjoint(following):
        return True
    said = (*before, *after)
    return is_clear and len(said) <= _SHORT and _tells_of_nobody(said)


def _tells_of_nobody(said: Iterable[str]) -> bool:
    return not any(word in _TELLS or _DEED.fullmatch(word) or _SUFFERED.fullmatch(word) for word in said)


def _before(tokens: Sequence[str], start: int) -> Sequence[str]:
    """What its sentence says before, the nearest first."""
    return list(takewhile(lambda word: word != SENTENCE_END, reversed(tokens[:start])))


def _after(tokens: Sequence[str], end: int) -> Sequence[str]:
    return list(takewhile(lambda word: word != SENTENCE_END, tokens[end:]))


def _is_past(backwards: Sequence[str], place: int) -> bool:
    """Whether a past tense ends there: « m’a encore frappée », « s’est fait violer », « elle est partie »."""
    word = backwards[place]
    leading = list(backwards[place + 1 :])
    while leading and leading[0] in _FILLERS and len(leading) > len(backwards) - place - 4:
        leading = leading[1:]
    verb, subject = (*leading[:2], "", "")[:2]
    if verb in _BE and _MOVED.fullmatch(word):
        return True
    is_verb = verb in _HAD or subject in _HAVE.get(verb, ())
    return is_verb and word not in _NO_PARTICIPLE and bool(_PARTICIPLE.fullmatch(word))


def _is_begun_by_a_deed(after: Sequence[str]) -> bool:
    """« dimanche il m’a frappée », « samedi mon mari m’a giflée »."""
    said = after[:_STORY]
    heard = list(takewhile(lambda word: word not in _SEEKS, said))
    return any(_is_past(heard[place::-1], 0) for place in range(len(heard)))
