"""The directory and the pages of canaries, planted once for the tests of a module that only read them."""

from collections.abc import Iterator
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


def _planted_once(*, with_pages: bool) -> Any:
    @pytest.fixture(scope="module")
    def corpus(
        django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Corpus]:
        folder = str(tmp_path_factory.mktemp("media"))
        stored: dict[str, Any] = {"MEDIA_ROOT": folder, "STORAGES": settings.STORAGES | ON_DISK}
        with override_settings(**stored), kept_for_a_module(django_db_blocker):
            keep_page_tree()
            corpus = planted.plant()
            if with_pages:
                plant_pages(corpus)
            rebuild()
            yield corpus

    return corpus


canaries = _planted_once(with_pages=False)
canaries_and_pages = _planted_once(with_pages=True)
