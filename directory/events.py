"""What the directory tells the rest of the house: these services changed, once it is committed."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

services_changed = Signal()  # sent with ids: frozenset[int], primary keys of services


def announce(ids: Iterable[int]) -> None:
    """Send `services_changed` after the commit; nothing when it rolls back."""
    changed = frozenset(ids)
    if changed:
        transaction.on_commit(lambda: services_changed.send(sender=None, ids=changed))


words_changed = Signal()  # sent without anything: the lexicon says something else


def announce_words() -> None:
    """Send `words_changed` after the commit."""
    transaction.on_commit(lambda: words_changed.send(sender=None))
