"""When Elasticsearch is away, slow, empty or of another time, PostgreSQL answers; and nothing is lost."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from search import national, tasks
from search.backends import guarded
from search.backends.elastic import mapping
from search.backends.elastic.client import Indices
from search.backends.guarded import Breaker
from tests.factories import ServiceFactory
from tests.search.elastic_tools import EVERYTHING, NOWHERE, five_services, found, use


@pytest.fixture
def services() -> set[int]:
    return five_services()


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
