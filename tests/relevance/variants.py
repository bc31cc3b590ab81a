"""The same questions as people also type them: no accents, capitals, a typo, a plural, clauses turned round.

Deterministic: what is drawn is drawn from the id of the question.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from directory.folding import fold
from directory.reference import commune_rows
from tests.relevance.questions import Requirement

DEPARTMENTS = frozenset({"04", "05", "38"})
LEAST = 5  # letters of a word that takes a typo or a plural
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSES = re.compile(r"\s*[,;:?!]\s*|\s*\.\s+")
# Beside each letter on the keyboard.
_NEAR = dict(zip("azertyuiopqsdfghjklmwxcvbn", "zertyuiopmsdfghjklmpxcvbnb", strict=True))

Change = Callable[[str, random.Random], str]


def variants_of(requirement: Requirement) -> Iterator[tuple[str, Requirement]]:
    """(what was changed, the question so changed); those that change nothing are left out."""
    for name, change in CHANGES.items():
        chance = random.Random(f"{requirement.id} {name}")
        words = change(requirement.q, chance)
        if words != requirement.q:
            yield name, replace(requirement, id=f"{requirement.id}~{name}", q=words)


def one_variant_each(requirements: Iterable[Requirement]) -> list[Requirement]:
    """One variant a question, the kinds in turn: a sample of all of them."""
    made = (list(variants_of(one)) for one in requirements)
    return [kinds[number % len(kinds)][1] for number, kinds in enumerate(made) if kinds]


def without_accents(words: str, chance: random.Random) -> str:
    letters = unicodedata.normalize("NFD", words.replace("œ", "oe").replace("’", "'"))
    return "".join(one for one in letters if not unicodedata.combining(one))


def in_capitals(words: str, chance: random.Random) -> str:
    return words.upper()


def with_a_typo(words: str, chance: random.Random) -> str:
    """One letter lost, doubled or missed on the keyboard, inside one word."""
    return _changed(words, chance, _mistyped)


def in_the_plural(words: str, chance: random.Random) -> str:
    return _changed(words, chance, _other_number)


def turned_round(words: str, chance: random.Random) -> str:
    """The clauses in the opposite order; a thing and its place, the place first."""
    clauses = [clause for clause in _CLAUSES.split(words) if clause]
    if len(clauses) > 1:
        return ", ".join(reversed(clauses))
    first, _space, rest = words.partition(" ")
    return f"{rest} {first}" if rest and _is_place(rest) else words


CHANGES: dict[str, Change] = {
    "no accents": without_accents,
    "capitals": in_capitals,
    "typo": with_a_typo,
    "plural": in_the_plural,
    "order": turned_round,
}


# --- One word -----------------------------------------------------------------------------------------------


def _changed(words: str, chance: random.Random, change: Change) -> str:
    """The text with one of its words changed: long enough, and of no place."""
    candidates = [
        match
        for match in _WORD.finditer(words)
        if len(match[0]) >= LEAST and fold(match[0]) not in place_words()
    ]
    if not candidates:
        return words
    match = chance.choice(candidates)
    return words[: match.start()] + change(match[0], chance) + words[match.end() :]


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = word[at]
    near = _NEAR.get(letter.lower(), letter)
    slips = ("", letter * 2, near.upper() if letter.isupper() else near)
    return word[:at] + chance.choice(slips) + word[at + 1 :]


def _other_number(word: str, chance: random.Random) -> str:
    if word.isupper():
        return word
    return word[:-1] if word[-1] in "sx" else word + "s"


# --- Places -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """The words of the names of the communes and departments of the demonstration."""
    names = {
        text for row in commune_rows() if row["dep"] in DEPARTMENTS for text in (row["nom"], row["dep_nom"])
    }
    return frozenset(word for name in names for word in _WORD.findall(fold(name)))


def _is_place(text: str) -> bool:
    words = fold(text).replace("-", " ").replace("'", " ").split()
    return all(word in place_words() or word in DEPARTMENTS for word in words)
