"""Of the text of a page, the passage that holds what was asked, with the words that were found."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.question import Term
from search.words import content_words, root

Excerpt = tuple[tuple[str, bool], ...]  # (text, whether it was asked for), to be joined without a space

LENGTH = 160  # characters, about
_BEFORE = 50  # what is shown before the first word found, when its sentence is longer than an excerpt
_CUT = "…"
_ENDS = (".", "!", "?", "…", "»")

_WORD = re.compile(r"\w+")
# A line ends a sentence, whether it has a full stop or not: it is a title, or one of a list.
_SENTENCE_END = re.compile(r"[.!?…](?:\s*»)?(?=\s)|\n")
_LINE_END = re.compile(r"(?<![.!?…:;,])\s*\n\s*")


class _Word(NamedTuple):
    """`rank`: its number among the words that the index holds."""

    rank: int
    start: int
    end: int


class _Mark(NamedTuple):
    """Where the text says `term`, one of those asked, by its number."""

    start: int
    end: int
    term: int


class _Span(NamedTuple):
    start: int
    end: int


def excerpt_of(text: str, terms: Sequence[Term]) -> Excerpt:
    """The best passage of a plain text, () when nothing asked is in it.

    The best one says the most of the different things asked, then the most often, then the earliest. Whole
    sentences when they fit; cut between words when they do not, which an ellipsis says.
    """
    marks = sorted(_marks(text, terms))
    if not marks:
        return ()
    best = max(_passages(text, marks), key=lambda span: _worth(span, marks))
    return tuple(_segments(text, best, marks))


def plain(excerpt: Excerpt) -> str:
    return "".join(text for text, _is_match in excerpt)


# --- Where the words asked are ------------------------------------------------------------------------------


def _marks(text: str, terms: Sequence[Term]) -> Iterator[_Mark]:
    """Each alternative of each term, whole: a name of several words is said by all of them, in order."""
    said = _said(text, {one for term in terms for alternative in term for one in alternative.split()})
    for number, term in enumerate(terms):
        for first, *others in (alternative.split() for alternative in term):
            for word in said.get(first, {}).values():
                last = _last(said, word, others)
                if last:
                    yield _Mark(word.start, last.end, number)


def _said(text: str, asked: Collection[str]) -> dict[str, dict[int, _Word]]:
    """Where the text says each root asked, by rank."""
    found: dict[str, dict[int, _Word]] = {}
    rank = 0
    for word in _WORD.finditer(text):
        for one in _roots(word.group()):
            rank += 1
            if one in asked:
                found.setdefault(one, {})[rank] = _Word(rank, word.start(), word.end())
    return found


def _last(said: Mapping[str, Mapping[int, _Word]], word: _Word, others: Sequence[str]) -> _Word | None:
    """The last word of a name that begins with `word`; None when the text goes on otherwise."""
    last: _Word | None = word
    for step, one in enumerate(others, start=1):
        last = said.get(one, {}).get(word.rank + step)
        if last is None:
            return None
    return last


@lru_cache(maxsize=50_000)
def _roots(word: str) -> tuple[str, ...]:
    return tuple(root(one) for one in content_words(word))


# --- Passages -----------------------------------------------------------------------------------------------


def _passages(text: str, marks: Sequence[_Mark]) -> Iterator[_Span]:
    """From each sentence that says something asked, what fits; several where it does not fit itself."""
    sentences = list(_sentences(text))
    for index, sentence in enumerate(sentences):
        held = [mark for mark in marks if sentence.start <= mark.start < sentence.end]
        if not held:
            continue
        if sentence.end - sentence.start <= LENGTH:
            yield _Span(sentence.start, _grown(sentences, index))
        else:
            yield from (_window(text, sentence, mark) for mark in held)


def _sentences(text: str) -> Iterator[_Span]:
    start = 0
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)):
        said = text[start:end]
        if said.strip():
            yield _Span(end - len(said.lstrip()), start + len(said.rstrip()))
        start = end


def _grown(sentences: Sequence[_Span], index: int) -> int:
    """Where it ends with the sentences after it that fit."""
    start, end = sentences[index]
    for later in sentences[index + 1 :]:
        if later.end - start > LENGTH:
            break
        end = later.end
    return end


def _window(text: str, sentence: _Span, mark: _Mark) -> _Span:
    """What fits of a long sentence, from a little before the word found."""
    start = max(sentence.start, min(mark.start - _BEFORE, sentence.end - LENGTH))
    if start > sentence.start:
        start = min(_next_word(text, start), mark.start)
    end = min(sentence.end, start + LENGTH)
    if end < sentence.end:
        end = max(text.rfind(" ", start, end), mark.end)
    return _Span(start, end)


def _next_word(text: str, position: int) -> int:
    space = text.find(" ", position)
    return position if space < 0 else space + 1


def _worth(span: _Span, marks: Iterable[_Mark]) -> tuple[int, int, int]:
    held = [mark.term for mark in marks if span.start <= mark.start and mark.end <= span.end]
    return len(set(held)), len(held), -span.start


# --- What is shown ------------------------------------------------------------------------------------------


def _segments(text: str, span: _Span, marks: Sequence[_Mark]) -> Iterator[tuple[str, bool]]:
    position = span.start
    before = _CUT if _is_cut(text, span.start) else ""
    for mark in marks:
        if position <= mark.start and mark.end <= span.end:
            said = before + _flat(text[position : mark.start])
            if said:
                yield said, False
            yield _flat(text[mark.start : mark.end]), True
            position, before = mark.end, ""
    ending = _CUT if _continues(text, span.end) else ""
    rest = before + _flat(text[position : span.end]) + ending
    if rest:
        yield rest, False


def _is_cut(text: str, start: int) -> bool:
    """Whether a sentence was begun before it."""
    return text[:start].rstrip(" ")[-1:] not in ("", "\n", *_ENDS)


def _continues(text: str, end: int) -> bool:
    """Whether it stops in the middle of a sentence."""
    return text[end - 1 : end] not in _ENDS and text[end:].strip(" ")[:1] not in ("", "\n")


def _flat(text: str) -> str:
    """On one line: a title or one of a list is told from what follows by a dot."""
    return re.sub(r"\s+", " ", _LINE_END.sub(" · ", text))
