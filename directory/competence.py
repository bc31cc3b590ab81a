"""Which services answer for a commune, how specifically, and why in words.

Competence is decided by coverage, not by distance (domain.md §6). An area whose communes no source
gives is « (exemple) » and says so; no reason claims a law that no source states.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.cards import CoverageRef, ServiceCard
from directory.models import Area, Commune
from directory.place_names import from_commune

# From the most specific; the index and both engines use these names.
_SHOWN_NAMES = 3
_COMMON_NOUNS = frozenset({"Compagnie", "Ressort", "Secteur", "Territoire", "Zone"})
LEVELS = ("commune", "area", "department", "region", "national", "proximity")


@dataclass(frozen=True)
class Ground:
    """A commune with all that contains it: `codes` maps a coverage code to its level."""

    commune: Commune
    codes: dict[str, str]

    def level_of(self, code: str) -> str | None:
        return self.codes.get(code)


@dataclass(frozen=True)
class Competence:
    level: str
    reason: str
    is_example: bool = False


def level_of_area(kind: str) -> str:
    """The level of a kind of coverage: of an area, or of a commune."""
    return kind if kind in ("commune", "department", "region") else "area"


# Written out: Django takes four times as long to compile the same as PostgreSQL to answer it.
_CONTAINING = """
ARRAY(
    WITH kin AS (
        SELECT %s AS insee
        UNION SELECT insee FROM directory_commune WHERE parent_id = %s
        UNION SELECT parent_id FROM directory_commune WHERE insee = %s AND parent_id IS NOT NULL
    )
    SELECT 'commune commune:' || insee FROM kin
    UNION SELECT area.kind || ' area:' || area.id
    FROM kin JOIN directory_area_communes AS held ON held.commune_id = kin.insee
    JOIN directory_area AS area ON area.id = held.area_id
)"""


def ground_at(insee: str) -> Ground | None:
    """The ground of a commune by its code; None when there is no such commune. One query.

    Paris, Lyon and Marseille stand for their arrondissements, and these for them.
    """
    containing = RawSQL(_CONTAINING, [insee] * 3, output_field=ArrayField(TextField()))
    commune = Commune.objects.filter(pk=insee).annotate(containing=containing).first()
    return _ground(commune, commune.containing) if commune else None


def ground_of(commune: Commune) -> Ground:
    """The ground of a commune at hand. One query, which reads nothing of the commune again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_CONTAINING}", [commune.pk] * 3)
        (containing,) = cursor.fetchone()
    return _ground(commune, containing)


def _ground(commune: Commune, containing: Sequence[str]) -> Ground:
    kinds = (one.partition(" ") for one in containing)
    codes = {code: level_of_area(kind) for kind, _space, code in kinds}
    return Ground(commune, codes | {"national": "national"})


def ground_of_department(code: str) -> dict[str, str]:
    """The coverage codes that answer when only a department was named."""
    areas = Area.objects.filter(kind="department", code=code).values_list("pk", flat=True)
    return {f"area:{pk}": "department" for pk in areas} | {"national": "national"}


def competence_of(card: ServiceCard, ground: Ground | None, distance_km: float | None) -> Competence:
    """Why this service answers for the commune of `ground`, or which territory is its own without one."""
    if ground is None:
        return _own_territory(card)
    answering = [(LEVELS.index(level), ref) for ref in card.coverage if (level := ground.level_of(ref.code))]
    if not answering:
        return Competence("proximity", _proximity(ground.commune, distance_km))
    rank, ref = min(answering, key=lambda found: (found[0], found[1].name))
    return Competence(LEVELS[rank], _reason(LEVELS[rank], ref, ground.commune), ref.is_example)


_TO_CHOOSE = {
    "ressort": gettext_lazy("Choisissez la commune : le tribunal compétent en dépend."),
    "zone": gettext_lazy("Choisissez la commune : l’unité de police ou de gendarmerie en dépend."),
    "secteur": gettext_lazy("Choisissez la commune : le service compétent en dépend."),
    "departement": gettext_lazy("Choisissez la commune : le département compétent en dépend."),
}


def commune_to_choose(territories: Collection[str], has_commune: bool, has_department: bool) -> str:
    """Why the place matters, when nobody can be called competent yet. `territories`: of the types sought.

    "" once the place is known, since each service then has its own sentence (`competence_of`), and when the
    types have no territory, or several.
    """
    (territory,) = territories if len(territories) == 1 else ("",)
    is_known = has_commune or (has_department and territory == "departement")
    return "" if is_known else str(_TO_CHOOSE.get(territory, ""))


def _reason(level: str, ref: CoverageRef, commune: Commune) -> str:
    if level == "commune":
        return _("Répond pour %(commune)s : la commune est dans sa zone.") % {"commune": commune.name}
    if level == "national":
        return _("Répond partout en France.")
    if level == "department":
        return _("Répond pour %(commune)s : tout le département (%(area)s).") % {
            "commune": commune.name,
            "area": ref.name,
        }
    reason = _("Répond pour %(commune)s : %(area)s.") % {
        "commune": commune.name,
        "area": _in_a_sentence(ref.name),
    }
    return _with_example(reason, ref.is_example)


def _in_a_sentence(area: str) -> str:
    """« ressort du tribunal de Gap », and « Grenoble-Alpes-Métropole »: what begins by a common noun."""
    is_common = area.partition(" ")[0] in _COMMON_NOUNS
    return area[0].lower() + area[1:] if is_common else area


def _proximity(commune: Commune, distance_km: float | None) -> str:
    if distance_km is None:
        return _("Zone d’intervention à confirmer.")
    if distance_km < 1:
        return _("À moins de 1 km %(here)s. Zone d’intervention à confirmer.") % {
            "here": from_commune(commune.name)
        }
    return _("À %(distance)s km %(here)s. Zone d’intervention à confirmer.") % {
        "distance": kilometres(distance_km),
        "here": from_commune(commune.name),
    }


def kilometres(km: float) -> str:
    """ "1,2", "33": a decimal only where it tells something."""
    return number_format(round(km, 1), 1) if km < 9.95 else str(round(km))


def _own_territory(card: ServiceCard) -> Competence:
    """No commune was named: the widest of its levels, and the names of what it answers for."""
    if card.is_national:
        return Competence("national", _("Répond partout en France."))
    if not card.coverage:
        return Competence("proximity", _("Zone d’intervention à confirmer."))
    areas_first = sorted(card.coverage, key=lambda ref: ref.kind == "commune")
    level = max((level_of_area(ref.kind) for ref in areas_first), key=LEVELS.index)
    is_example = any(ref.is_example for ref in areas_first)
    names = [_in_a_sentence(ref.name) for ref in areas_first]
    reason = _("Répond pour : %(names)s.") % {"names": _listed(names)}
    return Competence(level, _with_example(reason, is_example), is_example)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN_NAMES])
    more = len(names) - _SHOWN_NAMES
    if more < 1:
        return shown
    others = ngettext("%(count)d autre", "%(count)d autres", more) % {"count": more}
    return _("%(names)s et %(others)s") % {"names": shown, "others": others}


def _with_example(reason: str, is_example: bool) -> str:
    if not is_example:
        return reason
    return f"{reason} " + _("Territoire donné en exemple, sans source officielle.")
