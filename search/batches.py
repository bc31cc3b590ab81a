"""Indexing goes by batches, and says how far it is."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

BATCH = 500

Progress = Callable[[int, int], None]  # done, total
Key = TypeVar("Key")


def batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
