"""The service: the unit that is shown, searched and verified; its places and its contacts."""

from datetime import date

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from directory import taxonomy
from directory.hours import Closure
from directory.identifiers import new_public_id
from directory.models.actor import ActorType, Organisation
from directory.models.territory import Area, Commune
from directory.querysets import ServiceQuerySet


def slugs(vocabulary: taxonomy.Vocabulary, label: str, **options: object) -> ArrayField:
    """A field that holds several slugs of one vocabulary."""
    choice = models.CharField(max_length=40, choices=vocabulary.choices)
    return ArrayField(choice, default=list, blank=True, verbose_name=label, **options)


def make_point(longitude: float, latitude: float) -> Point:
    """The only place where a point is made: degrees, WGS 84."""
    return Point(longitude, latitude, srid=4326)


class Service(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """What an organisation offers. `department` is the one whose coordination keeps the entry."""

    class State(models.TextChoices):
        ACTIVE = "actif", _("Actif")
        SUSPENDED = "suspendu", _("Fermé temporairement")
        CLOSED = "ferme", _("Fermé définitivement")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="services", verbose_name=_("organisation")
    )
    type = models.ForeignKey(
        ActorType, on_delete=models.CASCADE, related_name="services", verbose_name=_("type d’acteur")
    )
    name = models.CharField(_("nom"), max_length=200)
    department = models.CharField(_("département"), max_length=3, db_index=True)
    summary = models.CharField(_("en une phrase"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    audience = models.CharField(
        _("qui voit cette fiche"), max_length=15, choices=taxonomy.AUDIENCES.choices, default="public"
    )

    age_min = models.PositiveSmallIntegerField(
        _("à partir de (ans)"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("jusqu’à (ans)"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    gender = models.CharField(_("genre"), max_length=10, choices=taxonomy.GENDERS.choices, default="tous")
    roles = slugs(taxonomy.ROLES, _("pour qui"))
    situations = slugs(taxonomy.SITUATIONS, _("situations accueillies"))
    violences = slugs(taxonomy.VIOLENCES, _("violences"))
    provisions = slugs(taxonomy.PROVISIONS, _("ce que l’on y trouve"))

    referrers = slugs(taxonomy.REFERRERS, _("qui peut contacter"))
    conditions = slugs(taxonomy.CONDITIONS, _("conditions d’accès"))
    contact_modes = slugs(taxonomy.CONTACT_MODES, _("modes de contact"))
    reception_modes = slugs(taxonomy.RECEPTION_MODES, _("modes d’accueil"))
    how = models.TextField(_("comment saisir"), blank=True)
    prepare = models.TextField(_("à préparer"), blank=True)
    details = models.JSONField(_("champs propres au type"), default=dict, blank=True)

    languages = slugs(taxonomy.LANGUAGES, _("langues"))
    interpreter = models.CharField(
        _("interprète"), max_length=10, choices=taxonomy.INTERPRETERS.choices, blank=True
    )
    accessibility = models.TextField(_("accessibilité"), blank=True)
    cost = models.CharField(_("coût"), max_length=15, choices=taxonomy.COSTS.choices, default="inconnu")
    is_urgent = models.BooleanField(_("traite l’urgence"), default=False)
    by_appointment = models.BooleanField(_("sur rendez-vous"), default=False)

    is_national = models.BooleanField(_("toute la France"), default=False)
    coverage_areas = ParentalManyToManyField(
        Area, blank=True, related_name="services", verbose_name=_("territoires couverts")
    )
    coverage_communes = ParentalManyToManyField(
        Commune, blank=True, related_name="covering_services", verbose_name=_("communes couvertes")
    )

    hours = models.CharField(_("horaires"), max_length=255, blank=True)
    hours_note = models.CharField(_("précision sur les horaires"), max_length=200, blank=True)
    hours_verified_on = models.DateField(_("horaires vérifiés le"), null=True, blank=True)
    out_of_hours = models.TextField(_("quand c’est fermé"), blank=True)
    fallback = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("numéros de repli")
    )
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.ACTIVE)
    state_message = models.CharField(_("message"), max_length=300, blank=True)
    closed_from = models.DateField(_("fermé du"), null=True, blank=True)
    closed_until = models.DateField(_("au"), null=True, blank=True)

    verified_on = models.DateField(_("vérifié le"), null=True, blank=True)
    verified_by = models.CharField(_("vérifié par"), max_length=80, blank=True)
    verify_every = models.PositiveSmallIntegerField(_("à revérifier tous les (mois)"), default=6)

    source = models.CharField(_("source"), max_length=40, blank=True, editable=False)
    source_id = models.CharField(max_length=120, blank=True, editable=False)
    # The record as last imported: an import compares three ways and never undoes what somebody wrote.
    imported = models.JSONField(default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="service_source"
            ),
            models.CheckConstraint(
                condition=models.Q(age_min__isnull=True)
                | models.Q(age_max__isnull=True)
                | models.Q(age_min__lte=models.F("age_max")),
                name="service_ages",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:service", args=[self.public_id])

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("public", _("Vue du public")), ("professionnels", _("Vue des professionnels"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from directory.previews import preview_of  # it knows the cards, which know this model

        return preview_of(self, request, mode_name)

    def is_suspended_on(self, day: date) -> bool:
        """Closed for now: by its state, or because `day` falls in the announced closure."""
        suspended = self.state == self.State.SUSPENDED
        return Closure(self.closed_from, self.closed_until, suspended).covers(day)


class Place(models.Model):
    """An office or a permanence of a service, found at *its* commune.

    `address_visibility` says what of it may be shown; `jamais` stores neither street nor point (C1),
    which the database enforces.
    """

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="places")
    label = models.CharField(_("nom du lieu"), max_length=120, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="places", verbose_name=_("commune")
    )
    street = models.CharField(_("numéro et rue"), max_length=160, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    complement = models.CharField(_("complément"), max_length=160, blank=True)
    point = models.PointField(_("point"), null=True, blank=True, geography=True)
    address_visibility = models.CharField(
        _("qui voit l’adresse"),
        max_length=15,
        choices=taxonomy.ADDRESS_VISIBILITIES.choices,
        default="publique",
    )
    hours = models.CharField(_("horaires"), max_length=255, blank=True)
    hours_note = models.CharField(_("précision sur les horaires"), max_length=200, blank=True)
    by_appointment = models.BooleanField(_("sur rendez-vous"), default=False)
    accessibility = models.CharField(_("accessibilité"), max_length=300, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"  # read by the forms that order the places of a service

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(address_visibility="jamais")
                | models.Q(street="", postal_code="", complement="", label="", point__isnull=True),
                name="never_shown_is_not_stored",
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.commune)


class Contact(models.Model):
    """A way to reach a service: a role and a functional mailbox rather than a person (P1)."""

    class Kind(models.TextChoices):
        PHONE = "telephone", _("Téléphone")
        SMS = "sms", _("SMS")
        EMAIL = "courriel", _("Courriel")
        FORM = "formulaire", _("Formulaire en ligne")
        CHAT = "chat", _("Discussion en ligne")
        SITE = "site", _("Site")

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices, default=Kind.PHONE)
    value = models.CharField(_("numéro ou adresse"), max_length=200)
    label = models.CharField(_("qui répond"), max_length=120, blank=True)
    audience = models.CharField(
        _("qui voit ce contact"), max_length=15, choices=taxonomy.AUDIENCES.choices, default="public"
    )
    hours = models.CharField(_("horaires"), max_length=255, blank=True)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    verified_on = models.DateField(_("vérifié le"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.label or self.value
