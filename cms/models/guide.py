"""Guides: an index, guides, and their chapters in order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import Body
from cms.models.base import ReviewedPage, SitePage


class GuideIndexPage(SitePage):
    """A shelf: guides, measures or resources, listed."""

    body = StreamField(Body(), verbose_name=_("introduction"), blank=True)

    is_creatable = True
    template = "cms/index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage", "cms.ReflexSheetPage", "cms.MeasurePage", "cms.ResourcePage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("rayon")
        verbose_name_plural = _("rayons")


class GuidePage(ReviewedPage):
    """The cover of a guide; its chapters are its children, in the order of the tree."""

    is_creatable = True
    kind = "guide"
    kind_label = _("Guide")
    template = "cms/guide.html"
    paper_template = "cms/paper/guide.html"
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types = ["cms.ChapterPage"]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")


class ChapterPage(ReviewedPage):
    is_creatable = True
    kind = "chapitre"
    kind_label = _("Chapitre")
    template = "cms/chapter.html"
    parent_page_types = ["cms.GuidePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("chapitre")
        verbose_name_plural = _("chapitres")
