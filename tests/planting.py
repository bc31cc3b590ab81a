"""What is costly to make, made once for the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def kept_for_a_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Around the transaction of each test, which undoes what it did; all of it is undone at the end.

    For a fixture of a module: what is written inside is there in each test, also in one that writes.
    """
    with blocker.unblock(), transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)
