"""What the shipped pages say: nothing that grows old, nothing that leads nowhere, nothing that tells."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from cms import models
from cms.checks import findings_of
from cms.page_texts import blocks_named
from cms.starter.files import starter_pages
from cms.starter.loading import create_starter_site
from directory import demo, taxonomy
from directory.discretion import telling_words
from directory.models import ActorType
from directory.reference import load_actor_types, load_communes, load_helplines
from search.indexing import rebuild
from tests.planting import kept_for_a_module

pytestmark = pytest.mark.django_db
# « un titre de séjour, désigné par le sigle APS »: the sentence is their definition.
SAID_IN_THE_TEXT = ("APS", "AFIS")


@pytest.fixture(scope="module")
def _site_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept_for_a_module(django_db_blocker):
        load_actor_types()
        load_helplines()
        create_starter_site(lambda text: None)
        yield


@pytest.fixture(autouse=True)
def _site(_site_of_the_module: None, db: None) -> None:
    """Six seconds, once a module."""


def _pages(language: str = "fr") -> list[Any]:
    found = Page.objects.filter(depth__gt=1, locale__language_code=language, alias_of=None)
    return list(found.specific().order_by("path"))


def test_every_page_would_pass_the_forms_of_editors() -> None:
    """No typed contact, no unknown type or number, trees whose answers lead somewhere."""
    for page in [*_pages("fr"), *_pages("en")]:
        page.full_clean()
        page._meta.get_field("body").stream_block.clean(page.body)


def test_titles_addresses_and_versions_tell_nothing() -> None:
    for page in [*_pages("fr"), *_pages("en")]:
        assert telling_words(f"{page.title} {page.slug} {page.url_path}") == [], page.url_path


def test_checks_find_nothing_to_mend_beside_the_demonstration() -> None:
    """Live blocks find somebody somewhere, links lead on, acronyms have their sheets."""
    load_communes()
    demo.load()
    rebuild()
    found = {
        (page.url_path, one.kind, one.text)
        for page in [*_pages("fr"), *_pages("en")]
        for one in findings_of(page)
        if one.kind in ("lien", "annuaire", "sigle", "image")
    }
    assert {one for one in found if not any(f"« {said} »" in one[2] for said in SAID_IN_THE_TEXT)} == set()


def test_there_are_twelve_chapters_and_eleven_measures() -> None:
    guide = models.GuidePage.objects.get(slug="guide-mineurs", locale__language_code="fr")
    chapters = models.ChapterPage.objects.child_of(guide).live().order_by("path")
    assert chapters.count() == 12
    assert [page.slug for page in chapters][:2] == ["danger-immediat", "reperer"]
    assert models.MeasurePage.objects.filter(locale__language_code="fr").live().count() == 11
    assert models.ReflexSheetPage.objects.filter(locale__language_code="fr").live().count() == 5


def test_subjects_are_those_of_the_vocabularies() -> None:
    types = set(ActorType.objects.values_list("slug", flat=True)) | set(dict(taxonomy.VIRTUAL_TYPES.choices))
    for page in _pages():
        assert set(getattr(page, "types", [])) <= types, page.slug
        assert set(getattr(page, "violences", [])) <= set(dict(taxonomy.VIOLENCES.choices)), page.slug
        assert set(getattr(page, "publics", [])) <= set(dict(taxonomy.PUBLICS.choices)), page.slug


def test_english_pages_have_the_blocks_of_the_french() -> None:
    french = {page.translation_key: page for page in _pages()}
    copies = _pages("en")
    assert len(copies) == len(starter_pages("en"))
    for page in copies:
        original = french[page.translation_key]
        assert [one.block_type for one in page.body] == [one.block_type for one in original.body], page.slug
        assert page.title != original.title or page.slug == original.slug
        assert page.heading != original.heading or not page.heading, page.slug


def test_a_legal_card_says_where_it_comes_from() -> None:
    for page in _pages():
        for card in blocks_named(page.body, "law"):
            assert card["source_url"].startswith("https://"), (page.slug, card["reference"])
            assert card["reference"], page.slug


def test_nothing_claims_a_review_that_nobody_made() -> None:
    for page in _pages():
        assert getattr(page, "reviewed_on", None) is None, page.slug
