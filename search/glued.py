"""« violenceconjugale », « plan ning familial », « CRIP38 »: words glued and split by hurried thumbs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from re import compile as pattern

from search.ordinary import ordinary_words

Whole = Callable[[str], bool]

_LEAST_GLUED, _LEAST_SPLIT, _LEAST_PART = 9, 7, 3  # letters
_MOST_PARTS = 6
_SMALL = frozenset({"a", "au", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"})
_WITH_CODE = pattern(r"([a-z]{3,})(\d{2,3}|2[ab])")


def in_words(tokens: Iterable[str], is_whole: Whole) -> list[str]:
    """The words meant. `is_whole`: whether a word means something or is a name. A word that exists stays as
    it is, and so does one of which a part means nothing."""
    apart = [word for token in tokens for word in _parts(token, is_whole)]
    return list(_joined(apart, is_whole))


def with_codes_apart(tokens: Iterable[str], is_whole: Whole) -> list[str]:
    """« crip38 » is the CRIP of the 38."""
    return [word for token in tokens for word in _code_apart(token, is_whole)]


def _code_apart(token: str, is_whole: Whole) -> tuple[str, ...]:
    found = _WITH_CODE.fullmatch(token)
    return found.groups() if found and is_whole(found[1]) and not is_whole(token) else (token,)


def _parts(token: str, is_whole: Whole) -> Sequence[str]:
    if len(token) < _LEAST_GLUED or not token.isalpha() or is_whole(token) or token in ordinary_words():
        return _code_apart(token, is_whole)
    found = _cut(token, is_whole, _MOST_PARTS)
    meaning = [word for word in found if word not in _SMALL]
    return found if len(meaning) > 1 else (token,)


def _cut(text: str, is_whole: Whole, most: int) -> tuple[str, ...]:
    """In words that all mean something, the longest first; () when there are none."""
    if not text or not most:
        return ()
    for length in range(len(text), 0, -1):
        word, rest = text[:length], text[length:]
        if not (word in _SMALL or (length >= _LEAST_PART and is_whole(word))):
            continue
        if not rest:
            return (word,)
        if after := _cut(rest, is_whole, most - 1):
            return (word, *after)
    return ()


def _joined(tokens: Sequence[str], is_whole: Whole) -> Iterator[str]:
    """Two tokens that are one word, when one of them is none."""
    is_second = False
    for token, after in pairwise([*tokens, ""]):
        if is_second:
            is_second = False
        elif after and _is_one_word(token, after, is_whole):
            is_second = True
            yield token + after
        else:
            yield token


def _is_one_word(token: str, after: str, is_whole: Whole) -> bool:
    if min(len(token), len(after)) < 2 or len(token + after) < _LEAST_SPLIT or not (token + after).isalpha():
        return False
    return is_whole(token + after) and any(_is_none(one, is_whole) for one in (token, after))


def _is_none(token: str, is_whole: Whole) -> bool:
    return not is_whole(token) and token not in ordinary_words()
