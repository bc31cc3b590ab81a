"""Nothing that hides is in what is sent to Elasticsearch; and who may count what is as everywhere."""

import json

import pytest
from django.core.cache import cache

from search import national
from search.backends.elastic.client import Budget, search
from search.backends.elastic.mapping import alias_of
from tests.leaking.corpus import VIEWERS, Corpus
from tests.leaking.counting import beacons_are_found, counts_ignore_what_is_reserved

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(canaries_and_pages: Corpus, own_indexes: None, db: None) -> Corpus:
    cache.clear()
    national.rebuild()
    return canaries_and_pages


def held(kind: str) -> str:
    """All that the server holds, as it was sent."""
    hits = search(alias_of(kind), {"query": {"match_all": {}}, "size": 1000}, Budget(60))["hits"]["hits"]
    assert hits
    return " ".join(json.dumps(hit["_source"], ensure_ascii=False) for hit in hits)


def test_it_holds_public_points_and_no_contact(corpus: Corpus) -> None:
    """Of reserved services, their own words, as in the embedded index: who may not see them counts none."""
    services, pages = held("services"), held("pages")
    assert "phare" in services
    kept = ("reserved name", "reserved summary", "team name", "shelter", "organisation with nothing")
    for secret in corpus.secrets:
        if not secret.label.startswith(kept):
            assert not secret.pattern.search(services), secret.label
        assert not secret.pattern.search(pages), secret.label


@pytest.mark.parametrize("viewer", VIEWERS)
def test_beacons_are_found_by_their_readers_only(corpus: Corpus, viewer: str) -> None:
    beacons_are_found(corpus, viewer, "elasticsearch")


def test_counts_ignore_what_is_reserved(corpus: Corpus) -> None:
    counts_ignore_what_is_reserved(corpus, "elasticsearch")
