"""« jveux », « lenfant », « il ma frappé »: messages are written without apostrophes."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from search.glued import in_words
from search.ordinary import ordinary_words
from search.words import spelled_out

_ELIDED = re.compile(r"(qu|[cdjlmnst])(h?[aeiouy][a-z]*)")
_SWALLOWED = re.compile(r"([jms])([bcdfgjklmnpqrstvxz][a-z]{3,})")
# Short words stand after an apostrophe; of others, three letters are too few to tell (« lans », « lens »).
_RESTS = "ai aie aime as avais avait aurai elle elles en es est etais etait eu il ils irai on ont un une y"
_SHORT_RESTS = frozenset(_RESTS.split())
_LEAST = 4
_WHO = frozenset({"elle", "elles", "il", "ils", "on", "qui"})
_MINE = frozenset({"famille", "femme", "fille", "gamine", "mere", "niece", "petite", "soeur", "tante"})


def words_of(tokens: Iterable[str], is_whole: Callable[[str], bool]) -> list[str]:
    """The words of a question, those of a message written in full. `is_whole`: whether a word is a name's or
    means something (« mamie » is no « m’amie »)."""
    return list(_with_mine(list(_parted(in_words(spelled_out(tokens), is_whole), is_whole))))


def is_elided(token: str) -> bool:
    return len(parted(token)) > 1


@lru_cache(maxsize=10_000)
def parted(token: str) -> tuple[str, ...]:
    """« lecole » → l, ecole. A word that exists is never parted."""
    if not token.isalpha() or token in ordinary_words():
        return (token,)
    if found := _ELIDED.fullmatch(token):
        rest = found[2]
        if rest in _SHORT_RESTS or (len(rest) >= _LEAST and rest in ordinary_words()):
            return (found[1], rest)
    if (found := _SWALLOWED.fullmatch(token)) and found[2] in ordinary_words():
        return (f"{found[1]}e", found[2])
    return (token,)


def _parted(tokens: Iterable[str], is_whole: Callable[[str], bool]) -> Iterator[str]:
    for token in tokens:
        yield from (token,) if is_whole(token) else parted(token)


def _with_mine(tokens: list[str]) -> Iterator[str]:
    """« il ma frappé » is « il m’a frappé »; « avec ma fille » is not."""
    for index, token in enumerate(tokens):
        before, after = tokens[index - 1] if index else "", "".join(tokens[index + 1 : index + 2])
        if token == "ma" and before in _WHO and after and after not in _MINE:
            yield from ("m", "a")
        else:
            yield token
