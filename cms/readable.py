"""Which pages may be read, and what is told of them: the only rule, for the site, its lists and its search.

A page is read when it and all that contains it are published, and nobody kept it private. One kept for those
who sign in is read by them; whatever else Wagtail's privacy offers (groups, passwords) opens nothing here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from cms.typed_contacts import with_bare_keys
from directory.visibility import Viewer

_FRENCH = "fr"
_SITE_DEPTH = 2  # the home pages, one a language, under the tree's own root


@dataclass(frozen=True)
class PageCard:
    """A page in a list. `language` is that of its words, which may not be the reader's."""

    pk: int
    title: str
    kind: str
    url: str
    summary: str
    updated_on: date
    language: str


def readable_pages(viewer: Viewer) -> QuerySet[Page]:
    """Those that `viewer` may read, in the order of the tree. A translation is read when its original is."""
    french = Q(locale__language_code=_FRENCH)
    originals = _shown_to(viewer).filter(french, translation_key=OuterRef("translation_key"))
    return _shown_to(viewer).filter(french | Exists(originals)).order_by("path")


def _shown_to(viewer: Viewer) -> QuerySet[Page]:
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    # Whatever its time is over for, though the clock that withdraws it has not passed yet.
    unread = Q(live=False) | Q(expire_at__lte=timezone.now())
    above = Page.objects.filter(unread, depth__gte=_SITE_DEPTH).annotate(below=path)
    kept = PageViewRestriction.objects.annotate(below=path)
    if not viewer.is_anonymous:
        kept = kept.exclude(restriction_type=PageViewRestriction.LOGIN)
    return (
        Page.objects.live()
        .filter(depth__gte=_SITE_DEPTH)
        .exclude(Exists(above.filter(below__startswith=F("path"))))
        .exclude(Exists(kept.filter(below__startswith=F("page__path"))))
    )


def address_of(url_path: str) -> str:
    """ "/accueil/guides/x/" → "/guides/x/": the home page of each language stands at the root."""
    return "/" + url_path.split("/", 2)[2]


def page_at(path: str, viewer: Viewer) -> Any | None:
    """The page of that address ("guides/x/"), in the reader's language when it is translated, or None."""
    found = (
        readable_pages(viewer).filter(depth__gt=_SITE_DEPTH - (not path), url_path=_in_french(path)).first()
    )
    if found is None:
        return None
    return translated(found, viewer).specific


def _in_french(path: str) -> Any:
    """Addresses are those of the French tree, whatever language is read."""
    site = Page.objects.filter(sites_rooted_here__isnull=False).order_by("path").values("url_path")[:1]
    return Concat(site, Value(path))


def translated(page: Page, viewer: Viewer) -> Page:
    """The page in the language of the moment when that is readable, else itself: no query in French.

    A copy that Wagtail made to hold a translated child (an alias) is in French still: it translates nothing.
    """
    language = get_language() or _FRENCH
    if language == _FRENCH:
        return page
    others = readable_pages(viewer).filter(
        translation_key=page.translation_key, locale__language_code=language, alias_of=None
    )
    return others.first() or page


def addresses_for(viewer: Viewer) -> dict[int, str]:
    rows = readable_pages(viewer).values_list("pk", "url_path")
    return {pk: address_of(url_path) for pk, url_path in rows}


def cards_of(keys: Collection[int], viewer: Viewer) -> list[PageCard]:
    """The readable ones among `keys`, in their order, in the reader's language: one query in French."""
    found = {page.pk: page for page in listed(readable_pages(viewer).filter(pk__in=keys))}
    return [card_of(translated(found[key], viewer), found[key]) for key in keys if key in found]


def listed(pages: QuerySet[Page]) -> QuerySet[Page]:
    """With what a card reads: plain pages, whatever their kind."""
    return pages.select_related("locale", "content_type")


def card_of(shown: Page, original: Page) -> PageCard:
    """`shown` is `original` or its translation; the address is that of the original."""
    return PageCard(
        pk=original.pk,
        title=shown.title,
        kind=str(kind_of(original).kind_label),
        url=address_of(original.url_path),
        summary=with_bare_keys(shown.search_description),
        updated_on=timezone.localdate(shown.last_published_at or shown.latest_revision_created_at),
        language=shown.locale.language_code,
    )


def kind_of(page: Page) -> Any:
    """The model of a page, without loading more of it."""
    return page.cached_content_type.model_class()
