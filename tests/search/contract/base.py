"""What every test of the contract uses: an engine, an index up to date, and results by their names."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from directory.competence import ground_at
from directory.models import ActorType, Commune, Service
from directory.visibility import ANONYMOUS, Viewer
from search import indexing
from search.backends.base import Backend, Found, Territory
from search.leaving import DEPARTMENTS, leaving
from search.question import Question
from search.understanding import understand


@pytest.mark.django_db
class ContractBase:
    """A second engine subclasses `BackendContract`, gives its `backend` and its `index`."""

    backend: Backend

    @pytest.fixture(autouse=True)
    def territory(self, communes: dict[str, Commune]) -> None:
        self.communes = communes

    def index(self) -> None:
        """Bring the index up to date with the directory."""
        indexing.rebuild()

    def find(
        self,
        words: str = "",
        viewer: Viewer = ANONYMOUS,
        at: datetime | None = None,
        department: str | None = None,
        **values: Any,
    ) -> Found:
        """The engine's answer to an understood question; `values` are fields of *Question*."""
        asked = Question(words=words, **values)
        question = understand(asked, ActorType.objects.filter(is_open=True)).question
        return self.backend.find(
            question, self._territory(question, department), viewer, at or timezone.now()
        )

    def _territory(self, question: Question, department: str | None) -> Territory | None:
        if question.commune:
            ground = ground_at(question.commune)
            assert ground is not None
            territory = Territory.around(ground)
        elif department:
            territory = Territory.of_department(department)
        else:
            return None
        return leaving(territory, question.away, DEPARTMENTS.current()())

    def names(self, *args: Any, **kwargs: Any) -> list[str]:
        """The names of the services found, in order."""
        return self.names_of(self.find(*args, **kwargs))

    def names_of(self, found: Found) -> list[str]:
        by_id = dict(Service.objects.values_list("pk", "name"))
        return [by_id[hit.service] for hit in found.hits]

    def indexed_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """The same, once the index is up to date."""
        self.index()
        return self.names(*args, **kwargs)
