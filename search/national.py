"""Keeps the index of Elasticsearch in step with the directory and the pages, when there is one.

The embedded index follows at once (`search.indexing`); this one through tasks, whose arguments are keys.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings

from search.backends.base import EngineDown
from search.batches import Progress, batches
from search.page_indexing import PageKey, differing_keys


class Differences(NamedTuple):
    services: frozenset[int] = frozenset()
    pages: frozenset[PageKey] = frozenset()


def is_used() -> bool:
    return bool(settings.ELASTICSEARCH_URLS)


def state() -> str:
    """For monitors: ok, no-index, or why it does not answer."""
    from search.backends.elastic import filling

    try:
        return "ok" if filling.is_in_service(settings.ELASTICSEARCH_TIMEOUT) else "no-index"
    except EngineDown as error:
        return error.reason


def follow_services(ids: Collection[int]) -> None:
    """Have these services brought up to date there, soon."""
    from search import tasks

    if is_used():
        for batch in batches(sorted(ids)):
            tasks.follow_services.enqueue(list(batch))


def follow_pages(source: str, keys: Collection[str]) -> None:
    from search import tasks

    if is_used() and keys:
        tasks.follow_pages.enqueue(source, sorted(keys))


def rebuild(progress: Progress | None = None) -> int:
    """Fill new indexes and put them in service; questions are answered by the old ones meanwhile. Begun again
    after a stop, it goes on from where it was. EngineDown when the server does not answer."""
    from search import indexing
    from search.backends.elastic import filling

    services = filling.fill_services(indexing.searchable_ids(), indexing.documents_of, progress)
    pages = filling.fill_pages()
    filling.put_in_service("services", services)
    filling.put_in_service("pages", pages)
    # What changed while it was read, and what an older attempt had left.
    bring(differences())
    return filling.size()


def sync(progress: Progress | None = None) -> int:
    """Bring what differs up to date; everything when nothing is in service. Returns how many differed."""
    from search.backends.elastic import filling

    if not filling.is_in_service():
        return rebuild(progress)
    found = differences()
    bring(found, progress)
    return len(found.services) + len(found.pages)


def bring(found: Differences, progress: Progress | None = None) -> None:
    from search import tasks

    done = 0
    for batch in batches(sorted(found.services)):
        tasks.send_services(batch)
        done += len(batch)
        if progress:
            progress(done, len(found.services))
    for source in sorted({source for source, _key in found.pages}):
        tasks.send_pages(source, sorted(key for name, key in found.pages if name == source))


def differences() -> Differences:
    """What it lacks, has too much, or says otherwise than the directory and the pages do now."""
    from search import indexing, page_indexing
    from search.backends.elastic import filling

    if not filling.is_in_service():
        return Differences(frozenset(indexing.searchable_ids()))
    return Differences(
        differing_keys(filling.service_digests(), indexing.digests_of(indexing.searchable_ids())),
        differing_keys(filling.page_digests(), page_indexing.digests()),
    )
