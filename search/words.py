"""French words for the index and for the question: the same folding, the same roots, one tolerance for typos.

Everything happens on folded words, so that accents never split or merge what the stemmer sees, and in one
place, so that both engines and the index agree.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from directory.folding import fold

SENTENCE_END = "."  # a token between two sentences, that nothing matches


def word_set(text: str) -> frozenset[str]:
    """Folded words, written one after the other."""
    return frozenset(text.split())


# Words that carry no content. « sans », « contre », « personne », « aucun » do (domain.md §4) and stay.
_STOP = """
    a ai aie ait alors apres as au aussi autre aux avaient avais avait avant avec avez avoir avons ayant
    bien bonjour bonsoir c ca car ce ceci cela celle celles celui ces cet cette ceux chez ci comme d dans
    de deja des depuis donc dont du elle elles en encore entre es est et etaient etais etait ete etes etre
    eu eux faire fait faut fois font il ils ici j je l la le les leur leurs lui m ma mais me meme memes
    merci mes mi moi mon n ne ni nos notre nous o on ont ou par parce pas peu peut peux plus pour puis qu
    quand que quel quelle quelles quels qui quoi s sa se sera ses si soit son sont sous suis sur t ta te
    tes toi ton tout toute toutes tous tres tu un une va vais vers veut veux voici voila vos votre vous y
    an ans"""
STOP_WORDS = frozenset(_STOP.split())

# Of these, those that tell who speaks: « j’ai frappé » names a perpetrators' service, « frappée » does not.
SPEAKER_WORDS = frozenset("ai j je m ma me mes moi mon suis".split())  # noqa: SIM905

# Words that say what the reader wants to do with the answer, or when: not what to look for (domain.md §4).
_INTENT = """
    adresse adresses aider aidez aimerais appeler besoin cherche chercher cherchons comment
    connaitre contact contacter contacts coordonnee coordonnees demander dimanche dire dois doit doivent
    ferie habitant habite habitons horaire horaires jeudi joindre lundi mail maintenant mardi mercredi
    nuit numero numeros orienter ouvert ouverte ouverts ouverture ouvre pouvez pouvoir quelqu rdv
    rencontrer rendez samedi savoir site soir souhaite tel telephone telephoner telephones trouve trouver
    urgemment urgent vendredi vis vite vivons voudrais"""
INTENT_WORDS = frozenset(_INTENT.split())

# Words of every day, known whether an entry holds them or not: « mari » was never meant to be « marie ».
_EVERYDAY = """
    ado ados ami amie amis asso beau bebe bebes belle boulot bras bus college compagne compagnon conjoint
    conjointe connais copain copine coup couple coups cousin cousine creche dort ecole enfant enfants
    epouse epoux femme fille filles fils folle frere freres fugue gamin gamine garcon gens hier homme
    jeune loyer lycee maman mamie mari maris mere meres mineur mineure monsieur nuit oncle papa papi pere
    peres petit petite petits peur promo promos rendre secteur soeur soeurs souvenir souviens tante travail
    truc type types vacances vieux vivre voisin voisine voisins vue"""
EVERYDAY_WORDS = frozenset(fold(_EVERYDAY).split())

# As messages are written: « jai taper », « g ete violé ». Who speaks decides of much (domain.md R16).
_SHORT = {
    "chui": "je suis", "chuis": "je suis", "ds": "dans", "g": "j ai", "jabite": "j habite", "jai": "j ai",
    "jlai": "je l ai", "jle": "je le", "jlui": "je lui", "jme": "je me", "jpeu": "je peux",
    "jpeux": "je peux", "jsuis": "je suis", "jtape": "je tape", "ke": "que", "kel": "quel",
    "kelle": "qu elle", "ki": "qui", "kil": "qu il", "pk": "pourquoi", "sui": "suis", "tt": "tout",
    "veu": "veux", "ya": "y a",
}  # fmt: skip

MAX_TERMS = 20

_MIN_STEM = 4
# « fille » keeps its two letters: « fil » is another word.
_DOUBLED = re.compile(r"(?<=...)([bcdfglmnprst])\1$")
_TWICE = re.compile(r"([a-z])\1")
# (ending, what replaces it), longest first; an ending applies when four letters are left before it. Nothing
# here touches -ence, -ent, -ance or -ant: « violence » and « violent » stay apart, and apart from « viol ».
_ENDINGS = (
    ("issement", ""),
    ("atrice", ""),
    ("ations", ""),
    ("ement", ""),
    ("ateur", ""),
    ("ation", ""),
    ("euse", ""),
    ("eure", ""),
    ("ment", ""),
    ("eur", ""),
    ("eux", ""),
    ("ere", ""),
    ("tion", ""),
    ("ion", ""),
    ("ive", "if"),
    ("aient", ""),
    ("ait", ""),
    ("ees", ""),
    ("ee", ""),
    ("er", ""),
    ("ir", ""),
    ("e", ""),
)


def tokens(text: str) -> list[str]:
    """ "L’hébergement à Saint-Égrève" → ["l", "hebergement", "a", "saint", "egreve"]."""
    return fold(text).split()


def spelled_out(tokens: Iterable[str]) -> list[str]:
    """The words of a question, those of a message written in full."""
    return " ".join(_SHORT.get(token, token) for token in tokens).split()


def content_words(text: str, keep: frozenset[str] = frozenset()) -> list[str]:
    """The folded words that carry content, in order: no stop words nor lone letters, save those to `keep`."""
    return [word for word in tokens(text) if word in keep or (word not in STOP_WORDS and len(word) > 1)]


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """A folded word → what its plurals, feminines and verb forms share; short words stay as they are."""
    if len(word) < _MIN_STEM or not word.isalpha():
        return word
    word = _singular(word)
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return _DOUBLED.sub(r"\1", word[: -len(ending)] + replacement)
    if word.endswith("ee"):
        return word[:-1]
    if word.endswith("er") and len(word) > _MIN_STEM:
        return word[:-1]
    return _DOUBLED.sub(r"\1", word) if len(word) > _MIN_STEM else word


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    if word.endswith("es") or (len(word) > 4 and word[-1] in "sx" and not word.endswith("eux")):
        return word[:-1]
    return word


def roots(text: str) -> list[str]:
    """The roots of the content words of a text, in order."""
    return [root(word) for word in content_words(text)]


# --- Typos -----------------------------------------------------------------------------------------------


def typos_allowed(word: str) -> int:
    """How many slips are forgiven in a folded word: none in short words or with a digit, two in long ones."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 2 if len(word) >= 8 else 1


