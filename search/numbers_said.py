"""A text that is a national number and nothing else: « 17 », « le 119 » (domain.md §4)."""

from collections.abc import Iterator, Sequence

from search.question import Question

_EMERGENCY = frozenset({"15", "17", "18", "112"})
_AROUND = frozenset({"appel", "appeler", "composer", "faire", "le", "numero", "svp", "tel", "telephone"})


def number_alone(tokens: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Beside other words, « 17 » is a day, an age, a street."""
    said = [token for token in tokens if token not in _AROUND]
    if len(said) == 1 and said[0] in _EMERGENCY:
        yield "number", said[0], said[0]


def is_number_alone(question: Question) -> bool:
    """An understood question that asks for a national number, of no place: no list of services answers it."""
    if not question.words or question.terms or question.department or question != question.unfiltered():
        return False
    return bool(question.concepts) and all(one.kind == "number" for one in question.concepts)
