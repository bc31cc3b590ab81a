"""The types of actors in use, held by each process."""

from collections.abc import Sequence
from typing import NamedTuple

from directory.models import ActorType
from search.held import Held
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
    "territory",
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


TYPES = Held(TYPES_STAMP, _made)


def types_in_use() -> Sequence[ActorType]:
    """One query, two when somebody changed one since. What it gives is shared: not to be changed."""
    return TYPES.current().in_use
