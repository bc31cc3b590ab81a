"""The only receivers of the project: what changed in the directory or the pages is refreshed in the index."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from directory.events import announce, services_changed, words_changed
from directory.models import Service
from search.sources import sources


def connect() -> None:
    services_changed.connect(refresh_entries, dispatch_uid="search.refresh")
    words_changed.connect(learn, dispatch_uid="search.words")
    published.connect(tell, sender=Service, dispatch_uid="search.published")
    unpublished.connect(tell, sender=Service, dispatch_uid="search.unpublished")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(follow, dispatch_uid="search.pages")
    # Wagtail says nothing of a deletion, but that what was live is unpublished first.
    post_delete.connect(follow, sender=Page, dispatch_uid="search.pages")
    for signal in (post_save, post_delete):
        signal.connect(follow, sender=PageViewRestriction, dispatch_uid="search.privacy")


def tell(instance: Service, **kwargs: Any) -> None:
    """Wagtail published or withdrew it by a way that `editing` did not open (a schedule, a bulk action)."""
    announce({instance.pk})


def refresh_entries(ids: frozenset[int], **kwargs: Any) -> None:
    from search import indexing, national

    indexing.refresh(ids)
    national.follow_services(ids)


def learn(**kwargs: Any) -> None:
    from search import vocabulary

    vocabulary.learn_types()


def follow(instance: Any, **kwargs: Any) -> None:
    """Refresh, once it is committed, the pages that each source says are touched.

    Asked now and not after the commit: what is deleted has no key then.
    """
    for source in sources():
        if keys := source.affected(instance):
            transaction.on_commit(partial(refresh_pages, source.name, tuple(keys)))


def refresh_pages(source: str, keys: tuple[str, ...]) -> None:
    from search import national, page_indexing

    page_indexing.refresh_pages(source, keys)
    national.follow_pages(source, keys)
