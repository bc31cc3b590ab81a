"""A source of pages for the tests: what it holds is a dictionary, and anybody may read it unless said."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from directory.visibility import Viewer
from search.sources import PageCard, PageDocument


@dataclass
class Library:
    """`hidden`: keys that only those who sign in may read now, whatever the index holds."""

    name: str = "library"
    pages: dict[str, PageDocument] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    language: str = "fr"

    def add(
        self, title: str, text: str = "", keywords: str = "", summary: str = "", **values: Any
    ) -> PageDocument:
        """A page, whose key is the next number; its title weighs A, its summary C, its text D."""
        key = str(len(self.titles) + 1)
        fields = [("A", title), ("A", keywords), ("C", summary), ("D", text)]
        page = PageDocument(
            key=key,
            kind=values.pop("kind", "chapitre" if values.get("part_of") else "guide"),
            part_of=values.pop("part_of", ""),
            language="fr",
            fields=tuple((weight, said) for weight, said in fields if said),
            types=values.pop("types", ()),
            violences=values.pop("violences", ()),
            publics=values.pop("publics", ()),
            text=text,
        )
        assert not values
        self.pages[key], self.titles[key] = page, title
        return page

    def change(self, page: PageDocument, **values: Any) -> None:
        self.pages[page.key] = replace(page, **values)

    def remove(self, page: PageDocument) -> None:
        del self.pages[page.key]

    # --- search.sources.Source ------------------------------------------------------------------------

    def keys(self) -> list[str]:
        return sorted(self.pages, key=int)

    def documents(self, keys: Collection[str]) -> list[PageDocument]:
        return [self.pages[key] for key in self.keys() if key in keys and key not in self.hidden]

    def cards(self, keys: Collection[str], viewer: Viewer) -> dict[str, PageCard]:
        shown = [key for key in keys if key in self.pages]
        return {key: self._card(key) for key in shown if not (viewer.is_anonymous and key in self.hidden)}

    def affected(self, instance: Any) -> list[str]:
        return [str(getattr(instance, "page_id", instance.pk))]

    def _card(self, key: str) -> PageCard:
        page = self.pages[key]
        return PageCard(
            key=key,
            slug=f"page-{key}",
            kind=page.kind,
            kind_label=page.kind.capitalize(),
            title=self.titles[key],
            url=f"/guides/page-{key}/",
            summary=f"Résumé {key}.",
            updated_on=date(2026, 11, 20),
            language=self.language,
        )
