"""Names while a sentence is typed: of its last words, which begin that of a commune, of an organisation.

One statement for all, written out: it is asked at each key. Who may see what is decided by the caller.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from directory.held_departments import AMONG_HELD, WITH_HELD
from directory.place_names import TOWN, forms_of, starts_of

# A beginning that more organisations share says nothing of the one that is meant (« association »).
_TOO_MANY = 200
_COMMUNES = f"""
(SELECT 'commune' AS kind, insee AS key, name, department AS short, department_name AS wide, folded,
    population, %s::int AS ending, {AMONG_HELD} AS is_held
FROM directory_commune whole WHERE {{where}} ORDER BY is_held DESC, population DESC, insee LIMIT %s)"""
# Of a city and its arrondissement, the arrondissement.
_CODED = """postal_codes @> ARRAY[%s]::varchar[] AND NOT EXISTS (SELECT 1 FROM directory_commune part
    WHERE part.parent_id = whole.insee AND part.postal_codes @> ARRAY[%s]::varchar[])"""
_ORGANISATIONS = """
(SELECT 'organisation', id::text, name, acronym, '', folded, 0, 0, false
FROM directory_organisation WHERE is_open AND folded LIKE %s{order} LIMIT %s)"""

Part = tuple[str, list[Any]]


class Called(NamedTuple):
    """A commune (key: INSEE code; short, wide: its department) or an organisation (key: pk; short: acronym).

    `ending`: which of the endings names it, by its place in the list. Of an organisation, whether the reader
    may see it is not known here.
    """

    ending: int
    key: str
    name: str
    short: str
    wide: str


def called(endings: Sequence[str], limit: int) -> tuple[list[Called], list[Called]]:
    """The communes, `limit` at most, then the organisations that folded `endings` name or begin to name.

    Of both, those of the first ending first; then towns called so, and villages that the directory holds; the
    communes of its departments, and the largest; organisations in the name of which it stands first.
    """
    if not endings:
        return [], []
    parts = [*_of_communes(endings, limit), _of_organisations(endings)]
    with connection.cursor() as cursor:
        cursor.execute(
            WITH_HELD + " UNION ALL ".join(sql for sql, _ in parts),
            [one for _, given in parts for one in given],
        )
        rows = cursor.fetchall()
    communes = [row[1:] for row in rows if row[0] == "commune"]
    organisations = [row[1:] for row in rows if row[0] == "organisation"]
    return _communes(endings, communes)[:limit], _organisations(endings, organisations)


def _of_communes(endings: Sequence[str], limit: int) -> list[Part]:
    """The shortest ending apart: long names would be lost among the large towns that it begins."""
    *longer, last = endings
    if last.isdigit():
        return [(_COMMUNES.format(where=_CODED), [len(longer), last, last, limit])] if len(last) == 5 else []
    forms = [form for one in endings for form in forms_of(one)]
    parts = [(_COMMUNES.format(where="folded = ANY(%s)"), [-1, forms, 4 * limit])]
    for group in ([last], longer) if longer else ([last],):
        where, starts = _like(f"{start}%" for one in group for start in starts_of(one))
        parts.append((_COMMUNES.format(where=where), [-1, *starts, 4 * limit]))
    return parts


def _of_organisations(endings: Sequence[str]) -> Part:
    """Whatever a longer ending names, the shortest one does: one pattern, which the index serves."""
    begun = [f"% {ending}%" for ending in reversed(endings)][:2]
    order = " ORDER BY folded LIKE %s DESC" if len(begun) > 1 else ""
    return _ORGANISATIONS.format(order=order), [*begun, _TOO_MANY + 1]


def _like(patterns: Iterable[str]) -> tuple[str, list[Any]]:
    """Spelled out: an index of beginnings does not serve `LIKE ANY`."""
    given = list(patterns)
    return "(" + " OR ".join(["folded LIKE %s"] * len(given)) + ")", given


def _communes(endings: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> list[Called]:
    """Each once; `coded`: the ending that is its postal code, -1 for one found by its name."""
    ranked = set()
    for key, name, short, wide, folded, population, coded, is_held in rows:
        ending = coded if coded >= 0 else _begun_by(endings, folded)
        is_whole = folded in forms_of(endings[ending])
        # « bourg » begins Bourgoin more than it names a village where nobody answers; « lyon » is Lyon.
        is_meant = is_whole and (is_held or population >= TOWN)
        rank = (ending, not is_meant, not is_held, -population, not is_whole, key)
        ranked.add((rank, Called(ending, key, name, short, wide)))
    return [one for _rank, one in sorted(ranked)]


def _begun_by(endings: Sequence[str], folded: str) -> int:
    """The first ending that begins this name, articles apart."""
    return next(
        number
        for number, one in enumerate(endings)
        if folded in forms_of(one) or folded.startswith(tuple(starts_of(one)))
    )


def _organisations(endings: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[Called]:
    ranked = []
    for key, name, short, wide, folded, _population, _ending, _is_held in rows:
        ending = next(number for number, one in enumerate(endings) if f" {one}" in folded)
        if len(rows) > _TOO_MANY and ending == len(endings) - 1:
            continue
        position = folded.index(f" {endings[ending]}")
        ranked.append(((ending, position, folded, int(key)), Called(ending, key, name, short, wide)))
    return [one for _rank, one in sorted(ranked)] if len(ranked) <= _TOO_MANY else []
