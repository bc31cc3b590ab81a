"""The home page: the search, which is the site's own, and what editors put around it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import Body
from cms.models.base import SitePage


class HomePage(SitePage):
    """Without a heading or a summary, the site's own are shown, in the reader's language."""

    body = StreamField(Body(), verbose_name=_("autour de la recherche"), blank=True)

    is_creatable = True
    template = "cms/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.GuideIndexPage", "cms.StandardPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.views import home_context  # which reads pages, and so these models

        return super().get_context(request, *args, **kwargs) | home_context(request)

    class Meta:
        verbose_name = _("accueil")
        verbose_name_plural = _("accueils")
