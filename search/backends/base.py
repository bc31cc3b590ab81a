"""What a search engine answers: ids, scores, distances and counts. Never a model nor a word of an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, Self

from directory.cards import Coordinates, coordinates_of
from directory.competence import Ground, ground_of_department
from directory.visibility import Viewer
from search.question import Question
from search.ranking import PROXIMITY_KM

FACETS = ("type", "public", "violence", "besoin", "langue")


@dataclass(frozen=True)
class Territory:
    """Where help is looked for. `codes` maps a coverage code to its level (competence.LEVELS).

    `point` is that of the commune; None when only a department was named, or when the commune has none.
    `reach_km`: how far a service that declares no coverage may be.
    """

    codes: Mapping[str, str]
    department: str
    is_commune: bool
    point: Coordinates | None = None
    reach_km: int = PROXIMITY_KM

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


class Backend(Protocol):
    """A search engine. `viewer` decides what is counted; the database decides again on what is shown."""

    name: str

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        """The page of an understood question (`search.understanding`) at `at`.

        Deterministic, so that pages are stable. Without a territory everything answers. `radius` needs one
        with a point, else it is ignored.
        """
        ...
