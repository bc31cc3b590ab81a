"""Who runs this site: what the law wants to be said, filled in by them, never invented by us."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site", order=100)
class Operator(BaseSiteSetting):
    name = models.CharField(_("nom de l’exploitant"), max_length=160, blank=True)
    address = models.TextField(_("adresse de l’exploitant"), blank=True)
    director = models.CharField(
        _("responsable de la publication"), max_length=160, blank=True,
        help_text=_("La loi demande un nom ou une fonction."),
    )  # fmt: skip
    contact_email = models.EmailField(
        _("adresse de contact"), blank=True, help_text=_("Une boîte commune, lue par plusieurs personnes.")
    )
    host_name = models.CharField(_("nom de l’hébergeur"), max_length=160, blank=True)
    host_address = models.TextField(_("adresse de l’hébergeur"), blank=True)
    data_officer = models.CharField(
        _("délégué à la protection des données"), max_length=200, blank=True,
        help_text=_("Une fonction et le moyen de la joindre."),
    )  # fmt: skip
    legal_basis = models.TextField(_("base légale des traitements"), blank=True)
    retention = models.TextField(_("durées de conservation"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("address"), FieldPanel("director"), FieldPanel("contact_email")],
            heading=_("Qui publie"),
        ),
        MultiFieldPanel([FieldPanel("host_name"), FieldPanel("host_address")], heading=_("Qui héberge")),
        MultiFieldPanel(
            [FieldPanel("data_officer"), FieldPanel("legal_basis"), FieldPanel("retention")],
            heading=_("Données personnelles"),
        ),
    ]

    class Meta:
        verbose_name = _("exploitant du site")
        verbose_name_plural = _("exploitants du site")
        ordering = ["pk"]
