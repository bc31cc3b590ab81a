"""What does not wait for one another is asked at once: a question makes as many trips as its longest part.

A part is a generator: it yields the searches that it needs next, is sent their answers, and returns what it
made of them.
"""

from collections.abc import Generator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from search.backends.elastic.client import Budget, Search, search_together

Answer = Mapping[str, Any]
Made = TypeVar("Made")
Rounds = Generator[Sequence[Search], Sequence[Answer], Made]


def asked(search: Search) -> Rounds[Answer]:
    """The answer to one search."""
    [answer] = yield [search]
    return answer


def nothing() -> Rounds[None]:
    """A part that asks for nothing."""
    yield from ()
    return None


def together(parts: Sequence[Rounds[Any]]) -> Rounds[list[Any]]:
    """What each part makes, in their order; at each trip, all that they wait for."""
    made: list[Any] = [None] * len(parts)
    needed: dict[int, Sequence[Search]] = {}

    def go_on(index: int, answers: Sequence[Answer] | None) -> None:
        try:
            needed[index] = parts[index].send(answers)  # type: ignore[arg-type]
        except StopIteration as done:
            needed.pop(index, None)
            made[index] = done.value

    for index in range(len(parts)):
        go_on(index, None)
    while needed:
        waiting = list(needed.items())
        answers = iter((yield [search for _index, searches in waiting for search in searches]))
        for index, searches in waiting:
            go_on(index, list(islice(answers, len(searches))))
    return made


def answered(rounds: Rounds[Made], budget: Budget) -> Made:
    """What a part makes once the server has answered it."""
    answers: Sequence[Answer] | None = None
    while True:
        try:
            searches = rounds.send(answers)  # type: ignore[arg-type]
        except StopIteration as done:
            return done.value
        answers = search_together(searches, budget)
