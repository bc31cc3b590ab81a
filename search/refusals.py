"""« pas d’hébergement »: what is refused, and what is only lacking."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.mentions import Mention
from search.pinned import SHELTER_PROVISIONS
from search.times import Said

_WANTS = frozenset(
    {
        *(
            "besoin",
            "cherche",
            "cherchent",
            "cherchons",
            "demande",
            "juste",
            "seulement",
            "souhaite",
            "veulent",
        ),
        *("veut", "veux", "voulait", "voulons", "voudrait", "voudrais", "accepte", "refuse"),
    }
)
_NIGHT_PARTS = frozenset({"nuit", "soir", "soiree", "minuit"})


def with_what_lacks(mentions: Iterable[Mention], tokens: Sequence[str], said: Said | None) -> list[Mention]:
    """« pas d’hébergement ce soir »: who says the night has no roof; « je ne veux pas d’hébergement » refuses
    one, whenever it is."""
    if (
        said is None
        or _NIGHT_PARTS.isdisjoint(tokens[said.start : said.end])
        or not _WANTS.isdisjoint(tokens)
    ):
        return list(mentions)
    return [replace(one, is_denied=False) if _is_of_shelter(one) else one for one in mentions]


def _is_of_shelter(mention: Mention) -> bool:
    said = mention.entry.concepts if mention.entry else ()
    return any(kind == "besoin" and slug in SHELTER_PROVISIONS for kind, slug in said)
