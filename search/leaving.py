"""Those who must leave: what is far enough from here, who receives people from elsewhere, who asks for it.

One rule for both engines: `search.backends.rules` says what answers elsewhere, by the *Away* made here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from django.db import connection

from directory.cards import Coordinates
from directory.folding import fold
from directory.models import ActorType
from search.backends.base import Away, Territory
from search.held import Held
from search.question import ANOTHER_DEPARTMENT, Question
from search.question import Away as Asked
from search.sphere import kilometres

# Who receives whoever comes, wherever from: listening, day centres, social services, associations of victims;
# shelter and those who give its places; those who help to leave prostitution.
RECEIVING = frozenset({"ecoute", "hebergement", "prostitution"})
# Competent for where one lives, whatever the distance (domain.md R2, R5, R8, R9): those of elsewhere are a
# wrong door, until one lives there and asks for them by name.
_OF_RESIDENTS = "ase bav-tribunal cippav crip iscg parquet parquet-cellule-prostitution tribunal-judiciaire"
BOUND_TO_RESIDENCE = frozenset(_OF_RESIDENTS.split())


class Department(NamedTuple):
    """`middle`: the mean of its communes' points, None without any; `area`: its coverage code, or ""."""

    middle: Coordinates | None
    area: str


_DEPARTMENTS = """
SELECT commune.department, avg(ST_X(point)), avg(ST_Y(point)), coalesce(min('area:' || area.id), '')
FROM (SELECT department, coalesce(town_hall, centroid)::geometry AS point FROM directory_commune) AS commune
LEFT JOIN directory_area AS area ON area.kind = 'department' AND area.code = commune.department
GROUP BY commune.department"""


def _read() -> Mapping[str, Department]:
    with connection.cursor() as cursor:
        cursor.execute(_DEPARTMENTS)
        rows = cursor.fetchall()
    return {
        code: Department(None if longitude is None else (longitude, latitude), area)
        for code, longitude, latitude, area in rows
    }


# By their code, once somebody leaves: other questions do not wait for it. Communes change with the reference
# data alone: a new area is read at once, a town hall that moved when the site starts again.
DEPARTMENTS: Held[Callable[[], Mapping[str, Department]]] = Held(
    "(SELECT max(id) FROM directory_area)", lambda: cache(_read)
)


def leaving(territory: Territory, asked: Asked | None, departments: Mapping[str, Department]) -> Territory:
    """The territory as it is left: at least so many km, or for another department; as it is when nothing of
    the kind was `asked`, or when km start from no point.

    A department is far enough when the middle of its communes is: who answers there by phone sends to any of
    them. That of here never is.
    """
    is_another = asked == ANOTHER_DEPARTMENT
    if asked is None or not (is_another or territory.point):
        return territory
    own = departments.get(territory.department)
    start = territory.point or (own.middle if own else None)
    others = {code: one for code, one in departments.items() if code != territory.department}
    far = {code: _km(start, one) for code, one in others.items()}
    least = -1 if is_another else int(asked)
    beyond = sorted(
        (code for code in far if far[code] >= least), key=lambda code: (far[code] < 0, far[code], code)
    )
    near = sorted(departments.keys() - set(beyond))
    return territory.left_for(
        Away(
            km=None if is_another else least,
            departments=tuple(beyond),
            areas=_areas(beyond, departments),
            near_areas=_areas(near, departments),
        )
    )


def _km(start: Coordinates | None, department: Department) -> float:
    """-1, before any distance asked for, where nothing says how far: nobody is sent next door."""
    return kilometres(start, department.middle) if start and department.middle else -1.0


def _areas(codes: Iterable[str], departments: Mapping[str, Department]) -> tuple[str, ...]:
    return tuple(departments[code].area for code in codes if departments[code].area)


def receiving(types: Iterable[ActorType]) -> tuple[str, ...]:
    """The types that lead when one must leave (`RECEIVING`), in the usual order."""
    return tuple(one.slug for one in types if one.family in RECEIVING)


# --- Who asks for it in words -------------------------------------------------------------------------------

# Of folded words. Who goes or is received, then that it is far: « un refuge pour elle et ses enfants, loin ».
_GOES = """
    abri aller demenage demenager enfuir eloigner foyer fuir hebergement heberger hebergee hebergees heberge
    installer loger logement pars part parte partent parti partie partir place quitter refuge reloger
    relogement vivre"""
_PLACES_LEFT = "coin departements? regions? secteur vallee ville"
_LEAVING = re.compile(
    rf"\b(?:{'|'.join(_GOES.split())})(?: (?!pas\b)\w+){{0,6}}? loin\b(?! de (?:moi|nous)\b)"
    r"|\bloin d (?:ici|eux|elle)\b|\bloin de (?:lui|chez \w+|(?:son|mon|leur) (?:ex|mari|pere|village)\b)"
    r"|\b(?:quitter|quitte|fuir|changer de|change de|sortir du|en dehors du|hors du|hors|autres?)"
    rf"(?: (?:l|la|le|mon|son|ce|cette|notre|leur|ma|sa))? (?:{'|'.join(_PLACES_LEFT.split())})\b"
)
# Before the name of the commune. « J’habite loin de Gap », « pas trop loin de Gap » leave nothing.
_LEFT = (
    r"(?:quitter|quitte|fuir|partir de?"
    r"|(?<!pas )(?<!trop )(?<!moins )(?<!habite )(?<!vis )(?<!vit )(?<!travaille )loin de?)"
)


def says_leaving(question: Question) -> bool:
    """« je veux partir loin d’ici », « quitter le département », « fuir Gap »: where the commune is left."""
    said = fold(question.words)
    place = " ".join(question.place_words)
    return bool(_LEAVING.search(said) or (place and re.search(rf"\b{_LEFT} {place}\b", said)))
