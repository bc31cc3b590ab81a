"""What a search engine answers: ids, scores, distances and counts. Never a model nor a word of an entry; of
pages, which anybody may read, an excerpt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol, Self

from directory.cards import Coordinates, coordinates_of
from directory.competence import Ground, ground_of_department
from directory.visibility import Viewer
from search.excerpts import Excerpt
from search.question import Question
from search.ranking import PROXIMITY_KM


class EngineDown(Exception):
    """An engine did not answer, or not in time, or cannot answer this. `reason`: a word for monitors; never
    one of the question."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


FACETS = ("type", "public", "violence", "besoin", "langue")


# What a virtual type stands for; pages are about real ones.
VIRTUAL_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"commissariat-brigade": ("commissariat", "brigade-gendarmerie"), "umj-sans-requisition": ("umj",)}
)


@dataclass(frozen=True)
class Away:
    """What is elsewhere for those who must leave (`search.leaving`): at least `km` from here, or, when it is
    None, in any other department. `departments`: those that are far enough, the nearest first; `areas` and
    `near_areas`: the coverage codes of these, and of the others."""

    km: int | None
    departments: tuple[str, ...]
    areas: tuple[str, ...]
    near_areas: tuple[str, ...]


@dataclass(frozen=True)
class Territory:
    """Where help is looked for. `codes` maps a coverage code to its level (competence.LEVELS).

    `point` is that of the commune; None when only a department was named, or when the commune has none.
    `reach_km`: how far a service that declares no coverage may be. `away`: who answers elsewhere is looked
    for, not who answers here.
    """

    codes: Mapping[str, str]
    department: str
    is_commune: bool
    point: Coordinates | None = None
    reach_km: int = PROXIMITY_KM
    away: Away | None = None

    def __hash__(self) -> int:
        return hash((frozenset(self.codes), self.department, self.point, self.reach_km))

    @classmethod
    def around(cls, ground: Ground) -> Self:
        commune = ground.commune
        return cls(ground.codes, commune.department, True, coordinates_of(commune.point))

    @classmethod
    def of_department(cls, code: str) -> Self:
        """One query: the codes that answer for the whole department."""
        return cls(ground_of_department(code), code, False)

    def reaching(self, km: int) -> Self:
        return replace(self, reach_km=km)

    def left_for(self, away: Away) -> Self:
        return replace(self, away=away)


@dataclass(frozen=True)
class Hit:
    """`service` is a primary key; `distance_km` is to the nearest public point, None without one."""

    service: int
    score: float
    distance_km: float | None


@dataclass(frozen=True)
class Found:
    """`facets` maps a facet to {slug: count}, counted under the *other* facets' filters."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Leading:
    """The first hits of each of several questions; `open_then`: those of their services that are open."""

    hits: tuple[tuple[Hit, ...], ...] = ()
    open_then: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Doors:
    """Who leads a question: of each of `sought`, around `near`, judged open `at`.

    `led` makes of who was found the question that they lead. They go in front of it, and change nothing else
    in what it finds: an engine may ask for the list before it knows them, as `led(Leading())` says it.
    """

    sought: Sequence[Question]
    near: Territory | None
    at: datetime
    led: Callable[[Leading], Question]


@dataclass(frozen=True)
class PageHit:
    """`source`, `key`: of `search.sources`; `part_of`: the key of the chapter's guide, else "". `excerpt`, in
    the `language` of the page, is () when no word asked is in its text."""

    source: str
    key: str
    part_of: str
    language: str
    score: float
    excerpt: Excerpt


@dataclass(frozen=True)
class Led:
    """A question with the doors that lead it, and the pages beside."""

    leading: Leading
    found: Found
    pages: tuple[PageHit, ...] = ()


def subjects_of(question: Question) -> dict[str, list[str]]:
    """What pages are asked to be about: "types", "violences", "publics" with their slugs, chosen as filters
    or recognised in the words; those without any are left out."""

    def slugs(kind: str, chosen: Iterable[str]) -> set[str]:
        return {*chosen, *(one.slug for one in question.concepts if one.kind == kind)}

    types = slugs("type", question.types)
    asked = {
        # A page is found by its own slug too: what words lead to may be a guide.
        "types": slugs("content", types.union(*(VIRTUAL_TYPES.get(one, ()) for one in types))),
        "violences": slugs("violence", question.violences),
        "publics": slugs("public", question.publics),
    }
    return {subject: sorted(values) for subject, values in asked.items() if values}


class Backend(Protocol):
    """A search engine. `viewer` decides what is counted; the database decides again on what is shown."""

    name: str

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        """The page of an understood question (`search.understanding`) at `at`.

        Deterministic, so that pages are stable. Without a territory everything answers. `radius` needs one
        with a point, else it is ignored.
        """
        ...

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        """The hits that `find` gives to each, asked together and without any count; who is open at `at`.

        `questions` are the same one under several filters, as near or as far; nothing is asked of none.
        """
        ...

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        """The pages that an understood question is about, the best first, `limit` at most.

        By its words, by the types that they name, by the types, violences and publics chosen; nothing when
        there are none of these. At most `ranking.MOST_CHAPTERS` of the same guide. Deterministic.
        """
        ...

    def find_led(
        self,
        doors: Doors,
        territory: Territory | None,
        viewer: Viewer,
        at: datetime,
        about: Question | None,
        limit: int,
    ) -> Led:
        """What `leading` finds at `doors`, `find` for the question that they lead, and `find_pages` for the
        question `about` (no page without it; `limit` of them at most), asked together."""
        ...
