"""What each reader's search counts, whatever engine answers."""

from tests.leaking.corpus import VIEWERS, Corpus
from tests.leaking.readers import client_of


def beacons_are_found(corpus: Corpus, viewer: str, engine: str) -> None:
    """A reserved entry is found by those who may see it, and counts for nobody else."""
    client = client_of(viewer, corpus)
    for key in ("public", "reserved", "own", "shelter", "reserved-05"):
        service = corpus.services[key]
        readers = next(readers for beacon, readers in corpus.beacons.values() if beacon == key)
        answer = client.get("/api/v1/search", {"q": service.name, "limit": 100}).json()
        assert answer["engine"] == engine
        ids = [one["id"] for one in answer["services"]]
        assert (service.public_id in ids) is (viewer in readers), (viewer, key)
        assert answer["total"] == len(ids)


def counts_ignore_what_is_reserved(corpus: Corpus, engine: str) -> None:
    seen = {}
    for viewer in VIEWERS:
        answer = client_of(viewer, corpus).get("/api/v1/search", {"limit": 100}).json()
        assert answer["engine"] == engine
        counted = sum(value["count"] for value in answer["facets"]["type"])
        assert answer["total"] == len(answer["services"]) == counted, viewer
        seen[viewer] = answer["total"]
    assert seen["anonymous"] < seen["pro-38"] < seen["coordinator-38"] < seen["administrator"]
