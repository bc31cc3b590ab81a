"""The server's indexes follow the same documents as the embedded one.

An index is filled under a name of its own, then put in service in one step. Meanwhile what changes is sent to
both; each write carries the time at which the directory was read, so that the last reading wins.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from directory.cards import Coordinates
from search import ranking
from search.backends.cells import cell_of
from search.backends.elastic.client import INDEXING_SECONDS, Indices, count, every, send
from search.backends.elastic.mapping import IN_SERVICE, LETTERS, alias_of, body_of, field_of, name_of
from search.batches import Progress, batches
from search.documents import Document, Fields
from search.page_indexing import PageKey, digest_of
from search.page_indexing import documents_of as page_documents_of
from search.sources import PageDocument, source_named, sources
from search.words import content_words, root

Source = dict[str, Any]


# --- Documents ----------------------------------------------------------------------------------------------


def _undeclared_cells(document: Document) -> list[str]:
    return [] if document.coverage else sorted({name_of(cell_of(*point)) for point in document.points})


def service_source(document: Document) -> Source:
    """What is sent of a service: what the embedded index holds."""
    return {
        "rank": document.service,
        "digest": document.digest,
        "organisation": document.organisation,
        "audience": document.audience,
        "department": document.department,
        "sort_name": document.sort_name,
        "called": document.called,
        "types": document.types,
        "coverage": document.coverage,
        "has_coverage": bool(document.coverage),
        "places": [_point(point) for point in document.points],
        "undeclared_cells": _undeclared_cells(document),
        "publics": document.publics,
        "publics_set": "".join(LETTERS[slug] for slug in document.publics),
        "focus": document.focus,
        "violences": document.violences,
        "provisions": document.provisions,
        "languages": document.languages,
        "slots": [str(slot) for slot in document.hours.slots],
        "holiday_slots": [str(slot) for slot in document.hours.holiday_slots],
        "odd_hours": document.odd_hours or None,
        "clock": document.clock,
        "closed_from": document.closed_from,
        "closed_until": document.closed_until,
        "for_victims": document.for_victims,
        "verified_on": document.verified_on,
        **_texts(document.fields),
    }


def page_source(source: str, document: PageDocument) -> Source:
    return {
        "rank": rank_of(source, document.key),
        "digest": digest_of(document),
        "source": source,
        "key": document.key,
        "part_of": document.part_of,
        "language": document.language,
        "types": document.types,
        "violences": document.violences,
        "publics": document.publics,
        "body": document.text,
        **_texts(document.fields),
    }


def rank_of(source: str, key: str) -> int:
    """A number of its own, to go through all pages in order."""
    return int.from_bytes(sha256(f"{source}:{key}".encode()).digest()[:7])


def _point(point: Coordinates) -> Source:
    longitude, latitude = point
    return {"lon": longitude, "lat": latitude}


def _texts(fields: Fields) -> dict[str, list[str]]:
    """Roots in their order; each text apart, so that no phrase goes from one to the next."""
    texts: dict[str, list[str]] = {field_of(weight): [] for weight in ranking.FIELDS}
    for weight, text in fields:
        texts[field_of(weight)].append(" ".join(root(word) for word in content_words(text)))
    return texts


# --- Following ----------------------------------------------------------------------------------------------


def put_services(ids: Collection[int], documents: Iterable[Document], read_at: int) -> None:
    """Send these documents, read at that time (ns), and drop the others of `ids`."""
    _put("services", [str(pk) for pk in ids], _of_services(documents), read_at)


def put_pages(source: str, keys: Collection[str], read_at: int) -> None:
    _put("pages", [f"{source}:{key}" for key in keys], _of_pages(source, keys), read_at)


def _put(kind: str, ids: Collection[str], kept: Mapping[str, Source], read_at: int) -> None:
    """To the index in service, and to the one that is being filled."""
    for home in Indices().named(f"{alias_of(kind)}-*"):
        send(_actions(home, ids, kept, read_at), is_seen_at_once=True)


def _of_services(documents: Iterable[Document]) -> dict[str, Source]:
    return {str(one.service): service_source(one) for one in documents}


def _of_pages(source: str, keys: Collection[str]) -> dict[str, Source]:
    documents = page_documents_of(source_named(source), keys)
    return {f"{source}:{one.key}": page_source(source, one) for one in documents}


def _actions(
    home: str, ids: Iterable[str], kept: Mapping[str, Source], read_at: int
) -> Iterator[dict[str, Any]]:
    for key in ids:
        action: dict[str, Any] = {
            "_index": home,
            "_id": key,
            "version": read_at,
            "version_type": "external_gte",
        }
        yield action | ({"_source": kept[key]} if key in kept else {"_op_type": "delete"})


# --- Filling ------------------------------------------------------------------------------------------------


def fill_services(wanted: Sequence[int], read: Any, progress: Progress | None = None) -> str:
    """A new index of these services (primary keys, sorted), or the one that was left unfinished; its name.

    `read` gives the documents of some of them.
    """
    name = _begun("services")
    held = {int(one["rank"]) for one in _held(name)}
    left = [pk for pk in wanted if pk not in held]
    done = len(wanted) - len(left)
    for batch in batches(left):
        read_at = time.time_ns()
        send_documents(name, read(batch), read_at)
        done += len(batch)
        if progress:
            progress(done, len(wanted))
    return name


def send_documents(home: str, documents: Iterable[Document], read_at: int) -> None:
    """To an index that is being filled: they are seen once it is in service."""
    _fill(home, _of_services(documents), read_at)


def fill_pages() -> str:
    name = _begun("pages")
    for source in sources():
        for batch in batches(source.keys()):
            read_at = time.time_ns()
            _fill(name, _of_pages(source.name, batch), read_at)
    return name


def _fill(home: str, kept: Mapping[str, Source], read_at: int) -> None:
    send(_actions(home, kept, kept, read_at), is_seen_at_once=False)


def _begun(kind: str) -> str:
    """The index that a rebuild left unfinished, else a new one."""
    indices, alias = Indices(), alias_of(kind)
    unfinished = sorted(set(indices.named(f"{alias}-*")) - set(indices.aliased(alias)))
    if unfinished:
        return unfinished[-1]
    name = f"{alias}-{time.time_ns() // 1_000_000}"
    indices.make(name, body_of(kind))
    return name


def _held(name: str) -> Iterator[dict[str, Any]]:
    Indices().refresh(name)
    return every(name, ["rank"])


def put_in_service(kind: str, name: str) -> None:
    """Swap, then drop every other index of that kind, those of older mappings too."""
    indices, alias = Indices(), alias_of(kind)
    indices.settle(name, IN_SERVICE)
    indices.put_in_service(name, alias)
    family = alias.rpartition("-")[0]
    indices.drop(one for one in indices.named(f"{family}-*") if one != name)


# --- What it holds ------------------------------------------------------------------------------------------


def is_in_service(seconds: float = INDEXING_SECONDS) -> bool:
    return all(Indices(seconds).aliased(alias_of(kind)) for kind in ("services", "pages"))


def service_digests() -> dict[int, str]:
    return {int(one["rank"]): one["digest"] for one in every(alias_of("services"), ["rank", "digest"])}


def page_digests() -> dict[PageKey, str]:
    rows = every(alias_of("pages"), ["source", "key", "digest"])
    return {(one["source"], one["key"]): one["digest"] for one in rows}


def size() -> int:
    return count(alias_of("services"))
