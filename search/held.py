"""What coordinators keep and every question reads: held by each process until somebody changes it."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

Made = TypeVar("Made")


class Held(Generic[Made]):
    """What `make` makes, as long as `stamp`, an expression of SQL, gives the same."""

    def __init__(self, stamp: str, make: Callable[[], Made]) -> None:
        self.stamp, self._make = stamp, make
        self._lock = Lock()
        self._held: tuple[object, Made] | None = None

    def current(self) -> Made:
        """One query; more when it changed."""
        (made,) = current_of((self,))
        return made

    def at(self, stamp: object) -> Made:
        held = self._held
        if held is None or held[0] != stamp:
            with self._lock:
                held = self._held = (stamp, self._make())
        return held[1]


def current_of(several: Sequence[Held[Any]]) -> list[Any]:
    """What each holds, in one query; more for those that changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(one.stamp for one in several))
        stamps = cursor.fetchone()
    return [one.at(stamp) for one, stamp in zip(several, stamps, strict=True)]


def stamp_of(model: type[Model]) -> str:
    """What changes with any row of a model that has `is_open` and `changed_at`, in whatever order edits are
    committed: the last of them may not be the latest."""
    edits, used = "sum(extract(epoch FROM changed_at))", "count(*) FILTER (WHERE is_open)"
    return f"(SELECT ({edits}, {used}, max(id))::text FROM {model._meta.db_table})"
