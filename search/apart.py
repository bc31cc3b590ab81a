"""What is said in words that are not beside each other: « se fait … traiter de gros … au collège »."""

from collections.abc import Mapping, Sequence
from itertools import islice, product

from search.lexicon import Apart, Key, Lexicon
from search.mentions import Mention, meant, with_refusal
from search.question import Term

_MOST = 2000  # choices looked at: a word said a hundred times is no story
_NEAR = 24  # tokens, from the first word to the last: a sentence or two
Spans = Mapping[Key, Sequence[tuple[int, int]]]


def mentions_apart(
    tokens: Sequence[str],
    free: Sequence[bool],
    options: Mapping[str, Term],
    lexicon: Lexicon,
    mentions: Sequence[Mention],
) -> list[Mention]:
    """Beside the `mentions` of words in one piece; each is where its first part is, which says it best. An
    innocent turn among those (« morte de rire ») says nothing of its words."""
    if not lexicon.apart:
        return []
    innocent = {
        index
        for one in mentions
        if one.entry and not (one.entry.concepts or one.types or one.is_clue)
        for index in range(one.start, one.end)
    }
    usable = [is_free and index not in innocent for index, is_free in enumerate(free)]
    exact: dict[Key, list[tuple[int, int]]] = {}
    rooted: dict[Key, list[tuple[int, int]]] = {}
    words, roots = tuple(tokens), meant(tuple(tokens), options)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + lexicon.longest_part, len(tokens)) + 1):
            if not usable[end - 1]:
                break
            exact.setdefault(words[start:end], []).append((start, end))
            rooted.setdefault(roots[start:end], []).append((start, end))
    found = (_found(one, exact if one.is_exact else rooted) for one in lexicon.apart)
    return [with_refusal(one, tokens) for one in found if one]


def _found(wording: Apart, spans: Spans) -> Mention | None:
    said = spans.keys()
    if not wording.without.isdisjoint(said) or any(part.isdisjoint(said) for part in wording.parts):
        return None
    places = [_places(part, spans) for part in wording.parts]
    for chosen in islice(product(*places), _MOST):
        first, last = min(start for start, _end in chosen), max(end for _start, end in chosen)
        if last - first <= _NEAR and not _overlap(chosen):
            (start, end), *_others = chosen
            return Mention(start, end, (), entry=wording.entry)
    return None


def _places(part: frozenset[Key], spans: Spans) -> list[tuple[int, int]]:
    """In the order of the text, the longest first: the same on every run."""
    found = (span for key in part if key in spans for span in spans[key])
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _overlap(chosen: Sequence[tuple[int, int]]) -> bool:
    in_order = sorted(chosen)
    return any(end > start for (_first, end), (start, _last) in zip(in_order, in_order[1:], strict=False))
