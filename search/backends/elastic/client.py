"""The only file that talks to the server. Whatever goes wrong is one error, without a word of a question."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from elastic_transport import ConnectionTimeout, OrjsonSerializer, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, helpers
from elasticsearch.serializer import CompatibilityModeJsonSerializer, CompatibilityModeNdjsonSerializer

from search.backends.base import EngineDown

# At its lower levels the library writes down what it is asked, and at this one where: the reason is enough.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)

LEAST_SECONDS = 0.02  # what is left to the last request of a question
INDEXING_SECONDS = 60
NOT_FOUND = 404

_WHOLE = {"allow_partial_search_results": False}


class _Json(OrjsonSerializer, CompatibilityModeJsonSerializer):
    """The library uses it for the plain kind only, and asks for its own."""


class _JsonLines(OrjsonSerializer, CompatibilityModeNdjsonSerializer):
    pass


_SERIALIZERS = {one.mimetype: one() for one in (_Json, _JsonLines)}


class Budget:
    """The seconds that one question may take, whatever the number of its requests."""

    def __init__(self, seconds: float | None = None) -> None:
        self._ends = time.monotonic() + (settings.ELASTICSEARCH_TIMEOUT if seconds is None else seconds)

    @property
    def seconds(self) -> float:
        left = self._ends - time.monotonic()
        if left < LEAST_SECONDS:
            raise EngineDown("slow")
        return round(left, 2)


@contextmanager
def _told_as_one_error() -> Iterator[None]:
    """`from None`: the server's own message quotes what it was asked."""
    try:
        yield
    except NotFoundError:
        raise EngineDown("no-index") from None
    except ConnectionTimeout:
        raise EngineDown("slow") from None
    except ApiError as error:
        raise EngineDown(f"refused-{error.meta.status}") from None
    except (TransportError, helpers.BulkIndexError):
        raise EngineDown("unreachable") from None


class Search(NamedTuple):
    """A search of an index, or of what an alias stands for."""

    index: str
    body: Mapping[str, Any]


def search(index: str, body: Mapping[str, Any], budget: Budget) -> dict[str, Any]:
    """The answer to a search; a part of it that failed or came late is no answer."""
    with _told_as_one_error():
        server = _server_within(budget.seconds)
        found = server.search(index=index, allow_partial_search_results=False, body=dict(body)).body
    if found["timed_out"]:
        raise EngineDown("slow")
    return found


def search_together(searches: Sequence[Search], budget: Budget) -> list[dict[str, Any]]:
    """The answers to several searches, in one request; as `search` when there is only one."""
    if len(searches) == 1:
        return [search(*searches[0], budget)]
    lines = [line for one in searches for line in (_WHOLE | {"index": one.index}, one.body)]
    with _told_as_one_error():
        server = _server_within(budget.seconds)
        answers = server.msearch(searches=lines).body["responses"]
    for answer in answers:
        if "error" in answer:
            raise EngineDown("no-index" if answer["status"] == NOT_FOUND else f"refused-{answer['status']}")
        if answer["timed_out"]:
            raise EngineDown("slow")
    return answers


def send(actions: Iterable[Mapping[str, Any]], *, is_seen_at_once: bool) -> int:
    """Put and drop documents; returns how many were refused because a newer one is there."""
    with _told_as_one_error():
        _count, refused = helpers.bulk(
            _server().options(request_timeout=INDEXING_SECONDS),
            actions,
            chunk_size=1000,
            refresh=is_seen_at_once,
            raise_on_error=False,
        )
    outdated = [one for one in refused if _status(one) in (404, 409)]  # dropped already; or newer there
    if len(outdated) < len(refused):
        raise EngineDown("refused-documents")
    return len(outdated)


def _status(item: Mapping[str, Any]) -> int:
    return next(iter(item.values()))["status"]


def every(index: str, columns: list[str], size: int = 5000) -> Iterator[dict[str, Any]]:
    """These columns (keywords and numbers) of every document, in the order of `_id`'s own number."""
    after: list[Any] = []
    while True:
        body: dict[str, Any] = {
            "query": {"match_all": {}},
            "sort": [{"rank": "asc"}],
            "size": size,
            "_source": False,
            "docvalue_fields": columns,
        }
        if after:
            body["search_after"] = after
        hits = search(index, body, Budget(INDEXING_SECONDS))["hits"]["hits"]
        for hit in hits:
            yield {name: values[0] for name, values in hit.get("fields", {}).items()}
        if len(hits) < size:
            return
        after = hits[-1]["sort"]


class Indices:
    """The indexes of the server, by their names."""

    def __init__(self, seconds: float = INDEXING_SECONDS) -> None:
        self._seconds = seconds

    def aliased(self, alias: str) -> list[str]:
        """The indexes behind an alias; [] when there is none."""
        with _told_as_one_error():
            try:
                return sorted(self._asking().get_alias(name=alias).body)
            except NotFoundError:
                return []

    def named(self, pattern: str) -> list[str]:
        with _told_as_one_error():
            return sorted(self._asking().get(index=pattern, allow_no_indices=True).body)

    def make(self, name: str, body: Mapping[str, Any]) -> None:
        with _told_as_one_error():
            self._asking().create(index=name, **body)

    def settle(self, name: str, settings_of_index: Mapping[str, Any]) -> None:
        """Give an index the settings of service, make what it holds seen, and have it put in one piece."""
        with _told_as_one_error():
            self._asking().put_settings(index=name, settings=settings_of_index)
            self._asking().refresh(index=name)
            # It takes minutes for a nation: nobody waits, questions are answered meanwhile.
            self._asking().forcemerge(index=name, max_num_segments=1, wait_for_completion=False)

    def refresh(self, name: str) -> None:
        with _told_as_one_error():
            self._asking().refresh(index=name)

    def put_in_service(self, name: str, alias: str) -> None:
        """Swap the alias in one step: no question meets none or two."""
        actions = [{"remove": {"index": old, "alias": alias}} for old in self.aliased(alias)]
        with _told_as_one_error():
            self._asking().update_aliases(actions=[*actions, {"add": {"index": name, "alias": alias}}])

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            with _told_as_one_error():
                self._asking().delete(index=name, ignore_unavailable=True)

    def _asking(self) -> Any:
        return _server().options(request_timeout=self._seconds, max_retries=0).indices


def count(index: str) -> int:
    with _told_as_one_error():
        return _server().options(request_timeout=INDEXING_SECONDS).count(index=index)["count"]


@cache
def _server() -> Elasticsearch:
    secrets: dict[str, Any] = {}
    if settings.ELASTICSEARCH_API_KEY:
        secrets["api_key"] = settings.ELASTICSEARCH_API_KEY
    elif settings.ELASTICSEARCH_USER:
        secrets["basic_auth"] = (settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD)
    if settings.ELASTICSEARCH_CA_CERTS:
        secrets["ca_certs"] = settings.ELASTICSEARCH_CA_CERTS
    return Elasticsearch(
        settings.ELASTICSEARCH_URLS,
        serializers=_SERIALIZERS,
        max_retries=0,
        retry_on_timeout=False,
        **secrets,
    )


@lru_cache(maxsize=128)
def _server_within(seconds: float) -> Elasticsearch:
    # The library makes forty objects to change a delay: half of what a small question costs here.
    return _server().options(request_timeout=seconds, max_retries=0)


def forget_server() -> None:
    """The settings changed: the next request reads them."""
    _server.cache_clear()
    _server_within.cache_clear()