def shortened(word: str) -> Iterator[str]:
    """The word without one of its letters, each in turn: two words one slip apart share one of these."""
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def typo_keys(word: str) -> list[str]:
    """What a typo-tolerant lookup compares: the word and the word less one letter."""
    return sorted({word, *shortened(word)}) if typos_allowed(word) else [word]


def slips(left: str, right: str, most: int) -> int | None:
    """Damerau-Levenshtein distance (a transposition is one slip); None when above `most`."""
    if abs(len(left) - len(right)) > most:
        return None
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        line = [row]
        for column, other in enumerate(right, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other))
            crossed = row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other
            line.append(min(cost, before[column - 2] + 1) if crossed else cost)
        before, above = above, line
    return above[-1] if above[-1] <= most else None


def is_typo_of(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with a few slips; a short word keeps its first letter."""
    most = typos_allowed(typed)
    if not most or not word.isalpha() or (len(typed) < 6 and typed[0] != word[0]):
        return False
    return slips(typed, word, most) is not None


def best_corrections(typed: str, words: Iterable[str], limit: int = 3) -> list[str]:
    """The words that `typed` was probably meant to be: the nearest ones only, in a fixed order; first those
    that differ by a doubled letter, the slip made most (« batue »)."""
    most = typos_allowed(typed)
    near = [(slips(typed, word, most), word) for word in set(words) if is_typo_of(typed, word)]
    least = min((distance for distance, _word in near if distance is not None), default=None)
    nearest = (word for distance, word in near if distance == least)
    single = _TWICE.sub(r"\1", typed)
    return sorted(nearest, key=lambda word: (_TWICE.sub(r"\1", word) != single, word))[:limit]
