"""An engine with another behind it: when the first fails, the second answers, and the page says nothing."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import TypeVar

from directory.visibility import Viewer
from search.backends.base import Backend, Doors, EngineDown, Found, Leading, Led, PageHit, Territory
from search.question import Question

log = logging.getLogger(__name__)

REST = 10.0  # seconds
# What says nothing of the server: another question would be answered.
OF_THE_QUESTION = frozenset({"page-too-deep", "too-many-hours", "refused-400"})

Answer = TypeVar("Answer")


class Breaker:
    """Whether a failing engine is asked: not while it rests; then by one question, which the others await no
    more than before. Shared by the threads of a process."""

    def __init__(self, rest: float = REST) -> None:
        self._rest, self._lock = rest, Lock()
        self._until: float | None = None
        self.reason = ""

    @property
    def is_open(self) -> bool:
        return self._until is not None

    def lets_through(self) -> bool:
        with self._lock:
            if self._until is None:
                return True
            now = time.monotonic()
            if now < self._until:
                return False
            self._until = now + self._rest  # this one tries; the others wait for what it says
            return True

    def failed(self, reason: str) -> None:
        with self._lock:
            if self._until is None:
                log.warning("search engine away (%s): the embedded one answers", reason)
            self._until, self.reason = time.monotonic() + self._rest, reason

    def succeeded(self) -> None:
        with self._lock:
            if self._until is not None:
                log.warning("search engine back")
            self._until, self.reason = None, ""


BREAKER = Breaker()


class GuardedBackend:
    """Implements `search.backends.base.Backend`. `name`: of the engine that answered last."""

    def __init__(self, first: Backend, second: Backend, breaker: Breaker = BREAKER) -> None:
        self._first, self._second, self._breaker = first, second, breaker
        self.name = first.name

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        return self._ask(lambda engine: engine.find(question, territory, viewer, at))

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        return self._ask(lambda engine: engine.leading(questions, territory, viewer, at))

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return self._ask(lambda engine: engine.find_pages(question, limit))

    def find_led(
        self,
        doors: Doors,
        territory: Territory | None,
        viewer: Viewer,
        at: datetime,
        about: Question | None,
        limit: int,
    ) -> Led:
        return self._ask(lambda engine: engine.find_led(doors, territory, viewer, at, about, limit))

    def _ask(self, ask: Callable[[Backend], Answer]) -> Answer:
        if self._breaker.lets_through():
            try:
                answer = ask(self._first)
            except EngineDown as error:
                if error.reason not in OF_THE_QUESTION:
                    self._breaker.failed(error.reason)
            else:
                self._breaker.succeeded()
                self.name = self._first.name
                return answer
        self.name = self._second.name
        return ask(self._second)
