"""The index follows the directory and the pages: what is searchable is put, what is not is dropped.

Every audience of services is indexed; who may count an entry is decided when it is searched, on the entry's
own columns. Pages (`page_indexing`) are those that anybody may read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.gis.geos import MultiPoint
from django.db import transaction

from directory.cards import card_for_index
from directory.models import Service
from directory.models.service import make_point
from search import vocabulary
from search.batches import Progress, batches
from search.documents import Document, document_for, vector_of
from search.models import SearchEntry, SearchPage, SearchWord
from search.page_indexing import PageKey, differing_pages, refresh_all_pages, refresh_pages, sync_pages

__all__ = ["Counts", "Differences", "differences", "drift", "rebuild", "refresh", "refresh_pages", "sync"]

_KEY = "service"
_COLUMNS = [
    field.name for field in SearchEntry._meta.concrete_fields if field.name != _KEY and not field.generated
]


class Counts(NamedTuple):
    services: int
    pages: int


def refresh(ids: Collection[int], progress: Progress | None = None) -> int:
    """Bring the entries of these services up to date; returns how many of them are searchable.

    Nine or ten queries for each batch of BATCH services, whatever changed.
    """
    return _refresh(sorted(ids), progress)


def _refresh(ids: Sequence[int], progress: Progress | None) -> int:
    found = done = 0
    for batch in batches(ids):
        found += _refresh_batch(batch)
        done += len(batch)
        if progress:
            progress(done, len(ids))
    return found


def _refresh_batch(ids: Sequence[int]) -> int:
    documents = documents_of(ids)
    gone = set(ids) - {document.service for document in documents}
    with transaction.atomic():
        before = vocabulary.roots_held(ids)
        SearchEntry.objects.filter(pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            [entry_of(document) for document in documents],
            update_conflicts=True,
            unique_fields=[_KEY],
            update_fields=_COLUMNS,
        )
        vocabulary.forget(before - vocabulary.roots_held(ids))
        vocabulary.learn(documents)
    return len(documents)


def rebuild(progress: Progress | None = None) -> Counts:
    """Make the index again from nothing, in one transaction: readers see the old one until it is done.

    Department by department: what answers together is read together.
    """
    with transaction.atomic():
        for model in (SearchEntry, SearchPage, SearchWord):
            model.objects.all().delete()
        vocabulary.learn_types()
        in_order = Service.objects.searchable().order_by("department", "pk").values_list("pk", flat=True)
        return Counts(_refresh(list(in_order), progress), refresh_all_pages(progress))


def sync(progress: Progress | None = None) -> Counts:
    """Bring what differs up to date; returns how many entries and pages did."""
    vocabulary.learn_types()
    differing = differences()
    refresh(differing.ids, progress)
    sync_pages(differing.pages, progress)
    return Counts(len(differing.ids), len(differing.pages))


@dataclass(frozen=True)
class Differences:
    """Between the directory and the index, as primary keys of services; and the pages that differ."""

    missing: frozenset[int]
    extra: frozenset[int]
    outdated: frozenset[int]
    pages: frozenset[PageKey] = frozenset()

    @property
    def ids(self) -> frozenset[int]:
        return self.missing | self.extra | self.outdated


def differences() -> Differences:
    """What the index lacks, has too much, or says otherwise than the directory and the pages do now."""
    indexed = dict(SearchEntry.objects.values_list("pk", "digest"))
    wanted = searchable_ids()
    known = digests_of([pk for pk in wanted if pk in indexed])
    outdated = {pk for pk, digest in known.items() if digest != indexed[pk]}
    return Differences(
        missing=frozenset(wanted) - indexed.keys(),
        extra=frozenset(indexed.keys() - set(wanted)),
        outdated=frozenset(outdated),
        pages=differing_pages(),
    )


def drift() -> int:
    """The number of differences between the directory, the pages and the index."""
    found = differences()
    return len(found.ids) + len(found.pages)


def documents_of(ids: Collection[int]) -> list[Document]:
    """The documents of the searchable services among `ids`, in the order of their keys: five queries."""
    services = Service.objects.searchable().filter(pk__in=ids).for_cards().order_by("pk")
    cards = (card_for_index(service) for service in services)
    return [document_for(card) for card in cards if card.is_searchable]


def digests_of(ids: Sequence[int]) -> dict[int, str]:
    """Of the documents of the searchable services among `ids`, as they are now."""
    return {one.service: one.digest for batch in batches(ids) for one in documents_of(batch)}


def searchable_ids() -> list[int]:
    """Primary keys, in order."""
    return list(Service.objects.searchable().order_by("pk").values_list("pk", flat=True))


def entry_of(document: Document) -> SearchEntry:
    return SearchEntry(
        service_id=document.service,
        organisation_id=document.organisation,
        audience=document.audience,
        department=document.department,
        types=list(document.types),
        sort_name=document.sort_name,
        coverage=list(document.coverage),
        places=MultiPoint([make_point(*point) for point in document.points], srid=4326)
        if document.points
        else None,
        publics=list(document.publics),
        focus=list(document.focus),
        violences=list(document.violences),
        provisions=list(document.provisions),
        languages=list(document.languages),
        slots=list(document.hours.slots),
        holiday_slots=list(document.hours.holiday_slots),
        odd_hours=document.odd_hours,
        clock=document.clock,
        closed_from=document.closed_from,
        closed_until=document.closed_until,
        for_victims=document.for_victims,
        called=list(document.called),
        verified_on=document.verified_on,
        text=vector_of(document.fields),
        digest=document.digest,
    )
