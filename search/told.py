"""Whether somebody tells a situation: what is told and not understood must not end among chance words."""

from collections.abc import Sequence

from directory.folding import fold

_PERSONS = """
    c elle elles il ils j jai jose jsuis je leur lui m ma me mes moi mon notre nous on qqn quelqu sa
    se ses son"""
_SOMEBODY = frozenset(_PERSONS.split())
_MANY_WORDS, _MANY_UNKNOWN = 7, 2


def is_told(words: str, unknown: Sequence[object]) -> bool:
    """A sentence about somebody, most of it in words that nothing knows; a name that is looked up is none."""
    tokens = fold(words).split()
    return len(tokens) >= _MANY_WORDS and len(unknown) >= _MANY_UNKNOWN and not _SOMEBODY.isdisjoint(tokens)
