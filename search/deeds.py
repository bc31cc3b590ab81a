"""Who says that they hit: the question is then about who hits (domain.md §6, R16).

« je l’ai roué de coups », « c’est moi qui cogne », « un patient a giflé sa femme, il voudrait de l’aide ».
"""

from collections.abc import Iterable, Sequence

from search.ages import ADULT, CHILDREN, ages_in
from search.mentions import Mention

DOER = ("public", "auteur")
_DOER = (("type", "cpca"), DOER, ("besoin", "prise-en-charge-auteur"))
# Said by somebody else: the doors of who is hit stay open.
_DOER_TOLD = (("type", "cpca"), ("besoin", "prise-en-charge-auteur"))
_I = frozenset({"j", "je"})
_ME = frozenset({"m", "me"})
_OBJECTS = frozenset({"l", "la", "le", "lui"})
_ADVERBS = "ai avais viens de deja encore bien meme souvent trop vraiment parfois fini par"
_BETWEEN = _OBJECTS | frozenset(_ADVERBS.split())
_A_BLOW = "baffe baffes beigne claque claques coup coups gifle gifles pain"
_BLOWS = frozenset(_A_BLOW.split())
_HITS = "frappe frapper gifle gifler cogne cogner tabasse tabasser"
# Of these an object must be said: « j’ai tapé à la machine », « je bats en retraite ».
_HITS_A_PERSON = "tape taper bats battu battre bouscule etrangle"
_OF_A_PERSON = frozenset(_HITS_A_PERSON.split())
_DONE = frozenset(_HITS.split()) | _OF_A_PERSON
_GIVEN = frozenset({"colle", "donne", "fous", "foutu", "mis", "mets"})
_WITH_BLOWS = frozenset({"roue"})
_ELSEWHERE = frozenset({"a", "au", "aux", "chez", "dans", "sur"})
_WOMEN = frozenset({"amie", "compagne", "conjointe", "copine", "epouse", "femme", "meuf"})
_MEN = frozenset({"ami", "compagnon", "conjoint", "copain", "epoux", "homme", "jules", "mari", "mec"})
_OWN, _THEIRS = frozenset({"ma", "mon"}), frozenset({"sa", "son"})
_OUR = frozenset({"ma", "mon", "notre", "sa", "son"})
_KIN = CHILDREN | {"aine", "ainee", "frere", "grand", "neveu", "niece", "soeur"}
_SAID = frozenset({"accuse", "dis", "disent", "dit", "fait", "pretend", "raconte"})
_DEFENCE = frozenset({"defendre", "defendu", "defense", "defendue"})
_WANTS = "accepte accord aimerait cherche demande pret souhaite veut voudrait"
_WISHES = frozenset(_WANTS.split())
_BY_WHAT = "aide aider arrete arreter changer consulter groupe rencontrer soigner soin soins suivi voir"
_CARE = frozenset(_BY_WHAT.split())
_FAR, _NEAR = 5, 4  # tokens


def without_their_age(tokens: list[str]) -> list[str]:
    """« mon fils de 40 ans me frappe » is « mon fils me frappe »: nobody asks for the son. A minor's age
    stays: a child who hits is a child to help."""
    for age in ages_in(tokens):
        said = tokens[: age.start]
        if said[-3:-2] in (["petit"], ["petite"]):
            said = [*said[:-3], *said[-2:]]
        *_far, by, whose, who, of = "", "", "", "", *said
        is_kin = age.years >= ADULT and of == "de" and who in _KIN and whose in _OUR
        if is_kin and (by == "par" or not _ME.isdisjoint(tokens[age.end : age.end + 1])):
            return without_their_age([*tokens[: age.start - 1], *tokens[age.end :]])
    return tokens


def without_the_hit(mentions: Iterable[Mention], tokens: Sequence[str]) -> list[Mention]:
    """Without « je l’ai frappé » of who is hit too, or of whom another says it."""
    is_hit = is_hit_too(tokens)
    return [
        one
        for one in mentions
        if one.entry is None
        or DOER not in one.entry.concepts
        or not (is_hit or _is_reported(tokens, one.start))
    ]


