"""A server of Elasticsearch killed by `kill -9`, under load and while it is filled; and its logs."""

import re
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import orjson
import pytest
from django.db import connection
from pytest_django import Settings

from directory.models import Service
from search import batches, indexing, national
from search.backends import guarded
from search.backends.base import EngineDown
from search.backends.elastic import mapping
from search.backends.elastic.client import Indices
from search.question import Question
from tests.factories import ServiceFactory
from tests.pages import make_chapter, make_guide, make_reflex
from tests.search.asked import plant
from tests.search.elastic_tools import EVERYTHING, five_services, found, use
from tests.search.private_elastic import PrivateElastic, private_elastic
from tests.serving import Answered, ServedSite, served_site, with_elasticsearch

TIMEOUT = 5.0  # seconds: far above what a busy machine adds to an answer
QUESTIONS: tuple[dict[str, str], ...] = (
    {"q": "jeune fille de 15 ans en fugue, prostitution", "lieu": "Gap"},
    {"q": "mon mari me frappe", "lieu": "Embrun"},
    {"q": "information préoccupante", "lieu": "Grenoble"},
    {"q": "hébergement ce soir", "lieu": "Gap"},
    {"lieu": "Grenoble"},
    {"q": "association"},
    {"q": "zzzzzz", "lieu": "Gap"},
)
KEYS = {"helplines": "key", "steps": "services", "sheets": "slug", "guides": "slug", "services": "id"}


@pytest.fixture
def services() -> set[int]:
    return five_services()


@pytest.fixture(scope="module")
def private() -> Iterator[PrivateElastic]:
    server = private_elastic()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def on_private(private: PrivateElastic, settings: Settings) -> PrivateElastic:
    private.start()
    use(settings, [private.url], f"private-{time.time_ns()}", seconds=TIMEOUT)
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


# --- Through HTTP -------------------------------------------------------------------------------------------


@pytest.fixture
def directory(on_private: PrivateElastic, transactional_db: None) -> None:
    """Doors, numbers, sheets and guides, committed, in both indexes. No hours: they would turn meanwhile."""
    plant()
    Service.objects.update(hours="")
    guide = make_guide("guide-mineurs", [("text", "<p>Fugue, prostitution des mineurs.</p>")])
    make_chapter(guide, "qui-contacter", [("text", "<p>La CRIP, l’association.</p>")])
    make_reflex("fiche-frappe", [("text", "<p>Un mari qui frappe : hébergement, plainte.</p>")])
    indexing.rebuild()
    national.rebuild()


def as_json(site: ServedSite, question: dict[str, str]) -> tuple[Answered, Any]:
    """What was answered, as ids in their order; the engine apart."""
    answered = site.get("/api/v1/search", question)
    found = orjson.loads(answered.text)
    told = {
        name: [one[key] for one in found[name]]
        for name, key in (
            ("helplines", "key"),
            ("steps", "services"),
            ("sheets", "slug"),
            ("guides", "slug"),
            ("services", "id"),
        )
    }
    return answered, told | {"total": found["total"], "facets": found["facets"]}


def as_page(site: ServedSite, question: dict[str, str]) -> tuple[Answered, Any]:
    """The page that the form leads to, as the addresses of what it names."""
    answered = site.post("/recherche/", question)
    return answered, re.findall(r'href="(/(?:s|f|guides)/[^"?#]*|tel:[^"]*)', answered.text)


class Clients:
    """Several at once, each asking all the questions in turn from another one on, as JSON and as pages."""

    def __init__(self, site: ServedSite, number: int = 4) -> None:
        self.asked = [(ask, question) for question in QUESTIONS for ask in (as_json, as_page)]
        self.expected = [ask(site, question)[1] for ask, question in self.asked]
        self.answers: list[tuple[int, Answered, Any]] = []
        self.errors: list[BaseException] = []
        self._site, self._stop = site, threading.Event()
        step = len(self.asked) // number
        self._threads = [threading.Thread(target=self._ask, args=(step * one,)) for one in range(number)]

    def _ask(self, first: int) -> None:
        numbers = cycle([*range(first, len(self.asked)), *range(first)])
        while not self._stop.is_set():
            number = next(numbers)
            ask, question = self.asked[number]
            try:
                self.answers.append((number, *ask(self._site, question)))
            except BaseException as error:  # noqa: BLE001 - told by the assertion below
                self.errors.append(error)
                return

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def more(self, count: int) -> None:
        """Wait for that many answers more."""
        wanted, ends = len(self.answers) + count, time.monotonic() + 60
        while len(self.answers) < wanted and not self.errors:
            assert time.monotonic() < ends
            time.sleep(0.02)


def engine_of(site: ServedSite) -> str:
    return str(orjson.loads(site.get("/api/v1/search", QUESTIONS[0]).text)["engine"])


def assert_something_to_lose(clients: Clients) -> None:
    """Doors, guides, numbers and services are among what is answered, and no two pages are the same."""
    told = [one for one in clients.expected if isinstance(one, dict)]
    for name in KEYS:
        assert any(one[name] for one in told), name
    pages = {str(one) for one in clients.expected if isinstance(one, list)}
    assert len(pages) == len(QUESTIONS)


def test_killed_under_load_no_reader_sees_it(
    on_private: PrivateElastic, directory: None, settings: Settings
) -> None:
    served = with_elasticsearch(on_private.url, settings.ELASTICSEARCH_PREFIX, TIMEOUT)
    with served_site(**served) as site:
        assert orjson.loads(site.get("/sante/").text)["status"] == "ok"
        assert engine_of(site) == "elasticsearch"
        with Clients(site) as clients:
            clients.more(40)
            on_private.kill()
            killed_after = len(clients.answers)
            clients.more(80)
        health = site.get("/sante/")
        assert engine_of(site) == "postgresql"
    assert_something_to_lose(clients)
    assert clients.errors == []
    assert {answered.status for _number, answered, _told in clients.answers} == {200}
    wrong = [
        (clients.asked[number], told)
        for number, _answered, told in clients.answers
        if told != clients.expected[number]
    ]
    assert wrong == []
    assert {number for number, *_rest in clients.answers[killed_after:]} == set(range(len(clients.asked)))
    assert max(answered.seconds for _number, answered, _told in clients.answers) < 2 * TIMEOUT
    assert health.status == 200
    assert orjson.loads(health.text)["status"] == "degraded"
    assert orjson.loads(health.text)["elasticsearch"] == "unreachable"
