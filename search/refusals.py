"""« pas d’hébergement »: what is refused, and what is only lacking."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.mentions import Mention
from search.pinned import SHELTER_PROVISIONS
from search.words import word_set

_REFUSES = word_set("accepte besoin refuse souhaite veulent veut veux voudrais voudrait voulait voulons")
_NIGHT = frozenset({"minuit", "nuit", "soir", "soiree"})
_BEFORE = 4  # tokens


def with_what_lacks(mentions: Iterable[Mention], tokens: Sequence[str]) -> list[Mention]:
    """« pas d’hébergement ce soir »: who says the night has no roof; « je ne veux pas d’hébergement » refuses
    one, whenever it is."""
    if _NIGHT.isdisjoint(tokens):
        return list(mentions)
    return [replace(one, is_denied=False) if _lacks(one, tokens) else one for one in mentions]


def _lacks(mention: Mention, tokens: Sequence[str]) -> bool:
    said = mention.entry.concepts if mention.entry else ()
    is_of_shelter = any(kind == "besoin" and slug in SHELTER_PROVISIONS for kind, slug in said)
    return is_of_shelter and _REFUSES.isdisjoint(tokens[max(0, mention.start - _BEFORE) : mention.start])
