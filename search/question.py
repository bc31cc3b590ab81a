"""What was asked, once understood: the same frozen value for both engines, the pages and the JSON."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self

Sort = Literal["pertinence", "distance", "nom", "verification"]
When = Literal["", "maintenant", "ce-soir", "week-end"]
# For those who must leave: at least so many km away, or in another department (`search.leaving`).
Away = int | Literal["departement"]

SORTS: tuple[Sort, ...] = ("pertinence", "distance", "nom", "verification")
ANOTHER_DEPARTMENT: Literal["departement"] = "departement"
WHENS: tuple[When, ...] = ("", "maintenant", "ce-soir", "week-end")
MAX_WORDS = 500
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


@dataclass(frozen=True)
class Concept:
    """A thing recognised: `kind` is type, violence, public, besoin, danger, time, content or number."""

    kind: str
    slug: str
    label: str
    source: str


# What one thing said may be in the index: roots, or phrases of roots separated by a space ("accueil jour").
Term = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`commune` is an INSEE code; `radius` is km; slugs are those of the taxonomy.

    `concepts` and `terms` are what `search.understanding` made of the words: engines read these, not `words`.
    """

    words: str = ""
    concepts: tuple[Concept, ...] = ()
    commune: str | None = None
    department: str | None = None
    radius: int | None = None
    away: Away | None = None
    types: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    violences: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    when: When = ""
    sort: Sort = "pertinence"
    without: tuple[str, ...] = ()
    page: int = 1
    limit: int = DEFAULT_LIMIT
    terms: tuple[Term, ...] = ()
    # Made by `search.understanding` too: the age said, the moment said (from, to), what must not be shown.
    age: int | None = None
    moment: tuple[datetime, datetime] | None = None
    never_types: tuple[str, ...] = ()
    never_perpetrators: bool = False
    # Of the doors (search/doors.py): types that answer the situation, and the services that come first.
    door_types: tuple[str, ...] = ()
    first: tuple[int, ...] = ()
    # Of those who must leave: the types that lead unless others were asked for (`search.leaving`).
    receiving_types: tuple[str, ...] = ()
    # The folded words that named the place (search/forms.py): they are not looked for.
    place_words: tuple[str, ...] = ()

    def change(self, **values: object) -> Self:
        """The same question with other values, from its first page unless `page` is given."""
        return replace(self, **{"page": 1, **values})  # type: ignore[arg-type]

    def unfiltered(self) -> Self:
        """The same question without what was chosen in the facets; its words and its moment stay."""
        return self.change(types=(), publics=(), violences=(), provisions=(), languages=(), page=self.page)

    @property
    def in_front(self) -> tuple[int, ...]:
        """The services of the doors lead the usual order; an order that was chosen stays as it is."""
        return self.first if self.sort == "pertinence" else ()

    def said(self, kind: str) -> list[str]:
        """The slugs of the concepts of that kind, sorted."""
        return sorted({one.slug for one in self.concepts if one.kind == kind})

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Those chosen or said to be spoken, French apart."""
        return tuple(sorted({*self.languages, *self.said("langue")} - {"fr"}))

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: neither words, nor a place, nor a filter."""
        return not (self.words or self.commune or self.department or self.filters)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The active filters as (parameter, value), in the order of the panel."""
        chosen = [
            ("type", self.types),
            ("public", self.publics),
            ("violence", self.violences),
            ("besoin", self.provisions),
            ("langue", self.languages),
        ]
        pairs = [(name, value) for name, values in chosen for value in values]
        pairs += [("ouvert", self.when)] if self.when else []
        return tuple(pairs + ([("rayon", str(self.radius))] if self.radius else []))
