"""The engine of a national directory: everything that a question asks of it, within one budget of time."""

from collections.abc import Sequence
from datetime import datetime

from directory.visibility import Viewer
from search.backends.base import Doors, Found, Leading, Led, PageHit, Territory
from search.backends.elastic import lists, pages
from search.backends.elastic.client import Budget
from search.backends.elastic.rounds import answered, nothing, together
from search.question import Question


class ElasticBackend:
    """Implements `search.backends.base.Backend`. Raises `EngineDown` when the server does not answer."""

    name = "elasticsearch"

    def find(self, question: Question, territory: Territory | None, viewer: Viewer, at: datetime) -> Found:
        return answered(lists.finding(question, territory, viewer, at), Budget())

    def leading(
        self, questions: Sequence[Question], territory: Territory | None, viewer: Viewer, at: datetime
    ) -> Leading:
        return answered(lists.leading(questions, territory, viewer, at), Budget())

    def find_pages(self, question: Question, limit: int) -> tuple[PageHit, ...]:
        return answered(pages.finding(question, limit), Budget())

    def find_led(
        self,
        doors: Doors,
        territory: Territory | None,
        viewer: Viewer,
        at: datetime,
        about: Question | None,
        limit: int,
    ) -> Led:
        reading = pages.finding(about, limit) if about else nothing()
        parts = [lists.led(doors, territory, viewer, at), reading]
        (leading, found), read = answered(together(parts), Budget())
        return Led(leading, found, read or ())
