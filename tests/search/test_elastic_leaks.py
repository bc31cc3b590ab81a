"""Nothing that hides is in what is sent to Elasticsearch; and who may count what is as everywhere."""

import json

import pytest
from django.core.cache import cache

from search import indexing, national
from search.backends import guarded
from search.backends.elastic.client import Budget, search
from search.backends.elastic.mapping import alias_of
from tests.directory.admin_tools import keep_page_tree
from tests.leaking import corpus as planted
from tests.leaking.corpus import VIEWERS, Corpus
from tests.leaking.page_corpus import plant_pages
from tests.leaking.readers import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(own_indexes: None, stored_in_files: None) -> Corpus:
    cache.clear()
    keep_page_tree()
    corpus = planted.plant()
    plant_pages(corpus)
    indexing.rebuild()
    national.rebuild()
    return corpus


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
    client = client_of(viewer, corpus)
    for key in ("public", "reserved", "own", "shelter", "reserved-05"):
        service = corpus.services[key]
        readers = next(readers for beacon, readers in corpus.beacons.values() if beacon == key)
        answer = client.get("/api/v1/search", {"q": service.name, "limit": 100}).json()
        assert answer["engine"] == "elasticsearch", guarded.BREAKER.reason
        ids = [one["id"] for one in answer["services"]]
        assert (service.public_id in ids) is (viewer in readers), (viewer, key)
        assert answer["total"] == len(ids)


def test_counts_ignore_what_is_reserved(corpus: Corpus) -> None:
    seen = {}
    for viewer in VIEWERS:
        answer = client_of(viewer, corpus).get("/api/v1/search", {"limit": 100}).json()
        assert answer["engine"] == "elasticsearch"
        counted = sum(value["count"] for value in answer["facets"]["type"])
        assert answer["total"] == len(answer["services"]) == counted, viewer
        seen[viewer] = answer["total"]
    assert seen["anonymous"] < seen["pro-38"] < seen["coordinator-38"] < seen["administrator"]
