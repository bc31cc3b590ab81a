"""What every test may ask for: viewers of each kind, and a small real territory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from directory.models import Commune
from directory.visibility import ANONYMOUS, Kind, Viewer
from tests.emptying import empty_database
from tests.leaking.planting import canaries, canaries_and_pages
from tests.search.elastic_tools import elastic, own_indexes, shared_prefix
from tests.territory import load_communes

__all__ = ["canaries", "canaries_and_pages", "elastic", "own_indexes", "shared_prefix"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The questions first: one process asks them all for minutes, the others do the rest meanwhile."""
    items.sort(key=lambda item: "tests/relevance/test_relevance" not in item.nodeid)


@pytest.fixture(autouse=True)
def _one_language_a_test() -> Iterator[None]:
    """A request in English leaves its thread in English: the next test starts in French again."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_its_rows() -> Iterator[None]:
    """After each test that commits (those of a browser): see `emptying`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_database)
        yield


@pytest.fixture
def stored_in_files(settings: Any, tmp_path: Path) -> None:
    """Files on a disk, as in production: Wagtail hands out a document from its path."""
    settings.MEDIA_ROOT = str(tmp_path)
    kept = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.STORAGES = settings.STORAGES | kept


@pytest.fixture
def viewer_anonymous() -> Viewer:
    return ANONYMOUS


@pytest.fixture
def viewer_pro_38() -> Viewer:
    return Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"38"}))


@pytest.fixture
def viewer_pro_05() -> Viewer:
    return Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"05"}))


@pytest.fixture
def viewer_coordinator_38() -> Viewer:
    return Viewer(Kind.COORDINATOR, coordinates=frozenset({"38"}))


@pytest.fixture
def viewer_administrator() -> Viewer:
    return Viewer(Kind.ADMINISTRATOR)


@pytest.fixture
def communes(db: None) -> dict[str, Commune]:
    """Twenty real communes of 38, 05, 04 and Lyon, by INSEE code, with the area of each department."""
    return load_communes()
