"""Whether somebody tells a situation: what is told and not understood must not end among chance words."""

from directory.folding import fold

_PERSONS = """
    c elle elles il ils j jai jose jsuis je leur lui m ma me mes moi mon notre nous on qqn quelqu sa
    se ses son"""
_SOMEBODY = frozenset(_PERSONS.split())
_MANY = 7


def is_told(words: str) -> bool:
    """A sentence about somebody; a name that is looked up is none."""
    tokens = fold(words).split()
    return len(tokens) >= _MANY and not _SOMEBODY.isdisjoint(tokens)
