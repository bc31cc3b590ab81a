"""When Elasticsearch is away, slow, empty or of another time, PostgreSQL answers; and nothing is lost."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from directory.models import Service
from directory.visibility import ANONYMOUS
from search import batches, indexing, national, tasks
from search.backends import current_backend, guarded
from search.backends.base import EngineDown
from search.backends.elastic import mapping
from search.backends.elastic.client import Indices
from search.backends.guarded import Breaker
from search.question import Question
from tests.factories import ServiceFactory
from tests.search.elastic_tools import use
from tests.search.private_elastic import PrivateElastic, private_elastic

NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody listens
EVERYTHING = Question(limit=100)


def found(question: Question = EVERYTHING) -> tuple[str, set[int]]:
    """The engine that answered, and what it found."""
    backend = current_backend()
    hits = backend.find(question, None, ANONYMOUS, timezone.now()).hits
    return backend.name, {hit.service for hit in hits}


@pytest.fixture
def services() -> set[int]:
    made = {ServiceFactory(name=f"Écoute {number}").pk for number in range(5)}
    indexing.rebuild()
    return made


# --- Away ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nobody_there_is_not_seen_by_the_reader(
    settings: Settings, services: set[int], client: Client
) -> None:
    use(settings, [NOWHERE], "away", seconds=0.8)
    assert found() == ("postgresql", services)
    answer = client.get("/api/v1/search", {"q": "écoute"}).json()
    assert (answer["engine"], answer["total"]) == ("postgresql", 5)
    assert client.get("/sante/").json()["elasticsearch"] == "unreachable"
    assert client.get("/sante/").json()["status"] == "degraded"
    assert client.get("/sante/").status_code == 200


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes what it is sent, and says nothing."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(64)
        yield f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.django_db
def test_one_question_waits_and_the_next_does_not(settings: Settings, services: set[int], mute: str) -> None:
    use(settings, [mute], "mute", seconds=0.5)
    started = time.monotonic()
    assert found() == ("postgresql", services)
    waited = time.monotonic() - started
    assert 0.4 < waited < 5  # one timeout, and what a busy machine adds
    assert guarded.BREAKER.is_open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.backends.elastic.backend.ElasticBackend.find", None)  # to ask it would break
        for _again in range(20):
            assert found() == ("postgresql", services)


@pytest.mark.django_db
def test_without_its_index_it_is_not_asked(own_indexes: None, services: set[int], client: Client) -> None:
    assert found() == ("postgresql", services)
    assert client.get("/sante/").json()["elasticsearch"] == "no-index"
    guarded.BREAKER.succeeded()
    national.rebuild()
    assert found() == ("elasticsearch", services)
    assert client.get("/sante/").json() == {
        "status": "ok",
        "database": "ok",
        "index": "ok",
        "elasticsearch": "ok",
    }


@pytest.mark.django_db
def test_an_index_of_another_mapping_is_not_read(
    own_indexes: None,
    services: set[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    national.rebuild()
    old = mapping.alias_of("services")
    monkeypatch.setattr(mapping, "VERSION", mapping.VERSION + 1)
    assert found() == ("postgresql", services)
    guarded.BREAKER.succeeded()
    national.rebuild()
    assert found() == ("elasticsearch", services)
    assert Indices().aliased(old) == []


@pytest.mark.django_db
def test_a_page_too_deep_is_answered_and_says_nothing_of_the_server(
    own_indexes: None,
    services: set[int],
) -> None:
    national.rebuild()
    assert found(EVERYTHING.change(page=9_999)) == ("postgresql", set())
    assert not guarded.BREAKER.is_open
    assert found() == ("elasticsearch", services)


def test_the_breaker_lets_one_question_try_after_its_rest() -> None:
    breaker = Breaker(rest=0.2)
    assert breaker.lets_through()
    breaker.failed("slow")
    assert not breaker.lets_through()
    time.sleep(0.25)
    assert [breaker.lets_through() for _question in range(3)] == [True, False, False]
    breaker.succeeded()
    assert breaker.lets_through()
    assert not breaker.is_open


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["sync", "rebuild", "drift"])
def test_the_command_says_what_to_do(settings: Settings, services: set[int], action: str) -> None:
    use(settings, [NOWHERE], "away")
    with pytest.raises(CommandError, match="Elasticsearch ne répond pas") as refused:
        call_command("search_index", action)
    assert refused.value.returncode == 2


# --- What was to be sent is sent later ----------------------------------------------------------------------


def of_services() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path__endswith="follow_services")


def waiting() -> list[DBTaskResult]:
    return list(of_services().ready())


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_sent_is_sent_when_it_is_back(
    own_indexes: None,
    settings: Settings,
) -> None:
    national.rebuild()
    urls = settings.ELASTICSEARCH_URLS
    prefix = settings.ELASTICSEARCH_PREFIX
    use(settings, [NOWHERE], prefix)
    service = ServiceFactory(name="Nouveau")
    national.follow_services({service.pk})
    assert waiting()
    assert [one.args_kwargs["args"] for one in waiting()] == [[[service.pk]]]  # keys, never words
    call_command("run_tasks", "--once")
    assert waiting() == []  # not before its time
    later = of_services().filter(run_after__gt=timezone.now())
    assert later
    assert all(one.args_kwargs["args"][0] == [service.pk] for one in later)
    use(settings, urls, prefix)
    assert found() == ("elasticsearch", set())
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    call_command("run_tasks", "--once")
    assert found() == ("elasticsearch", {service.pk})


@pytest.mark.django_db
def test_attempts_are_more_and_more_apart() -> None:
    delays = [
        (tasks._later(tasks.follow_services, attempt).run_after - timezone.now()).total_seconds()
        for attempt in (0, 3, 30)
    ]
    assert delays == pytest.approx([1, 8, 300], abs=0.5)


# --- Killed -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def private() -> Iterator[PrivateElastic]:
    server = private_elastic()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def on_private(private: PrivateElastic, settings: Settings) -> PrivateElastic:
    use(settings, [private.url], f"private-{time.time_ns()}", seconds=0.9)
    return private


@pytest.mark.django_db(transaction=True)
def test_killed_under_load_no_answer_is_wrong(on_private: PrivateElastic, services: set[int]) -> None:
    national.rebuild()
    guarded.BREAKER.succeeded()
    answers: list[tuple[str, set[int]]] = []
    errors: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                answers.append(found(Question(words="écoute", terms=(("ecout",),), limit=100)))
        except BaseException as error:  # noqa: BLE001 - told by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    on_private.kill()
    time.sleep(2)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(held == services for _engine, held in answers)
    assert {engine for engine, _held in answers} == {"elasticsearch", "postgresql"}
    on_private.start()


@pytest.mark.django_db
def test_killed_while_it_is_filled_it_goes_on_from_there(
    on_private: PrivateElastic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 5)
    services = {ServiceFactory().pk for _number in range(20)}
    indexing.rebuild()
    national.rebuild()
    guarded.BREAKER.succeeded()
    renamed = ServiceFactory(name="Entre-temps").pk
    indexing.refresh({renamed})

    def kill_half_way(done: int, total: int) -> None:
        if done >= 10:
            Indices().refresh(f"{mapping.alias_of('services')}-*")  # written down, as after some seconds
            on_private.kill()

    with pytest.raises(EngineDown):
        national.rebuild(kill_half_way)
    assert found() == ("postgresql", services | {renamed})
    on_private.start()
    guarded.BREAKER.succeeded()
    assert found() == ("elasticsearch", services)  # the index in service was not touched
    seen: list[int] = []
    national.rebuild(lambda done, total: seen.append(done))
    assert seen
    assert seen[0] > 5  # not from the beginning
    assert found() == ("elasticsearch", services | {renamed})
    assert sum(map(len, national.differences())) == 0


@pytest.mark.django_db
def test_no_typed_word_reaches_its_logs(
    on_private: PrivateElastic, services: set[int], caplog: pytest.LogCaptureFixture
) -> None:
    national.rebuild()
    guarded.BREAKER.succeeded()
    caplog.set_level("DEBUG")
    for words in ("motcanari", "motcanari \x00 ((", "motcanari accueil"):
        found(Question(words=words, terms=(("motcanari", "motcanari cri"),)))
    found(EVERYTHING.change(types=("motcanari",)))
    assert Service.objects.exists()
    assert "started" in on_private.logged()
    assert "motcanari" not in on_private.logged()
    heard = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert not [message for message in heard if "motcanari" in message]
