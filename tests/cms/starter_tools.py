"""A site without a page of its own, and the pages that it starts with."""

from wagtail.models import Locale, Page, Site

from cms.starter.files import starter_pages
from cms.starter.loading import create_starter_site
from directory.reference import load_actor_types, load_helplines

ALL = len(starter_pages("fr")) + len(starter_pages("en"))


def empty_site() -> None:
    """As Wagtail leaves it: its welcome page at the root of the site."""
    load_actor_types()
    load_helplines()
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    for page in Page.objects.filter(depth=2):
        page.delete()
    root.refresh_from_db()
    welcome = root.add_child(instance=Page(title="Welcome", slug="home", locale=locale))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def make_pages() -> dict[str, int]:
    return create_starter_site(lambda text: None)
