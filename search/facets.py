"""Facets in words: what may be chosen, with the count that each value would give."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from directory import taxonomy
from directory.models import ActorType
from directory.vocabulary import Label, Vocabulary
from search.question import Question

TITLES: Mapping[str, Label] = MappingProxyType(
    {
        "type": _("Type de structure"),
        "public": _("Pour qui"),
        "violence": _("Violences"),
        "besoin": _("Besoin"),
        "langue": _("Langue"),
    }
)
_VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "public": taxonomy.PUBLICS,
        "violence": taxonomy.VIOLENCES,
        "besoin": taxonomy.PROVISIONS,
        "langue": taxonomy.LANGUAGES,
    }
)


@dataclass(frozen=True)
class FacetValue:
    slug: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """`name` is the parameter (type, public, violence, besoin, langue); `title` is shown."""

    name: str
    title: str
    values: tuple[FacetValue, ...]


def facets_of(
    question: Question, counts: Mapping[str, Mapping[str, int]], types: Iterable[ActorType]
) -> tuple[Facet, ...]:
    """Every facet, in order. A value is listed when it would give something, or when it is chosen."""
    labels = {name: list(vocabulary) for name, vocabulary in _VOCABULARIES.items()}
    labels["type"] = [(one.slug, one.short_name) for one in types] + list(taxonomy.VIRTUAL_TYPES)
    return tuple(
        Facet(name, str(title), tuple(_values(labels[name], counts.get(name, {}), _chosen(question, name))))
        for name, title in TITLES.items()
    )


def _chosen(question: Question, name: str) -> set[str]:
    return {value for facet, value in question.filters if facet == name}


def _values(
    labels: Iterable[tuple[str, Label]], counts: Mapping[str, int], chosen: Collection[str]
) -> Iterator[FacetValue]:
    for slug, label in labels:
        # A virtual type repeats what real ones already count: it is there when it was asked for.
        if slug in chosen or (counts.get(slug) and slug not in taxonomy.VIRTUAL_TYPES):
            yield FacetValue(slug, str(label), counts.get(slug, 0), slug in chosen)
