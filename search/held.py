"""What coordinators keep and every question reads: held by each process until somebody changes it."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Generic, TypeVar

from django.db.models import Count, Max, Model, Q

Row = TypeVar("Row", bound=Model)
Made = TypeVar("Made")


class Held(Generic[Row, Made]):
    """Of the rows in use of a model that has `is_open` and `changed_at`, what `make` makes of them."""

    def __init__(self, model: type[Row], make: Callable[[Iterable[Row]], Made]) -> None:
        self._model, self._make = model, make
        self._lock = Lock()
        self._held: tuple[object, Made] | None = None

    def current(self) -> Made:
        """One query, two when somebody changed a row since."""
        rows = self._model._default_manager.all()
        stamp = rows.aggregate(
            last=Max("changed_at"), used=Count("pk", filter=Q(is_open=True)), newest=Max("pk")
        )
        held = self._held
        if held is None or held[0] != stamp:
            with self._lock:
                held = self._held = (stamp, self._make(rows.filter(is_open=True)))
        return held[1]
