"""A real server of Elasticsearch, with indexes of the tests' own."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from directory.visibility import ANONYMOUS
from search import indexing
from search.backends import current_backend, guarded
from search.backends.elastic import client
from search.backends.elastic.client import Indices
from search.question import Question
from tests.factories import ServiceFactory

EVERYTHING = Question(limit=100)

NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody listens
WITHOUT = "MAILLAGE_WITHOUT_ELASTICSEARCH"


def elastic_urls(settings: Settings) -> list[str]:
    """Of the server that `bin/test` started. Without one the tests fail, unless that was asked for."""
    if os.environ.get(WITHOUT) == "1":
        pytest.skip("asked for: --without-elasticsearch")
    urls: list[str] = settings.TEST_ELASTICSEARCH_URLS
    assert urls, "no ELASTICSEARCH_URL: run the tests by bin/test"
    return urls


def use(settings: Settings, urls: list[str], prefix: str, seconds: float = 20) -> None:
    """Elasticsearch answers from now on; a busy machine is given time."""
    settings.ELASTICSEARCH_URLS, settings.ELASTICSEARCH_PREFIX = urls, prefix
    settings.ELASTICSEARCH_TIMEOUT = seconds
    client.forget_server()
    guarded.BREAKER.succeeded()


@pytest.fixture(scope="session")
def shared_prefix() -> str:
    return f"test-{uuid4().hex[:12]}"


@pytest.fixture
def elastic(settings: Settings, shared_prefix: str) -> Iterator[None]:
    """The indexes are made once for all the tests of a process: each brings them up to date."""
    use(settings, elastic_urls(settings), shared_prefix)
    yield
    client.forget_server()
    guarded.BREAKER.succeeded()


@pytest.fixture
def own_indexes(settings: Settings) -> Iterator[None]:
    """Indexes that this test alone sees."""
    urls, prefix = elastic_urls(settings), f"test-{uuid4().hex[:12]}"
    use(settings, urls, prefix)
    yield
    use(settings, urls, prefix)  # the test may have pointed elsewhere
    indices = Indices()
    indices.drop(indices.named(f"{prefix}-*"))
    client.forget_server()
    guarded.BREAKER.succeeded()


def found(question: Question = EVERYTHING) -> tuple[str, set[int]]:
    """The engine that answered, and what it found."""
    backend = current_backend()
    hits = backend.find(question, None, ANONYMOUS, timezone.now()).hits
    return backend.name, {hit.service for hit in hits}


def five_services() -> set[int]:
    """Their keys; in the embedded index."""
    made = {ServiceFactory(name=f"Écoute {number}").pk for number in range(5)}
    indexing.rebuild()
    return made
