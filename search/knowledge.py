"""What the search knows before it reads a question: types of actors, the lexicon, the rules, where
departments are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from directory.models import ActorType, Commune, DoorRule
from search.doors import RULES
from search.held import current_of
from search.leaving import DEPARTMENTS, Department
from search.lexicon import LEXICON, Lexicon
from search.types import TYPES, Types


@dataclass
class Knowledge:
    """For one question: one query, however many steps read it; one more for each that somebody changed.

    `commune`: the place of the question, once it was read.
    """

    commune: Commune | None = None

    @cached_property
    def _known(self) -> tuple[Types, Lexicon, tuple[DoorRule, ...], Callable[[], Mapping[str, Department]]]:
        types, lexicon, rules, departments = current_of((TYPES, LEXICON, RULES, DEPARTMENTS))
        return types, lexicon, rules, departments

    @property
    def types(self) -> Sequence[ActorType]:
        return self._known[0].in_use

    @property
    def named(self) -> frozenset[str]:
        return self._known[0].named

    @property
    def lexicon(self) -> Lexicon:
        return self._known[1]

    @property
    def rules(self) -> Sequence[DoorRule]:
        return self._known[2]

    @property
    def departments(self) -> Mapping[str, Department]:
        return self._known[3]()


def read_ahead() -> None:
    """What the first question of a process would wait for (a second)."""
    knowledge = Knowledge()
    knowledge.named, knowledge.lexicon.words, knowledge.lexicon.rooted, knowledge.departments  # noqa: B018
