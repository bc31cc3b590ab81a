"""The types of actors as the search reads them."""

from directory.models import ActorType


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
