"""The index follows the pages that the sources offer: what anybody may read is put, the rest is dropped."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from django.db import transaction

from search import vocabulary
from search.batches import Key, Progress, batches
from search.documents import VERSION, vector_of, words_of
from search.models import SearchPage
from search.sources import PageDocument, Source, source_named, sources

PageKey = tuple[str, str]  # the name of the source, the key within it

_UNIQUE = ["source", "key"]
_COLUMNS = [field.name for field in SearchPage._meta.concrete_fields if field.name not in ("id", *_UNIQUE)]


def refresh_pages(source_name: str, keys: Collection[str], progress: Progress | None = None) -> int:
    """Bring these pages of that source up to date; returns how many of them are searchable.

    Seven queries for each batch, and the source's own. Nothing is left of a source that is not registered.
    """
    found = done = 0
    for batch in batches(sorted(set(keys), key=_order)):
        found += _refresh_batch(source_name, batch)
        done += len(batch)
        if progress:
            progress(done, len(set(keys)))
    return found


def _refresh_batch(source_name: str, keys: Sequence[str]) -> int:
    documents = documents_of(source_named(source_name), keys)
    gone = set(keys) - {document.key for document in documents}
    with transaction.atomic():
        before = vocabulary.roots_of_pages(source_name, keys)
        SearchPage.objects.filter(source=source_name, key__in=gone).delete()
        SearchPage.objects.bulk_create(
            [_page(source_name, document) for document in documents],
            update_conflicts=True,
            unique_fields=_UNIQUE,
            update_fields=_COLUMNS,
        )
        vocabulary.forget(before - vocabulary.roots_of_pages(source_name, keys))
        vocabulary.learn_words(word for document in documents for word in words_of(document.fields))
    return len(documents)


def refresh_all_pages(progress: Progress | None = None) -> int:
    """Every page of every source; returns how many are searchable."""
    return sum(refresh_pages(source.name, source.keys(), progress) for source in sources())


def sync_pages(differing: Iterable[PageKey], progress: Progress | None = None) -> None:
    by_source: dict[str, list[str]] = {}
    for source, key in differing:
        by_source.setdefault(source, []).append(key)
    for source, keys in sorted(by_source.items()):
        refresh_pages(source, keys, progress)


def differing_pages() -> frozenset[PageKey]:
    """The pages that the index lacks, has too much, or knows otherwise than they are now."""
    indexed = {(source, key): digest for source, key, digest in _rows()}
    return differing_keys(indexed, digests())


def differing_keys(held: Mapping[Key, str], wanted: Mapping[Key, str]) -> frozenset[Key]:
    """The keys that one side lacks, or knows otherwise than the other."""
    return frozenset(key for key in held.keys() | wanted.keys() if held.get(key) != wanted.get(key))


def digests() -> dict[PageKey, str]:
    """Of every page that anybody may read now."""
    return {pair: digest for source in sources() for pair, digest in _digests(source)}


def _rows() -> Iterable[tuple[str, str, str]]:
    return SearchPage.objects.values_list("source", "key", "digest")


def _digests(source: Source) -> Iterator[tuple[PageKey, str]]:
    for batch in batches(source.keys()):
        for document in documents_of(source, batch):
            yield (source.name, document.key), digest_of(document)


def documents_of(source: Source | None, keys: Collection[str]) -> list[PageDocument]:
    """The documents of those of `keys` that anybody may read; none without a source."""
    return source.documents(keys) if source else []


def digest_of(document: PageDocument) -> str:
    """Changes when, and only when, what the index holds of the page would."""
    return sha256(f"{VERSION} {document!r}".encode()).hexdigest()


def _order(key: str) -> tuple[int, str]:
    """That of the numbers that keys are."""
    return len(key), key


def _page(source_name: str, document: PageDocument) -> SearchPage:
    return SearchPage(
        source=source_name,
        key=document.key,
        kind=document.kind,
        part_of=document.part_of,
        language=document.language,
        types=sorted(document.types),
        violences=sorted(document.violences),
        publics=sorted(document.publics),
        text=vector_of(document.fields),
        body=document.text,
        digest=digest_of(document),
    )
