"""The embedded engine: the contract, its statements and its plans."""

import pytest
from django.db import connection
from django.utils import timezone

from directory.competence import ground_at
from directory.models import ActorType, Commune
from directory.visibility import ANONYMOUS
from search import indexing, vocabulary
from search.backends.base import Territory
from search.backends.postgres import PostgresBackend
from search.models import SearchEntry
from search.question import Concept, Question
from search.understanding import understand
from tests.factories import ServiceFactory
from tests.search.contract import BackendContract
from tests.territory import VOIRON, department


class TestPostgres(BackendContract):
    backend = PostgresBackend()


@pytest.mark.django_db
class TestStatements:
    def find(self, question: Question) -> None:
        ground = ground_at(VOIRON)
        assert ground is not None
        with connection.execute_wrapper(self.count):
            self.statements = 0
            PostgresBackend().find(question, Territory.around(ground), ANONYMOUS, timezone.now())

    def count(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.statements += 1
        return execute(sql, params, many, context)

    def test_one_for_any_question_two_when_hours_are_judged(self, communes: dict[str, Commune]) -> None:
        ServiceFactory(coverage=[department("38")], hours="Tu[2] 09:00-12:00")
        indexing.rebuild()
        question = Question(
            words="écoute", commune=VOIRON, radius=10, violences=("inceste",), publics=("femmes",)
        )
        understood = understand(question, ActorType.objects.all()).question
        self.find(understood)  # Django asks once in a process what the projection of the points is
        self.find(understood)
        assert self.statements == 1
        self.find(question.change(when="maintenant"))
        assert self.statements == 2


@pytest.mark.django_db
class TestPlans:
    """On a few thousand entries of many territories, the indexes are what finds those of one."""

    @pytest.fixture(autouse=True)
    def corpus(self, communes: dict[str, Commune]) -> None:
        rows = []
        for number in range(4000):
            row = SearchEntry(
                service_id=-number - 1,
                organisation_id=number + 1,
                audience="public",
                department=f"{number % 95 + 1:02d}",
                types=[f"type-{number % 60}"],
                sort_name=f"service {number}",
                coverage=[f"area:{number % 400 + 10_000}"] if number % 2 else [],
                publics=["femmes", "hommes", "tous"],
                clock="38",
                places=f"SRID=4326;MULTIPOINT({-4 + number % 12} {42 + number % 9},{number % 10} 48)",
                text=f"'mot{number % 300}':1A 'commun':2B",
            )
            rows.append(row)
        SearchEntry.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry")

    def plan(self, question: Question, territory: Territory | None) -> str:
        sql, params = PostgresBackend().statement(question, territory, ANONYMOUS, timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + sql, params)
            return "\n".join(row[0] for row in cursor.fetchall())

    def test_coverage_is_found_by_its_index(self) -> None:
        ground = ground_at(VOIRON)
        assert ground is not None
        plan = self.plan(Question(commune=VOIRON), Territory.around(ground))
        assert "Bitmap Index Scan on entry_coverage" in plan
        assert "Seq Scan on search_searchentry" not in plan

    def test_what_is_near_or_has_no_place_is_found_by_its_index(self) -> None:
        ground = ground_at(VOIRON)
        assert ground is not None
        plan = self.plan(Question(commune=VOIRON), Territory.around(ground))
        assert "Bitmap Index Scan on entry_near" in plan
        assert "Bitmap Index Scan on entry_unplaced" in plan

    def test_what_is_within_a_radius_is_not_looked_for_by_boxes(self) -> None:
        ground = ground_at(VOIRON)
        assert ground is not None
        plan = self.plan(Question(commune=VOIRON, radius=10), Territory.around(ground))
        assert "entry_near" in plan or "entry_cells" in plan
        assert "entry_spots" not in plan
        assert "Seq Scan on search_searchentry" not in plan
        assert "Seq Scan on search_searchentry" not in plan

    def test_what_a_department_keeps_is_found_by_its_index(self) -> None:
        plan = self.plan(Question(department="38"), Territory.of_department("38"))
        assert "Bitmap Index Scan on entry_department" in plan
        assert "Seq Scan on search_searchentry" not in plan

    def test_a_need_said_in_a_place_is_read_in_the_rows_of_the_place(self) -> None:
        ground = ground_at(VOIRON)
        assert ground is not None
        said = Question(
            terms=(("mot7",),), concepts=(Concept("besoin", "hebergement", "", ""),), commune=VOIRON
        )
        plan = self.plan(said, Territory.around(ground))
        assert "Bitmap Index Scan on entry_coverage" in plan
        assert "entry_provisions" not in plan
        assert "entry_text" not in plan

    def test_words_without_a_place_are_found_by_their_index(self) -> None:
        plan = self.plan(Question(terms=(("mot7",),)), None)
        assert "Bitmap Index Scan on entry_text" in plan
        assert "Seq Scan on search_searchentry" not in plan


def test_words_of_every_day_are_never_corrected(communes: dict[str, Commune]) -> None:
    """« mon mari » is not a misspelt Sainte-Marie."""
    ServiceFactory(name="Brigade de Sainte-Marie (exemple)", at="38185")
    indexing.rebuild()
    assert vocabulary.corrections(["mari", "brigqde"]) == {"brigqde": ("brigade",)}
