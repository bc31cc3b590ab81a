"""What the tests of the search may ask for."""

import pytest

from search import sources
from tests.search.library import Library


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The only source of pages while the test runs; those of the site come back after it."""
    monkeypatch.setattr(sources, "_registered", {})
    library = Library()
    sources.register(library)
    return library
