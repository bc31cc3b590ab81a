"""Fill the indexes of both engines with synthetic documents, and measure what it costs."""

import sys
import time
from collections.abc import Iterable
from itertools import islice
from typing import Any

CHUNK = 2000
RAW_CHUNKS = 50


def fill_postgres(entries: int) -> None:
    """A database of that size is kept from one run to the next."""
    from django.core.management import call_command
    from django.db import connection

    from search.indexing import entry_of
    from search.models import SearchEntry
    from tests.bench.documents import documents

    if SearchEntry.objects.count() == entries:
        return
    call_command("load_reference", verbosity=0)
    started = time.perf_counter()
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_searchentry")
        for index in SearchEntry._meta.indexes:
            editor.remove_index(SearchEntry, index)
        for number, chunk in enumerate(_chunks(documents(entries))):
            SearchEntry.objects.bulk_create([entry_of(one) for one in chunk])
            _progress(number * CHUNK + len(chunk), entries, started)
        # Department by department, as `rebuild` writes them.
        cursor.execute("CREATE INDEX in_order ON search_searchentry (department, service_id)")
        cursor.execute("CLUSTER search_searchentry USING in_order")
        cursor.execute("DROP INDEX in_order")
        for index in SearchEntry._meta.indexes:
            editor.add_index(SearchEntry, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_searchentry")


def has_elasticsearch(entries: int) -> bool:
    from django.conf import settings

    urls = settings.TEST_ELASTICSEARCH_URLS
    if not urls:
        print("Elasticsearch: no ELASTICSEARCH_URL, not measured.")
        return False
    settings.ELASTICSEARCH_URLS, settings.ELASTICSEARCH_TIMEOUT = urls, 60
    settings.ELASTICSEARCH_PREFIX = f"bench-{entries}"
    fill_elasticsearch(entries)
    return True


def fill_elasticsearch(entries: int) -> None:
    """Ready documents; the first of them by a raw bulk too, a chunk of each in turn."""
    from search.backends.elastic import filling
    from search.backends.elastic.client import Indices, send
    from search.backends.elastic.mapping import alias_of, body_of
    from tests.bench.documents import documents
    from tests.bench.measures import timed

    if filling.is_in_service() and filling.size() == entries:
        return
    indices = Indices()
    indices.drop(indices.named(f"{alias_of('services')}-*"))
    name, raw = f"{alias_of('services')}-1", f"{alias_of('services')}-raw"
    for one in (name, raw):
        indices.make(one, body_of("services"))
    ours = theirs = 0.0
    started = time.perf_counter()
    for number, chunk in enumerate(_chunks(documents(entries))):
        spent = timed(lambda chunk=chunk: filling.send_documents(name, chunk, time.time_ns()))
        if number < RAW_CHUNKS:
            sources = {str(one.service): filling.service_source(one) for one in chunk}
            plain = [{"_index": raw, "_id": key, "_source": source} for key, source in sources.items()]
            theirs += timed(lambda plain=plain: send(plain, is_seen_at_once=False))
            ours += spent
        _progress(number * CHUNK + len(chunk), entries, started)
    indices.drop([raw])
    indices.drop(indices.named(f"{alias_of('pages')}-*"))
    filling.put_in_service("services", name)
    filling.put_in_service("pages", filling.fill_pages())
    in_one_piece(name)
    compared = min(entries, RAW_CHUNKS * CHUNK)
    print(
        f"Elasticsearch, {compared} documents: {compared / ours:.0f} a second ready to be sent; "
        f"raw bulk {compared / theirs:.0f}; ratio {ours / theirs:.2f}"
    )


def in_one_piece(name: str) -> None:
    """Wait for what `put_in_service` leaves the server to do."""
    from search.backends.elastic.client import _server

    started = time.perf_counter()
    _server().options(request_timeout=3600).indices.forcemerge(index=name, max_num_segments=1)
    print(f"in one piece after {time.perf_counter() - started:.0f} s")


def _chunks(documents: Iterable[Any]) -> Iterable[list[Any]]:
    left = iter(documents)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _progress(done: int, entries: int, started: float) -> None:
    if done % (CHUNK * 25) == 0 or done == entries:
        print(f"  {done} / {entries}, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
