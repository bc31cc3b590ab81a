"""What is done after the answer to the reader: the server of Elasticsearch follows. Arguments are keys only.

The library does not try again by itself: these do, later and later, until the server is back.
"""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from search.backends.base import EngineDown

LONGEST_WAIT = 300  # seconds


@task(backend="search")
def follow_services(ids: list[int], attempt: int = 0) -> None:
    try:
        send_services(ids)
    except EngineDown:
        _later(follow_services, attempt).enqueue(ids, attempt + 1)


@task(backend="search")
def follow_pages(source: str, keys: list[str], attempt: int = 0) -> None:
    try:
        send_pages(source, keys)
    except EngineDown:
        _later(follow_pages, attempt).enqueue(source, keys, attempt + 1)


def send_services(ids: Sequence[int]) -> None:
    from search.backends.elastic import filling
    from search.indexing import documents_of

    read_at = time.time_ns()  # before they are read: a later reading must win
    filling.put_services(ids, documents_of(ids), read_at)


def send_pages(source: str, keys: Sequence[str]) -> None:
    from search.backends.elastic import filling

    filling.put_pages(source, keys, time.time_ns())


def _later(one: Any, attempt: int) -> Any:
    return one.using(run_after=timezone.now() + timedelta(seconds=min(2**attempt, LONGEST_WAIT)))
