"""Files → pages. What somebody changed since is never touched; what somebody deleted does not come back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms import models
from cms.models.starter import StarterRecord
from cms.starter.files import ENGLISH, FRENCH, StarterPage, fields_for, starter_pages
from cms.starter.links import Links
from directory.models import ActorType

MODELS: Mapping[str, type[Any]] = {
    "home": models.HomePage,
    "index": models.GuideIndexPage,
    "guide": models.GuidePage,
    "chapter": models.ChapterPage,
    "reflex": models.ReflexSheetPage,
    "measure": models.MeasurePage,
    "resource": models.ResourcePage,
    "standard": models.StandardPage,
}
Say = Callable[[str], None]


@transaction.atomic
def create_starter_site(say: Say) -> dict[str, int]:
    """Make or refresh the starter pages; returns how many were made, refreshed and left alone."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in (FRENCH, ENGLISH)}
    counts = {"made": 0, "refreshed": 0, "left": 0}
    home = _home(locales[FRENCH])
    pages = _stand(starter_pages(FRENCH), home)
    links = Links({slug: page.pk for slug, page in pages.items()})
    for shipped in starter_pages(FRENCH):
        if shipped.slug in pages:
            _write(shipped, pages[shipped.slug], links, counts)
            say(f"{shipped.slug}")
    for shipped in starter_pages(ENGLISH):
        page = _translation(shipped, pages, locales[ENGLISH])
        if page:
            _write(shipped, page, links, counts)
            say(f"{shipped.slug} (en)")
    return counts


def _home(locale: Locale) -> Page:
    """The root of the site: Wagtail's own welcome page gives way to ours."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and isinstance(site.root_page.specific, models.HomePage):
        return site.root_page
    home = models.HomePage(title="Accueil", slug="accueil", locale=locale)
    Page.get_first_root_node().add_child(instance=home)
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return home
    welcome, site.root_page = site.root_page, home
    site.save()
    # Where the site stood on the root of the tree, our page is now under it: never that one.
    if welcome.specific_class is Page and not (welcome.is_root() or welcome.get_children().exists()):
        welcome.delete()
    return home


# --- Standing: every page has a key before any body links to it ------------------------------------------


def _stand(shipped: tuple[StarterPage, ...], home: Page) -> dict[str, Page]:
    """Slug → page, made empty where it is missing; those that somebody deleted are left out."""
    pages: dict[str, Page] = {}
    for one in shipped:
        record = StarterRecord.objects.filter(language=one.language, slug=one.slug).first()
        page = _standing(one, record, home)
        if page is None and record is None:
            parent = pages.get(one.parent, home if not one.parent else None)
            page = _add(one, parent) if parent else None
        if page is not None:
            pages[one.slug] = page
    return pages


def _standing(one: StarterPage, record: StarterRecord | None, home: Page) -> Page | None:
    if one.model == "home":
        return Page.objects.get(pk=home.pk).specific
    if record is not None:
        return record.page.specific if record.page else None
    found = Page.objects.descendant_of(home).filter(slug=one.slug).type(MODELS[one.model]).first()
    return found.specific if found else None


def _add(one: StarterPage, parent: Page) -> Page:
    page = MODELS[one.model](slug=one.slug, live=False, **_fields(one))
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def _translation(one: StarterPage, pages: Mapping[str, Page], locale: Locale) -> Page | None:
    original = pages.get(one.slug)
    if original is None:
        return None
    found = Page.objects.filter(translation_key=original.translation_key, locale=locale).first()
    if found:
        return found.specific
    if StarterRecord.objects.filter(language=one.language, slug=one.slug).exists():
        return None  # it was deleted
    return Page.objects.get(pk=original.pk).specific.copy_for_translation(locale, copy_parents=True)


# --- Writing -----------------------------------------------------------------------------------------------


def _write(one: StarterPage, page: Page, links: Links, counts: dict[str, int]) -> None:
    """Publish what is shipped, unless somebody wrote on the page, or withdrew it, since we last did."""
    # As it stands in the tree now: the one at hand was read before its children were added.
    page = Page.objects.get(pk=page.pk).specific
    record = StarterRecord.objects.filter(language=one.language, slug=one.slug).first()
    is_theirs = record and (record.revision != page.latest_revision_id or not page.live)
    if record and (is_theirs or record.digest == one.digest):
        counts["left"] += 1
        return
    if record is None and page.latest_revision_id and page.locale.language_code == FRENCH:
        counts["left"] += 1  # somebody made a page of that name before us
        StarterRecord.objects.create(language=one.language, slug=one.slug, page=page)
        return
    for name, value in _fields(one).items():
        setattr(page, name, value)
    page.body = page._meta.get_field("body").stream_block.to_python(links.body(one))
    revision = page.save_revision(changed=True)
    revision.publish()
    StarterRecord.objects.update_or_create(
        language=one.language, slug=one.slug,
        defaults={"page": page, "digest": one.digest, "revision": revision.pk},
    )  # fmt: skip
    counts["refreshed" if record else "made"] += 1


def _fields(one: StarterPage) -> dict[str, Any]:
    fields = fields_for(one, MODELS[one.model])
    slug = fields.pop("actor_type", None)
    if slug:
        fields["actor_type"] = ActorType.objects.get(slug=slug)
    return fields
