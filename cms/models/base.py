"""What every page has: a title that tells nothing, a heading that may, and blocks."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import Body
from cms.blocks.words import refuse_typed_in
from cms.discreet import refuse_taken, refuse_telling
from cms.forms import DiscreetCopyForm, DiscreetForm, SubjectsForm
from cms.panels import ChecksPanel
from cms.readable import address_of


class SitePage(Page):
    """`title` is read in the tab, the history and lists; `heading` on the page itself."""

    heading = models.CharField(
        gettext_lazy("titre dans la page"), max_length=120, blank=True,
        help_text=gettext_lazy("Peut dire simplement de quoi il s’agit. Vide : le même que le titre."),
    )  # fmt: skip
    summary = models.CharField(
        gettext_lazy("en une phrase ou deux"), max_length=300, blank=True,
        help_text=gettext_lazy("Sous le titre, dans les listes et les résultats."),
    )  # fmt: skip

    is_creatable = False
    kind = "page"  # what the search calls it
    kind_label: Any = ""
    template = "cms/standard.html"
    read_texts: tuple[str, ...] = ("heading", "summary")  # read beside the blocks, and as strict
    paper_template = ""  # with one, the page can be had as a PDF
    show_in_menus_default = False
    # Passwords and groups would open nothing: cms/readable.py knows who signs in, and no more.
    private_page_options = ["login"]
    base_form_class = DiscreetForm
    copy_form_class = DiscreetCopyForm

    class Meta:
        abstract = True

    content_panels = [
        ChecksPanel(),
        TitleFieldPanel(
            "title",
            help_text=gettext_lazy(
                "Se lit dans l’onglet, l’historique et les noms de fichiers : aucun mot ne doit trahir la "
                "situation."
            ),
        ),
        FieldPanel("heading"),
        FieldPanel("summary"),
    ]
    promote_panels = [FieldPanel("slug")]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return address_of(self.url_path)

    @property
    def shown_heading(self) -> str:
        return self.heading or self.title

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """On paper too, where the page can be had so."""
        paper = [("paper", gettext_lazy("Sur papier"))] if self.paper_template else []
        return [("", gettext_lazy("À l’écran")), *paper]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Lists read the summary where every page has it: one query for all kinds of pages."""
        self.search_description = self.summary
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        refuse_telling({"title": self.title, "slug": self.slug, "seo_title": self.seo_title})
        refuse_taken(self.slug, self.get_parent() if self.path else None)
        refuse_typed_in({name: getattr(self, name) for name in self.read_texts})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.serving import context_of  # which reads pages, and so these models

        return super().get_context(request, *args, **kwargs) | context_of(self, request)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """A phone, a desk, and a sheet of paper where the page can be had so."""
        sizes = [
            {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Sur un téléphone")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Sur un ordinateur")},
        ]
        paper = {"name": "paper", "icon": "doc-full", "device_width": 794, "label": _("Largeur du papier")}
        return [*sizes, paper] if self.paper_template else sizes

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Shown in a frame of the form, under the page's own address: the public policy would refuse it."""
        return csp_replace({"frame-ancestors": [SELF]})(super().serve_preview)(request, mode_name)

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        is_paper = getattr(request, "preview_mode", "") == "paper" and self.paper_template
        return self.paper_template if is_paper else self.template


class ReviewedPage(SitePage):
    """A page that says who read it again, and when it must be."""

    body = StreamField(Body(), verbose_name=gettext_lazy("contenu"), blank=True)
    version = models.CharField(gettext_lazy("version"), max_length=20, blank=True)
    reviewed_on = models.DateField(gettext_lazy("relu le"), null=True, blank=True)
    reviewed_by = models.CharField(
        gettext_lazy("relu par"), max_length=120, blank=True,
        help_text=gettext_lazy("Une fonction, pas un nom : « parquet », « référente du Département »."),
    )  # fmt: skip
    review_by = models.DateField(gettext_lazy("à relire le"), null=True, blank=True)
    keywords = ArrayField(
        models.CharField(max_length=60), default=list, blank=True,
        verbose_name=gettext_lazy("mots que les gens tapent"),
        help_text=gettext_lazy("Séparés par des virgules. Jamais montrés : ils servent à trouver la page."),
    )  # fmt: skip
    types = ArrayField(
        models.CharField(max_length=60), default=list, blank=True,
        verbose_name=gettext_lazy("acteurs et mesures dont parle la page"),
    )  # fmt: skip
    violences = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=gettext_lazy("violences")
    )
    publics = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=gettext_lazy("publics")
    )

    base_form_class = SubjectsForm

    class Meta:
        abstract = True

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    promote_panels = [
        *SitePage.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("version"),
                FieldPanel("reviewed_on"),
                FieldPanel("reviewed_by"),
                FieldPanel("review_by"),
            ],
            heading=gettext_lazy("Relecture"),
        ),
        MultiFieldPanel(
            [FieldPanel("keywords"), FieldPanel("types"), FieldPanel("violences"), FieldPanel("publics")],
            heading=gettext_lazy("Trouver cette page"),
        ),
    ]

    @property
    def paper_address(self) -> str:
        return reverse("paper", args=[self.pk]) if self.paper_template else ""

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.review_by and self.review_by <= self.reviewed_on:
            raise ValidationError({"review_by": _("La prochaine relecture vient après la dernière.")})
        if self.reviewed_on and not self.reviewed_by:
            raise ValidationError({"reviewed_by": _("Dites quelle fonction a relu cette page.")})
