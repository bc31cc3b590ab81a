"""The pages about the site itself as they are shipped, where nobody has made them yet: never a dead link."""

from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Locale

from cms.models import StandardPage
from cms.starter.files import FRENCH, fields_for, starter_pages
from cms.starter.links import Links


def shipped_page(slug: str) -> StandardPage:
    """In the reader's language when shipped, in French otherwise; not saved. Http404 when there is none."""
    for language in (get_language() or FRENCH, FRENCH):
        for page in starter_pages(language if language in ("fr", "en") else FRENCH):
            if page.slug == slug and page.model == "standard":
                made = StandardPage(slug=slug, **fields_for(page, StandardPage), url_path=f"/-/{slug}/")
                made.locale = Locale(language_code=page.language)
                made.body = StandardPage.body.field.stream_block.to_python(Links({}).body(page))
                return made
    raise Http404
