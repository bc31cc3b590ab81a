"""The shape of a controlled vocabulary: an ordered, frozen list of slugs with labels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from django.utils.functional import Promise

Label: TypeAlias = str | Promise


@dataclass(frozen=True)
class Vocabulary:
    """An ordered, frozen list of (slug, label)."""

    entries: tuple[tuple[str, Label], ...]

    @property
    def choices(self) -> list[tuple[str, Label]]:
        """For the `choices` of a field: labels stay lazy."""
        return list(self.entries)

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(slug for slug, _label in self.entries)

    @cached_property
    def _labels(self) -> Mapping[str, Label]:
        return MappingProxyType(dict(self.entries))

    def label(self, slug: str) -> str:
        """In the language of the moment. KeyError when the slug is not of this vocabulary."""
        return str(self._labels[slug])

    def labels(self, slugs: Iterable[str]) -> list[str]:
        """Labels of stored slugs, in the vocabulary's order; a slug since withdrawn is skipped."""
        wanted = set(slugs)
        return [str(label) for slug, label in self.entries if slug in wanted]

    def __contains__(self, slug: object) -> bool:
        return slug in self._labels

    def __iter__(self) -> Iterator[tuple[str, Label]]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
