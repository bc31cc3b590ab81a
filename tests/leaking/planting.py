"""The directory and the pages of canaries, planted once for the tests of a module that only read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from search.indexing import rebuild
from tests.directory.admin_tools import keep_page_tree
from tests.leaking import corpus as planted
from tests.leaking.corpus import Corpus
from tests.leaking.page_corpus import plant_pages
from tests.planting import kept_for_a_module

ON_DISK = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}


@pytest.fixture(scope="module")
def canaries(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    """The directory alone."""
    with _planted_once(django_db_blocker, tmp_path_factory.mktemp("media"), with_pages=False) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def canaries_and_pages(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    with _planted_once(django_db_blocker, tmp_path_factory.mktemp("media"), with_pages=True) as corpus:
        yield corpus


@contextmanager
def _planted_once(blocker: DjangoDbBlocker, folder: Path, *, with_pages: bool) -> Iterator[Corpus]:
    stored: dict[str, Any] = {"MEDIA_ROOT": str(folder), "STORAGES": settings.STORAGES | ON_DISK}
    with override_settings(**stored), kept_for_a_module(blocker):
        keep_page_tree()
        corpus = planted.plant()
        if with_pages:
            plant_pages(corpus)
        rebuild()
        yield corpus
