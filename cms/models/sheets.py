"""Pages that hold in one sheet: reflexes, measures, resources, and the pages about the site."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import SiteBody
from cms.models.base import ReviewedPage, SitePage
from cms.models.files import SiteDocument
from directory.models import ActorType


class ReflexSheetPage(ReviewedPage):
    """One printable page: what to do, in order."""

    is_creatable = True
    kind = "fiche-reflexe"
    kind_label = gettext_lazy("Fiche réflexe")
    template = "cms/reflex.html"
    paper_template = "cms/paper/reflex.html"
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = gettext_lazy("fiche réflexe")
        verbose_name_plural = gettext_lazy("fiches réflexes")


class MeasurePage(ReviewedPage):
    """What a judge or a prosecutor may decide. Joined to the type sheet of the measure, which says less."""

    actor_type = models.ForeignKey(
        ActorType, on_delete=models.PROTECT, related_name="+", limit_choices_to={"kind": "mesure"},
        verbose_name=gettext_lazy("fiche du type"),
    )  # fmt: skip
    what = models.TextField(gettext_lazy("ce que c’est"), blank=True)
    for_whom = models.TextField(gettext_lazy("pour qui"), blank=True)
    who_decides = models.TextField(gettext_lazy("qui décide"), blank=True)
    who_to_ask = models.TextField(gettext_lazy("à qui demander"), blank=True)

    is_creatable = True
    kind = "mesure"
    read_texts = (*SitePage.read_texts, "what", "for_whom", "who_decides", "who_to_ask")
    kind_label = gettext_lazy("Mesure")
    template = "cms/measure.html"
    paper_template = "cms/paper/reflex.html"
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("actor_type"),
        MultiFieldPanel(
            [FieldPanel("what"), FieldPanel("for_whom"), FieldPanel("who_decides"), FieldPanel("who_to_ask")],
            heading=gettext_lazy("En bref"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = gettext_lazy("mesure")
        verbose_name_plural = gettext_lazy("mesures")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known, as (label, text)."""
        told = [
            (_("Ce que c’est"), self.what),
            (_("Pour qui"), self.for_whom),
            (_("Qui décide"), self.who_decides),
            (_("À qui demander"), self.who_to_ask),
        ]
        return [(label, text) for label, text in told if text]


class ResourcePage(ReviewedPage):
    """A leaflet, a poster, a convention: the document, and what one must know before opening it."""

    SORTS = [
        ("plaquette", gettext_lazy("Plaquette")),
        ("affiche", gettext_lazy("Affiche")),
        ("convention", gettext_lazy("Convention")),
        ("charte", gettext_lazy("Charte")),
        ("protocole", gettext_lazy("Protocole")),
        ("autre", gettext_lazy("Autre document")),
    ]

    sort = models.CharField(gettext_lazy("nature"), max_length=12, choices=SORTS, default="plaquette")
    document = models.ForeignKey(
        SiteDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=pgettext_lazy("fichier", "document"),
        help_text=gettext_lazy("Son nom devient neutre, et ce qu’il dit de son auteur est retiré."),
    )  # fmt: skip
    publisher = models.CharField(gettext_lazy("publié par"), max_length=160, blank=True)
    published_on = models.DateField(gettext_lazy("daté du"), null=True, blank=True)
    for_whom = models.CharField(gettext_lazy("pour qui"), max_length=160, blank=True)

    is_creatable = True
    kind = "ressource"
    kind_label = gettext_lazy("Ressource")
    template = "cms/resource.html"
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("sort"), FieldPanel("document"), FieldPanel("publisher"), FieldPanel("published_on"),
             FieldPanel("for_whom")],
            heading=gettext_lazy("Le document"),
        ),
        FieldPanel("body"),
    ]  # fmt: skip

    class Meta:
        verbose_name = gettext_lazy("ressource")
        verbose_name_plural = gettext_lazy("ressources")

    def clean(self) -> None:
        super().clean()
        if self.document and not self.summary:
            raise ValidationError({"summary": _("Dites en une phrase ce que contient le document.")})


class StandardPage(SitePage):
    """About the site itself: safety, accessibility, legal matters."""

    body = StreamField(SiteBody(), verbose_name=gettext_lazy("contenu"), blank=True)

    is_creatable = True
    template = "cms/standard.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = gettext_lazy("page du site")
        verbose_name_plural = gettext_lazy("pages du site")