def of_the_doer(tokens: Sequence[str]) -> list[tuple[str, str, str]]:
    """What is said by it: kind, slug, words. Nothing of who hit back, or is told to have hit."""
    if is_hit_too(tokens):
        return []
    for start in range(len(tokens)):
        if end := _confessed(tokens, start):
            return _said(_DOER, tokens[start:end])
        if _is_told_with_a_wish(tokens, start):
            return _said(_DOER_TOLD, tokens[start : start + 3])
    return []


def _said(concepts: Sequence[tuple[str, str]], words: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(kind, slug, " ".join(words)) for kind, slug in concepts]


def is_hit_too(tokens: Sequence[str]) -> bool:
    """« il me frappe », « il m’a frappée », « pour me défendre »: whoever hits then is a victim."""
    return not _DEFENCE.isdisjoint(tokens) or any(
        token in _ME and any(_root(word) in _DONE | _BLOWS for word in tokens[place + 1 : place + _NEAR])
        for place, token in enumerate(tokens)
    )


def _confessed(tokens: Sequence[str], start: int) -> int:
    """Where « je l’ai frappée », « c’est moi qui cogne » ends; 0 when it is not said from here."""
    if _is_reported(tokens, start):
        return 0
    if list(tokens[start : start + 4]) == ["c", "est", "moi", "qui"]:
        return _done_by(tokens, start + 4)
    if tokens[start] not in _I:
        return 0
    return _done_by(tokens, start + 1)


def _done_by(tokens: Sequence[str], start: int) -> int:
    place = start
    while place < min(len(tokens), start + _FAR) and tokens[place] in _BETWEEN:
        place += 1
    word = _root(tokens[place]) if place < len(tokens) else ""
    after = list(tokens[place + 1 : place + _NEAR])
    is_of_somebody = not _OBJECTS.isdisjoint(tokens[start:place]) or _is_partner(after[:2], _OWN)
    if not CHILDREN.isdisjoint(after):
        return 0  # a child has doors of its own
    if word in _WITH_BLOWS and "coups" in after:
        return place + 3
    if word in _GIVEN and is_of_somebody and (not _BLOWS.isdisjoint(after) or after[-2:] == ["par", "terre"]):
        return place + _NEAR
    if (
        word in _GIVEN
        and _is_partner(after[:2], _OWN)
        and list(tokens[place + 3 : place + 5]) == ["par", "terre"]
    ):
        return place + 5
    is_at_something = bool(after) and after[0] in _ELSEWHERE
    is_done = word in _DONE and not is_at_something and (is_of_somebody or word not in _OF_A_PERSON)
    return place + 1 if is_done else 0


def _root(word: str) -> str:
    """« frappée », « frappés » are « frappé »."""
    short = word.removesuffix("s").removesuffix("e") if word.endswith(("ee", "ees", "es")) else word
    return short if short in _DONE | _WITH_BLOWS else word


def _is_reported(tokens: Sequence[str], start: int) -> bool:
    """« il dit que je l’ai frappé »."""
    before = list(tokens[max(0, start - _FAR) : start])
    return before[-1:] in (["que"], ["qu"]) and not _SAID.isdisjoint(before)


def _is_partner(words: Sequence[str], whose: frozenset[str]) -> bool:
    return len(words) > 1 and words[0] in whose and words[1] in _WOMEN | _MEN | {"ex"}


def _is_told_with_a_wish(tokens: Sequence[str], start: int) -> bool:
    """« frappe sa femme … il voudrait de l’aide »: who hits wants it, not who is hit."""
    if _root(tokens[start]) not in _DONE or not _is_partner(tokens[start + 1 : start + 3], _THEIRS):
        return False
    doer = "elle" if tokens[start + 2] in _MEN else "il"
    return any(
        tokens[place] in _WISHES
        and doer in tokens[max(start, place - _NEAR) : place]
        and not _CARE.isdisjoint(tokens[place + 1 : place + 6])
        for place in range(start + 3, len(tokens))
    )
