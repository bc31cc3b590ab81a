"""What the search knows before it reads a question: the types of actors and the lexicon, each read once."""

from dataclasses import dataclass
from functools import cached_property

from directory.models import ActorType
from search.lexicon import Lexicon, current_lexicon


def types_in_use() -> list[ActorType]:
    """The types that words may name and facets list, without their long texts: one query."""
    fields = (
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
    return list(ActorType.objects.filter(is_open=True).only(*fields))


@dataclass
class Knowledge:
    """For one question: two queries, however many steps read it."""

    @cached_property
    def types(self) -> list[ActorType]:
        return types_in_use()

    @cached_property
    def lexicon(self) -> Lexicon:
        return current_lexicon()
