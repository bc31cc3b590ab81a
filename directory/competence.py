"""Which services answer for a commune, how specifically, and why in words.

Competence is decided by coverage, not by distance (domain.md §6). An area whose communes no source
gives is « (exemple) » and says so; no reason claims a law that no source states.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from directory.cards import CoverageRef, ServiceCard
from directory.models import Area, Commune

# From the most specific; the index and both engines use these names.
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
    return kind if kind in ("department", "region") else "area"


def ground_at(insee: str) -> Ground | None:
    """The ground of a commune by its code; None when there is no such commune. One query.

    Paris, Lyon and Marseille stand for their arrondissements, and these for them.
    """
    own = Area.objects.filter(Q(communes=OuterRef("pk")) | Q(communes=OuterRef("parent_id")))
    of_kin = Area.objects.filter(communes__parent=OuterRef("pk"))
    commune = (
        Commune.objects.filter(pk=insee)
        .annotate(
            kin=ArraySubquery(Commune.objects.filter(parent=OuterRef("pk")).values("pk")),
            own_areas=ArraySubquery(own.values(pair=JSONObject(pk="pk", kind="kind"))),
            kin_areas=ArraySubquery(of_kin.values(pair=JSONObject(pk="pk", kind="kind"))),
        )
        .first()
    )
    if commune is None:
        return None
    communes = [commune.pk, *commune.kin, *([commune.parent_id] if commune.parent_id else [])]
    codes = {f"commune:{code}": "commune" for code in communes}
    for area in [*commune.own_areas, *commune.kin_areas]:
        codes[f"area:{area['pk']}"] = level_of_area(area["kind"])
    return Ground(commune, codes | {"national": "national"})


def ground_of(commune: Commune) -> Ground:
    """The ground of a commune at hand."""
    ground = ground_at(commune.pk)
    assert ground is not None
    return ground


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
    reason = _("Répond pour %(commune)s : %(area)s.") % {"commune": commune.name, "area": ref.name}
    return reason + " " + _("Territoire donné en exemple, sans source officielle.") if ref.is_example else reason


def _proximity(commune: Commune, distance_km: float | None) -> str:
    if distance_km is None:
        return _("Zone d’intervention à confirmer.")
    distance = f"{distance_km:.1f}".replace(".", ",") if distance_km < 10 else str(round(distance_km))
    return _("À %(distance)s km de %(commune)s. Zone d’intervention à confirmer.") % {
        "distance": distance,
        "commune": commune.name,
    }


def _own_territory(card: ServiceCard) -> Competence:
    if card.is_national:
        return Competence("national", _("Répond partout en France."))
    areas = [ref for ref in card.coverage if ref.kind != "commune"]
    communes = [ref for ref in card.coverage if ref.kind == "commune"]
    if areas:
        names = ", ".join(ref.name for ref in areas[:3])
        levels = sorted((level_of_area(ref.kind) for ref in areas), key=LEVELS.index)
        return Competence(levels[-1], _("Répond pour : %(areas)s.") % {"areas": names}, areas[0].is_example)
    if communes:
        names = ", ".join(ref.name for ref in communes[:3])
        more = "…" if len(communes) > 3 else "."
        return Competence("commune", _("Répond pour : %(communes)s") % {"communes": names} + more)
    return Competence("proximity", _("Zone d’intervention à confirmer."))
