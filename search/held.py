"""What coordinators keep and every question reads: held by each process until somebody changes it."""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Count, Max, Model, Q

Made = TypeVar("Made")


class Held(Generic[Made]):
    """What `make` makes, as long as `stamp` gives the same."""

    def __init__(self, stamp: Callable[[], object], make: Callable[[], Made]) -> None:
        self._stamp, self._make = stamp, make
        self._lock = Lock()
        self._held: tuple[object, Made] | None = None

    def current(self) -> Made:
        stamp, held = self._stamp(), self._held
        if held is None or held[0] != stamp:
            with self._lock:
                held = self._held = (stamp, self._make())
        return held[1]


def stamp_read_by(sql: str) -> Callable[[], object]:
    """Of a statement of one row."""

    def stamp() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()

    return stamp


def stamp_of(model: type[Model]) -> dict[str, Any]:
    """What changes with any row of a model that has `is_open` and `changed_at`: one query."""
    return model._default_manager.aggregate(
        last=Max("changed_at"), used=Count("pk", filter=Q(is_open=True)), newest=Max("pk")
    )
