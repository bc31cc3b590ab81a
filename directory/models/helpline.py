"""National numbers: one central table, each with its source and date (domain.md §5, N1–N8)."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Helpline(models.Model):
    """A national number. Everything else refers to it by `key`, never by digits (N1)."""

    key = models.SlugField(_("identifiant"), max_length=20, unique=True)
    number = models.CharField(
        _("numéro composé"), max_length=20, blank=True, help_text=_("Vide pour un service en ligne.")
    )
    display = models.CharField(_("numéro affiché"), max_length=40)
    label = models.CharField(_("nom"), max_length=80)
    for_whom = models.CharField(_("pour qui"), max_length=300)
    hours = models.CharField(_("horaires"), max_length=120, blank=True)
    always_open = models.BooleanField(_("jour et nuit"), default=False)
    cost = models.CharField(_("coût"), max_length=120, blank=True)
    trace = models.CharField(_("trace laissée"), max_length=200, blank=True)
    url = models.URLField(_("adresse en ligne"), blank=True)
    written = models.BooleanField(_("joignable par écrit"), default=False)
    emergency = models.BooleanField(
        _("urgence"), default=False, help_text=_("Toujours montré et compté comme ouvert (N3).")
    )
    displayed = models.BooleanField(_("affiché"), default=True)
    source = models.CharField(_("source"), max_length=300)
    source_date = models.CharField(_("date de la source"), max_length=40, blank=True)
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)
    checked_by = models.CharField(_("vérifié par"), max_length=80, blank=True)
    recheck_by = models.DateField(_("à revérifier avant le"), null=True, blank=True)
    conflict = models.CharField(
        _("contradiction à lever"),
        max_length=300,
        blank=True,
        help_text=_("Tant qu’elle existe, aucun horaire."),
    )
    rank = models.PositiveSmallIntegerField(_("ordre"), default=0)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("numéro national")
        verbose_name_plural = _("numéros nationaux")
        ordering = ["rank", "key", "pk"]

    def __str__(self) -> str:
        return f"{self.display} — {self.label}"

    def is_overdue(self, today: date | None = None) -> bool:
        """An empty `checked_on` counts as past (N3)."""
        today = today or timezone.localdate()
        return self.checked_on is None or self.recheck_by is None or self.recheck_by < today
