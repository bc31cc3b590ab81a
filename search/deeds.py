"""Who says that they hit: the question is then about who hits (domain.md §6, R16).

« je l’ai roué de coups », « c’est moi qui cogne », « un patient a giflé sa femme, il voudrait de l’aide ».
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from search.ages import ADULT, CHILDREN, ME, Age, ages_in, is_of_own_child
from search.mentions import Mention

_DOER = ("public", "auteur")
# Said by somebody else: who speaks is not the one who hits.
_TOLD = (("type", "cpca"), ("besoin", "prise-en-charge-auteur"))
_CONFESSED = (("type", "cpca"), _DOER, ("besoin", "prise-en-charge-auteur"))
_I = frozenset({"j", "je"})
_ANOTHER = _I | {"elle", "il", "qu", "que"}  # of whom the next thing is told
_OBJECTS = frozenset({"l", "la", "le", "lui"})
_ADVERBS = "ai avais viens de deja en encore bien meme souvent trop vraiment parfois fini par"
_BETWEEN = _OBJECTS | frozenset(_ADVERBS.split())
_A_BLOW = "baffe baffes beigne claque claques coup coups droite gifle gifles raclee rouste tarte"
_BLOWS = frozenset(_A_BLOW.split())
_NO_BLOWS = frozenset({"balai", "fil", "frein", "jeune", "main", "pouce", "pression", "tel", "telephone"})
_HITS = re.compile(
    r"(?:frapp|gifl|cogn|tabass|tap|bouscul|etrangl|plaqu)(?:e|ee|es|ees|er|ais|ait|aient)"
    r"|batt(?:u|ue|us|re|ais|ait)|bats?"
)
# Of these an object must be said: « j’ai tapé à la machine », « je bats en retraite ».
_OF_A_PERSON = re.compile(r"(?:tap|bouscul|etrangl|plaqu|bat).*")
# What is suffered: « je l’ai giflé, et il m’a cassé le nez ».
_SUFFERED = (
    *("agress", "attrap", "balanc", "bless", "brul", "cass", "crach", "embrass", "enferm", "forc", "frott"),
    *("hopital", "insult", "jet", "lanc", "menac", "mord", "pouss", "secou", "sequestr", "serr", "suivait"),
    *("tir", "touch", "tuer", "viola", "violee", "violer"),
)
_HIT_BACK = frozenset({"agresseur", "frottait", "lache", "proteger", "replique", "riposte", "violeur"})
_DEFENCE = frozenset({"defendais", "defendre", "defendu", "defendue"})
_NO_OBJECT = _I | {".", "aussi", "et", "plus"}
_OF_WHO_HITS = (("est", "violent"), ("est", "violente"), ("mais", "lui"), ("ses", "coups"))
# « elle me tape sur les nerfs », « elle m’a poussé à bout », « elle me menace de partir » excuse who hits.
_EXCUSES = frozenset({"bout", "nerfs", "partir", "quitter", "systeme"})
_GIVEN = frozenset({"colle", "donne", "fous", "foutu", "mis", "mets"})
_WITH_BLOWS = frozenset({"roue", "rouee"})
_SEIZED = ("attrap", "chop", "pris", "saisi", "serr", "tenu", "tir", "train")
_SEIZED_BY = frozenset({"cheveux", "cou", "gorge"})
_ELSEWHERE = frozenset({"a", "au", "aux", "chez", "dans", "sur"})
_NO_DEED = frozenset({"au", "aux", "code", "mail", "message", "porte", "portes", "rire", "sms"})
_AT_SCHOOL = frozenset({"college", "lycee"})
_WOMEN = frozenset({"amie", "compagne", "conjointe", "copine", "epouse", "femme", "meuf"})
_MEN = frozenset({"ami", "compagnon", "conjoint", "copain", "epoux", "homme", "jules", "mari", "mec"})
_OWN, _THEIRS = frozenset({"ma", "mon"}), frozenset({"sa", "son"})
_OUR = frozenset({"ma", "mon", "notre", "sa", "son"})
_KIN = CHILDREN | {"aine", "ainee", "frere", "grand", "neveu", "niece", "soeur"}
_TELLS = "accuse affirme apres crie crois croire croit dire dis disant dise disent dit ecrit fait invente"
_SAYS = "jure pense pensent plaint plainte pretend quoi raconte reproche retenu selon soutient declare"
_SAID = frozenset(_TELLS.split()) | frozenset(_SAYS.split())
_WANTS = "accepte accord aimerait cherche demande pret souhaite veut voudrait"
_WISHES = frozenset(_WANTS.split())
_BY_WHAT = "aide aider arrete arreter changer consulter groupe soigner soin soins suivi"
_CARE = frozenset(_BY_WHAT.split())
_FAR, _NEAR, _BEFORE = 5, 4, 7  # tokens


def without_their_age(tokens: list[str]) -> list[str]:
    """« mon fils de 40 ans me frappe » is « mon fils me frappe »: nobody asks for the son. A minor's age
    stays: a child who hits is a child to help."""
    for age in ages_in(tokens):
        said = tokens[: age.start]
        if said[-3:-2] in (["petit"], ["petite"]):
            said = [*said[:-3], *said[-2:]]
        *_far, by, whose, who, of = "", "", "", "", *said
        is_kin = age.years >= ADULT and of == "de" and who in _KIN and whose in _OUR
        if is_kin and (by == "par" or not ME.isdisjoint(tokens[age.end : age.end + 1])):
            return without_their_age([*tokens[: age.start - 1], *tokens[age.end :]])
    return tokens


def with_deeds(
    mentions: Iterable[Mention], tokens: Sequence[str], ages: Iterable[Age], age: Age | None
) -> tuple[list[Mention], list[tuple[str, str, str]], Age | None]:
    """The mentions, without « je l’ai frappé » of who is hit too, is a minor, or is only told to have hit;
    what is said besides (kind, slug, words); and the person's `age`, one of `ages`, unless it is that of a
    child of who hits."""
    is_child_told = age is not None and _is_only_mentioned(age, ages, tokens)
    is_minor = age is not None and age.years < ADULT and not is_child_told
    is_hit = _is_hit_too(tokens)
    may_confess = not (is_minor or is_hit) and _AT_SCHOOL.isdisjoint(tokens)
    kept = [
        one
        for one in mentions
        if not _is_of_the_doer(one) or (may_confess and not _is_reported(tokens, one.start))
    ]
    besides = [] if is_minor or is_hit else _told_besides(tokens, may_confess)
    if age and is_child_told and any((kind, slug) == _DOER for kind, slug, _words in besides):
        return kept, [*besides, ("number", "119", " ".join(tokens[age.start : age.end]))], None
    return kept, besides, age


def _is_only_mentioned(age: Age, ages: Iterable[Age], tokens: Sequence[str]) -> bool:
    """« j’ai frappé ma femme… ma gamine de 5 ans »: neither who speaks nor, next to it, who is hit."""
    is_partner = any(_is_partner(tokens[place : place + 2], _OWN) for place in range(len(tokens)))
    is_next = not _I.isdisjoint(tokens[age.end : age.end + _NEAR])
    is_own = any(one.years < ADULT and one.is_own for one in ages)
    return is_of_own_child(age, tokens) and is_partner and not (is_next or is_own)


def _is_of_the_doer(mention: Mention) -> bool:
    return mention.entry is not None and _DOER in mention.entry.concepts


def _told_besides(tokens: Sequence[str], may_confess: bool) -> list[tuple[str, str, str]]:
    for start in range(len(tokens)):
        if may_confess and (end := _confessed(tokens, start)):
            return _said(_CONFESSED, tokens[start:end])
        if _is_told_with_a_wish(tokens, start):
            return _said(_TOLD, tokens[start : start + 3])
    return []


def _said(concepts: Sequence[tuple[str, str]], words: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(kind, slug, " ".join(words)) for kind, slug in concepts]


def _is_hit_too(tokens: Sequence[str]) -> bool:
    """« il me frappe », « je suis battue », « pour me défendre »: whoever hits then is a victim."""
    if not _HIT_BACK.isdisjoint(tokens) or _holds(tokens, ["c", "est", "faux"]):
        return True
    return any(_is_suffered(tokens, place) for place in range(len(tokens)))


def _is_suffered(tokens: Sequence[str], place: int) -> bool:
    token, after = tokens[place], list(tokens[place + 1 : place + 1 + _FAR])
    if token in ME or token == "nous":
        after = list(takewhile(lambda word: word not in _ANOTHER, after))
        is_hurt = any(map(_hurts, after)) and _EXCUSES.isdisjoint(after)
        return is_hurt or not _DEFENCE.isdisjoint(after[:1])
    if token in ("suis", "ete"):
        said = takewhile(lambda word: word != "qui", after[:3])  # « je suis celui qui tape »
        return any(_HITS.fullmatch(word) or word == "victime" for word in said)
    if token in ("il", "elle", "est", "mais", "ses"):
        is_told = token in ("il", "elle") and bool(after) and bool(_HITS.fullmatch(after[0]))
        is_of_me = after[1:2] == [] or after[1] in _NO_OBJECT  # « il cogne je cogne »
        return (is_told and is_of_me) or (token, *after[:1]) in _OF_WHO_HITS
    return False


def _hurts(word: str) -> bool:
    return bool(_HITS.fullmatch(word)) or word in _BLOWS or word == "viole" or word.startswith(_SUFFERED)


def _confessed(tokens: Sequence[str], start: int) -> int:
    """Where « je l’ai frappée », « c’est moi qui cogne » ends; 0 when it is not said from here."""
    is_said_so = list(tokens[start : start + 4]) == ["c", "est", "moi", "qui"]
    if not is_said_so and tokens[start] not in _I:
        return 0
    end = _done_by(tokens, start + (4 if is_said_so else 1), is_said_so=is_said_so)
    return 0 if end and _is_reported(tokens, start) else end


def _done_by(tokens: Sequence[str], start: int, *, is_said_so: bool) -> int:
    place = start
    while place < min(len(tokens), start + _FAR) and tokens[place] in _BETWEEN:
        place += 1
    word = tokens[place] if place < len(tokens) else ""
    after = list(tokens[place + 1 : place + _NEAR])
    is_of_somebody = (
        is_said_so or not _OBJECTS.isdisjoint(tokens[start:place]) or _is_partner(after[:2], _OWN)
    )
    if not CHILDREN.isdisjoint(after) or _is_with_a_child(tokens[place + 1 : place + 6]):
        return 0  # a child has doors of its own
    if word.startswith("lev") and after[:3] == ["la", "main", "sur"]:  # « j’ai encore levé la main sur elle »
        return place + 4
    if word in _WITH_BLOWS and "coups" in after:
        return place + 3
    if word in _GIVEN and is_of_somebody:
        said = list(tokens[place + 1 : place + _FAR])
        is_blow = not _BLOWS.isdisjoint(said) and _NO_BLOWS.isdisjoint(said)
        if is_blow or _holds(said, ["par", "terre"]):
            return min(len(tokens), place + _FAR)
    is_of_a_child = not CHILDREN.isdisjoint(tokens[max(0, start - _BEFORE) : start])
    if word.startswith(_SEIZED) and is_of_somebody and not (_SEIZED_BY.isdisjoint(after) or is_of_a_child):
        return place + 1
    if not _HITS.fullmatch(word) or not _NO_DEED.isdisjoint(after):
        return 0
    is_at_something = bool(after) and after[0] in _ELSEWHERE
    is_done = is_of_somebody or not (_OF_A_PERSON.fullmatch(word) or is_at_something)
    return place + 1 if is_done else 0


def _is_with_a_child(hit: Sequence[str]) -> bool:
    """« … ma femme et mes enfants »."""
    return list(hit[2:3]) == ["et"] and not CHILDREN.isdisjoint(hit[3:])


def _is_reported(tokens: Sequence[str], start: int) -> bool:
    """« il dit que je l’ai frappé », « soi-disant je l’ai frappé », « elle me dit : je l’ai frappé »."""
    if _holds(tokens, ["c", "est", "vrai"]):
        return False
    if "tu" in tokens[max(0, start - 3) : start]:
        return True  # « si tu parles, je frappe les enfants »
    for place in range(start - 1, max(-1, start - 2 * _NEAR), -1):
        if tokens[place] in _SAID or list(tokens[place : place + 2]) == ["soi", "disant"]:
            is_near = place >= start - 3 or not {"que", "qu"}.isdisjoint(tokens[place:start])
            return is_near and _I.isdisjoint(tokens[max(0, place - 3) : place])
    return False


def _holds(tokens: Sequence[str], words: list[str]) -> bool:
    return any(list(tokens[place : place + len(words)]) == words for place in range(len(tokens)))


def _is_partner(words: Sequence[str], whose: frozenset[str]) -> bool:
    return len(words) > 1 and words[0] in whose and words[1] in _WOMEN | _MEN | {"ex"}


def _is_told_with_a_wish(tokens: Sequence[str], start: int) -> bool:
    """« frappe sa femme … il voudrait de l’aide »: who hits wants it, not who is hit."""
    if not _HITS.fullmatch(tokens[start]) or not _is_partner(tokens[start + 1 : start + 3], _THEIRS):
        return False
    doer = "elle" if tokens[start + 2] in _MEN else "il"
    return any(
        tokens[place] in _WISHES
        and doer in tokens[max(start, place - _NEAR) : place]
        and _is_care(tokens[place + 1 : place + 6])
        for place in range(start + 3, len(tokens))
    )


def _is_care(wished: Sequence[str]) -> bool:
    """« veut voir quelqu’un », « veut de l’aide »; not « veut qu’elle arrête », « veut pas »."""
    if wished[:1] in (["que"], ["qu"], ["pas"], ["plus"]):
        return False
    return not _CARE.isdisjoint(wished) or "quelqu" in wished
