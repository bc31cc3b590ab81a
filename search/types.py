"""What the search knows before it reads a question, held by each process: types of actors, the lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from directory.models import ActorType
from search.held import Held, stamp_read_by
from search.lexicon import Lexicon, current_lexicon
from search.mentions import named_by, type_keys

_FIELDS = (
    "public_id",
    "slug",
    "acronym",
    "name",
    "discreet",
    "aliases",
    "kind",
    "family",
    "for_victims",
    "rank",
)
# What changes with any of these fields.
TYPES_STAMP = f"""(SELECT md5(string_agg((id, {", ".join(_FIELDS)})::text, '' ORDER BY id))
    FROM directory_actortype WHERE is_open)"""


class Types(NamedTuple):
    """The types that words may name and facets list, without their long texts; the words of their names."""

    in_use: Sequence[ActorType]
    named: frozenset[str]


def _made() -> Types:
    in_use = tuple(ActorType.objects.filter(is_open=True).only(*_FIELDS))
    return Types(in_use, named_by(type_keys(in_use, ())))


_held = Held(stamp_read_by(f"SELECT {TYPES_STAMP}"), _made)


def types_in_use() -> Sequence[ActorType]:
    """One query, two when somebody changed one since. What it gives is shared: not to be changed."""
    return _held.current().in_use


@dataclass
class Knowledge:
    """For one question: two queries, however many steps read it; one more of each that somebody changed."""

    @cached_property
    def _types(self) -> Types:
        return _held.current()

    @property
    def types(self) -> Sequence[ActorType]:
        return self._types.in_use

    @property
    def named(self) -> frozenset[str]:
        return self._types.named

    @cached_property
    def lexicon(self) -> Lexicon:
        return current_lexicon()


def read_ahead() -> None:
    """What the first question of a process would wait for (a second)."""
    knowledge = Knowledge()
    knowledge.named, knowledge.lexicon.words, knowledge.lexicon.rooted  # noqa: B018
