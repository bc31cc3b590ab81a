"""What the tests of the search may ask for."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from search import sources
from tests.planting import kept_for_a_module
from tests.search.asked import plant
from tests.search.library import Library
from tests.search.shipped import shipped_words


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The types and the lexicon as shipped, for a whole module."""
    with shipped_words(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def situations(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A territory with the rules and the lexicon as shipped (`tests.search.asked`), for a whole module."""
    with kept_for_a_module(django_db_blocker):
        plant()
        yield


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The only source of pages while the test runs; those of the site come back after it."""
    monkeypatch.setattr(sources, "_registered", {})
    library = Library()
    sources.register(library)
    return library
