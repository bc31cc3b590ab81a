"""The pages that a new site starts with, made on an empty one; test_starter_kept.py: what becomes of them."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from cms import models
from directory.models import ActorType
from tests.cms.starter_tools import ALL, empty_site, make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_site(db: None) -> None:
    empty_site()


def test_a_welcome_page_that_somebody_used_stays() -> None:
    welcome = Page.objects.get(slug="home")
    welcome.add_child(instance=Page(title="À nous", slug="a-nous"))
    make_pages()
    assert Page.objects.filter(slug="a-nous").exists()
    assert Client().get("/a-nous/").status_code == 404  # it is under no site any more
    assert Client().get("/guides/").status_code == 200


def test_the_root_of_the_tree_is_never_a_welcome_page() -> None:
    root = Page.get_first_root_node()
    Page.objects.get(slug="home").delete()
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    make_pages()
    assert Page.objects.filter(pk=root.pk).exists()
    assert Client().get("/guides/").status_code == 200


def test_the_command_says_what_it_needs_and_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_starter_site")
    assert f"{ALL} page(s) créée(s)" in capsys.readouterr().out
    models.MeasurePage.objects.all().delete()
    ActorType.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference"):
        call_command("create_starter_site")
