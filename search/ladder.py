"""Never a dead end: when nothing is found, look wider, say so, and tell what would give something."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from directory.visibility import Viewer
from search.backends.base import Backend, Found, Territory
from search.question import Question
from search.ranking import PROXIMITY_KM, WIDER_PROXIMITY_KM

RADII = (5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Ways:
    """Ways out of an empty page, each 0 or None when it leads nowhere.

    `wider_radius`: the first usual radius (km) that holds something; the others count what would be found.
    """

    wider_radius: int | None = None
    without_radius: int = 0
    without_filters: int = 0
    without_words: int = 0


def widened(
    found: Found,
    backend: Backend,
    question: Question,
    territory: Territory | None,
    viewer: Viewer,
    at: datetime,
) -> tuple[Found, Ways, list[str]]:
    """What was `found`, else what is found a little wider, with the words that say so.

    Only what was not asked is widened, never a radius or a competence: who answers elsewhere is a wrong door.
    """
    around = None if found.total else wider_territory(question, territory)
    if around:
        wider = backend.find(question, around, viewer, at)
        if wider.total:
            return wider, Ways(), [_said_of_widening()]
    return found, _ways(backend, question, territory, viewer, at, found), []


def wider_territory(question: Question, territory: Territory | None) -> Territory | None:
    """Where to look when nothing is found; None when the reach was asked for, or starts from no point."""
    if territory is None or not territory.point or question.radius or question.away:
        return None
    return territory.reaching(WIDER_PROXIMITY_KM)


def _said_of_widening() -> str:
    message = _(
        "Rien à moins de %(near)d km : voici, jusqu’à %(far)d km, des services dont la zone "
        "d’intervention reste à confirmer."
    )
    return message % {"near": PROXIMITY_KM, "far": WIDER_PROXIMITY_KM}


def _ways(
    backend: Backend,
    question: Question,
    territory: Territory | None,
    viewer: Viewer,
    at: datetime,
    found: Found,
) -> Ways:
    if found.total:
        return Ways()

    def look(asked: Question, **values: object) -> Found:
        return backend.find(asked.change(limit=1, sort="distance", **values), territory, viewer, at)

    anywhere = look(question, radius=None) if question.radius else Found(0, ())
    unfiltered = question.unfiltered().change(when="", page=question.page)
    is_filtered = unfiltered != question
    if not question.words:  # what a filter held back comes back with the others
        unfiltered = unfiltered.change(never_types=(), never_perpetrators=False)
    return Ways(
        wider_radius=_first_radius(anywhere),
        without_radius=anywhere.total,
        without_filters=look(unfiltered).total if is_filtered else 0,
        without_words=look(question, terms=(), concepts=()).total if question.terms else 0,
    )


def _first_radius(found: Found) -> int | None:
    nearest = found.hits[0].distance_km if found.hits else None
    if nearest is None:
        return None
    return next((km for km in RADII if km >= nearest), None)
