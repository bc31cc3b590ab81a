"""Pages of the site in one line each: a home page at the root, shelves, guides with chapters, sheets."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Collection, Locale, Page, Site

from cms import models
from directory.models import ActorType
from tests.factories import ActorTypeFactory


def make_home(**fields: Any) -> models.HomePage:
    """The site's root, made once; what `live_server` flushed of Wagtail's own tree comes back with it."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    Collection.objects.get_or_create(depth=1, defaults={"name": "Root", "path": "0001", "numchild": 0})
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    found = models.HomePage.objects.filter(slug="accueil", locale=locale).first()
    home = found or root.add_child(
        instance=models.HomePage(**{"title": "Accueil", "slug": "accueil", "locale": locale} | fields)
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home


def make_page(model: type[Any], parent: Page, slug: str, body: Sequence[Any] = (), **fields: Any) -> Any:
    """A published page (`live=False`: a draft). `body`: [("text", "<p>…</p>"), ("danger", {…})…]."""
    live = fields.pop("live", True)
    page = model(**{"title": slug.capitalize().replace("-", " "), "slug": slug, "live": False} | fields)
    page.body = model.body.field.stream_block.to_python(
        [{"type": name, "value": value} for name, value in body]
    )
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def make_shelf(slug: str = "guides", **fields: Any) -> models.GuideIndexPage:
    found = models.GuideIndexPage.objects.filter(slug=slug).first()
    return found or make_page(models.GuideIndexPage, make_home(), slug, **fields)


def make_guide(slug: str = "guide-essai", body: Sequence[Any] = (), **fields: Any) -> models.GuidePage:
    return make_page(models.GuidePage, make_shelf(), slug, body, **fields)


def make_chapter(guide: models.GuidePage, slug: str, body: Sequence[Any] = (), **fields: Any) -> Any:
    return make_page(models.ChapterPage, guide, slug, body, **fields)


def make_reflex(slug: str = "fiche-essai", body: Sequence[Any] = (), **fields: Any) -> models.ReflexSheetPage:
    return make_page(models.ReflexSheetPage, make_shelf(), slug, body, **fields)


def make_measure(slug: str = "fiche-tgd", body: Sequence[Any] = (), **fields: Any) -> models.MeasurePage:
    kind: ActorType = fields.pop("actor_type", None) or ActorTypeFactory(slug="tgd")
    return make_page(models.MeasurePage, make_shelf("mesures"), slug, body, actor_type=kind, **fields)


def make_standard(slug: str = "page-essai", body: Sequence[Any] = (), **fields: Any) -> models.StandardPage:
    return make_page(models.StandardPage, make_home(), slug, body, **fields)
