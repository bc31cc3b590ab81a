"""How the site offers its pages to the search, without the search knowing the site (design.md §2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from directory.visibility import Viewer


@dataclass(frozen=True)
class PageDocument:
    """What the index may hold of a page that anybody may read.

    `key`: unique within its source. `kind`: guide, chapitre, fiche-reflexe, mesure, ressource or page.
    `part_of`: the key of the guide that a chapter belongs to, else "". `fields`: (weight A to D, text), as in
    `documents.Document`. `types`, `violences`, `publics`: slugs. `text`: plain, in the order of the page, its
    blocks on lines of their own: excerpts are cut from it.
    """

    key: str
    kind: str
    part_of: str
    language: str
    fields: tuple[tuple[str, str], ...]
    types: tuple[str, ...]
    violences: tuple[str, ...]
    publics: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PageCard:
    """What is shown of a page: finished values."""

    key: str
    slug: str
    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    updated_on: date
    language: str


class Source(Protocol):
    """Where pages come from. `name` tells it from the others, in the index too."""

    name: str

    def keys(self) -> list[str]:
        """Of every page that may be indexed, in the order of primary keys."""
        ...

    def documents(self, keys: Collection[str]) -> list[PageDocument]:
        """Those of `keys` that anybody may read now."""
        ...

    def cards(self, keys: Collection[str], viewer: Viewer) -> dict[str, PageCard]:
        """Those of `keys` that `viewer` may read now, in the reader's language: it decides again."""
        ...

    def affected(self, instance: Any) -> list[str]:
        """The keys whose document may change with this instance; [] when it is none of its business.

        Asked when Wagtail tells, inside the transaction: an instance that is deleted still has its key.
        """
        ...


_registered: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer its pages to the search; the same name again takes the place of the first."""
    _registered[source.name] = source


def sources() -> tuple[Source, ...]:
    """In the order of their names."""
    return tuple(source for _name, source in sorted(_registered.items()))


def source_named(name: str) -> Source | None:
    return _registered.get(name)
