"""Communes whose names resemble what was written."""

from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet, Value

from directory.models import Commune
from directory.place_names import without_article

# Trigrams in common: what is worth comparing letter by letter, and how many.
_OFFERED, _COMPARED = 0.3, 60


def alike(communes: QuerySet[Commune], name: str, limit: int) -> list[Commune]:
    """The most alike first. Trigrams find them by their index; then letters, to which a swap is small."""
    if len(name) < 4:
        return []
    near = communes.filter(folded__trigram_similar=name).annotate(
        near=TrigramSimilarity("folded", Value(name))
    )
    found = near.filter(near__gte=_OFFERED).order_by("-near", "-population", "insee")[:_COMPARED]
    return sorted(found, key=lambda one: -likeness(one.folded, name))[:limit]


def likeness(folded: str, name: str) -> float:
    """Articles weigh nothing (« rochete » is like « la rochette »)."""
    return SequenceMatcher(None, without_article(folded), without_article(name), autojunk=False).ratio()
