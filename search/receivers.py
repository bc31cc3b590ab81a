"""The only receivers of the project: what changed in the directory is refreshed in the index."""

from typing import Any

from wagtail.signals import published, unpublished

from directory.events import announce, services_changed
from directory.models import Service


def connect() -> None:
    services_changed.connect(refresh_entries, dispatch_uid="search.refresh")
    published.connect(tell, sender=Service, dispatch_uid="search.published")
    unpublished.connect(tell, sender=Service, dispatch_uid="search.unpublished")


def tell(instance: Service, **kwargs: Any) -> None:
    """Wagtail published or withdrew it by a way that `editing` did not open (a schedule, a bulk action)."""
    announce({instance.pk})


def refresh_entries(ids: frozenset[int], **kwargs: Any) -> None:
    from search.indexing import refresh

    refresh(ids)
