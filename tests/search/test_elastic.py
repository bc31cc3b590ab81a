"""The engine of a national directory keeps the same contract, on a real server."""

import pytest

from search import indexing, national, tasks
from search.backends.elastic.backend import ElasticBackend
from tests.search.contract import BackendContract

pytestmark = pytest.mark.usefixtures("elastic")


class TestElastic(BackendContract):
    backend = ElasticBackend()

    def index(self) -> None:
        indexing.rebuild()  # the words that typos are compared with
        national.sync()

    def drop(self, *ids: int) -> None:
        indexing.refresh(ids)
        tasks.send_services(ids)

    def follow_pages(self, *keys: str) -> None:
        super().follow_pages(*keys)
        tasks.send_pages("library", keys)
