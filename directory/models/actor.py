"""Types of actors (the type sheet) and organisations. Closed, never deleted: links and revisions live on."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.identifiers import new_public_id
from directory.models.folded import Folded
from directory.taxonomy import (
    ADDRESS_VISIBILITIES,
    AUDIENCES,
    FAMILIES,
    KINDS,
    REFERRERS,
    TERRITORIES,
)


class ActorType(models.Model):
    """What a kind of actor does, who may refer to it and how; shipped as data, edited in the CMS.

    `shipped` keeps the values as they were last shipped, so that `load_reference` brings news
    without undoing what a coordinator wrote.
    """

    ADDRESS_CHOICES = [*ADDRESS_VISIBILITIES.choices, ("aucune", _("Pas de lieu"))]

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    name = models.CharField(_("nom complet"), max_length=200)
    discreet = models.CharField(
        _("titre discret"),
        max_length=80,
        help_text=_("Titre de la page dans l’onglet et l’historique : aucun mot qui trahit la situation."),
    )
    aliases = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("autres noms"),
        help_text=_("Mots que les gens tapent, fautes comprises, séparés par des virgules."),
    )
    kind = models.CharField(_("nature"), max_length=12, choices=KINDS.choices, default="structure")
    family = models.CharField(_("famille"), max_length=20, choices=FAMILIES.choices)
    role = models.TextField(_("rôle"))
    who = models.TextField(_("qui peut saisir, en clair"), blank=True)
    referrers = ArrayField(
        models.CharField(max_length=20, choices=REFERRERS.choices),
        default=list,
        blank=True,
        verbose_name=_("qui peut saisir"),
    )
    how = models.TextField(_("comment saisir"), blank=True)
    not_this = models.TextField(_("à ne pas confondre"), blank=True)
    confused_with = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name=_("souvent confondu avec")
    )
    prepare = models.TextField(_("à préparer"), blank=True)
    out_of_hours = models.TextField(_("quand c’est fermé"), blank=True)
    fallback = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("numéros de repli")
    )
    audience = models.CharField(
        _("visibilité par défaut des fiches"), max_length=15, choices=AUDIENCES.choices, default="public"
    )
    address = models.CharField(
        _("adresse par défaut"), max_length=15, choices=ADDRESS_CHOICES, default="publique"
    )
    territory = models.CharField(
        _("territoire qui dit qui est compétent"),
        max_length=15,
        choices=TERRITORIES.choices,
        blank=True,
        help_text=_("Les portes de la recherche le disent quand la commune n’est pas connue."),
    )
    own_fields = models.JSONField(_("champs propres"), default=list, blank=True)
    to_check = models.TextField(_("à vérifier"), blank=True)
    for_victims = models.BooleanField(_("s’adresse aux victimes"), default=True)
    is_open = models.BooleanField(_("en usage"), default=True)
    rank = models.PositiveSmallIntegerField(_("ordre"), default=0)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("type d’acteur")
        verbose_name_plural = _("types d’acteurs")
        ordering = ["rank", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.acronym} — {self.name}" if self.acronym else self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:type", args=[self.public_id])

    @property
    def short_name(self) -> str:
        return self.acronym or self.name

    @property
    def hides_address(self) -> bool:
        """Its entries have no street field at all: the address is not stored (domain.md C1)."""
        return self.address == "jamais"


class Organisation(models.Model):
    """Who offers services: an association, a hospital, an administration."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    department = models.CharField(
        _("département"), max_length=3, db_index=True, help_text=_("Celui qui tient la fiche : 38, 05, 2A…")
    )
    siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, help_text=_("14 chiffres. Laissez vide si vous ne l’avez pas.")
    )
    description = models.TextField(_("présentation"), blank=True)
    website = models.URLField(_("site"), blank=True)
    is_open = models.BooleanField(
        _("en activité"),
        default=True,
        help_text=_("Décochez pour fermer : rien n’est supprimé, les liens continuent de répondre."),
    )
    source = models.CharField(_("source"), max_length=40, blank=True, editable=False)
    source_id = models.CharField(max_length=120, blank=True, editable=False)
    # What is typed is compared with it: « traver » completes to La Traverse.
    folded = models.GeneratedField(
        expression=Folded("name", "acronym"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source=""),
                name="organisation_source",
            )
        ]
        indexes = [GinIndex(OpClass("folded", name="gin_trgm_ops"), name="organisation_folded_trigrams")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation", args=[self.public_id])
