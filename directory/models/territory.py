"""Communes (INSEE COG 2026) and the areas that group them."""

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.utils.translation import gettext_lazy as _

from directory.taxonomy import AREA_KINDS


class Commune(models.Model):
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille.

    Source: `directory/data/communes.csv.gz` (see SOURCES.md). Points are WGS 84.
    """

    insee = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    folded = models.CharField(max_length=80, db_index=True, editable=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="arrondissements"
    )
    department = models.CharField(_("département"), max_length=3, db_index=True)
    department_name = models.CharField(max_length=80)
    region = models.CharField(max_length=3)
    epci = models.CharField(max_length=9, blank=True, db_index=True)
    epci_name = models.CharField(max_length=160, blank=True)
    population = models.PositiveIntegerField(default=0)
    postal_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    centroid = models.PointField(null=True, geography=True)
    town_hall = models.PointField(null=True, geography=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["name", "insee"]
        indexes = [
            GinIndex(fields=["postal_codes"], name="commune_postal_codes"),
            # Nothing is left to sort in later: until a first VACUUM, each look-up read all that was pending.
            GinIndex(
                OpClass("folded", name="gin_trgm_ops"), name="commune_folded_trigrams", fastupdate=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.department})"

    @property
    def point(self) -> Point | None:
        """ "The place" of a commune: its town hall, its centroid otherwise (SOURCES.md); 13 have neither."""
        return self.town_hall or self.centroid


class Area(models.Model):
    """A set of communes for which somebody answers: department, EPCI, judicial district, zone."""

    kind = models.CharField(_("nature"), max_length=12, choices=AREA_KINDS.choices)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("nom"), max_length=160)
    department = models.CharField(_("département"), max_length=3, blank=True, db_index=True)
    # No source gives its communes: its name says « (exemple) » and no reason claims it as law.
    is_example = models.BooleanField(_("exemple"), default=False)
    communes = models.ManyToManyField(Commune, related_name="areas", verbose_name=_("communes"))

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["kind", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="area_kind_code")]

    def __str__(self) -> str:
        return self.name
