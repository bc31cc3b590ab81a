"""No typed word is in what PostgreSQL writes; and a server that would write it is told of."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import psycopg
import pytest
from django.core import checks
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from cms.database_log import QUIET, check_database_log, talkative
from tests.private_postgres import PrivatePostgres, private_postgres
from tests.serving import Answered, ServedSite, database_url, served_site
from tests.sources import ROOT

pytestmark = pytest.mark.django_db  # its tables are taken from there

OWN = "own-server"
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SAID, IN_ERROR = "SELECT %s::text", "SELECT %s::int"
ENDED = "SELECT pg_terminate_backend(pg_backend_pid()), %s::text"
NUMBERS = count(1000)
DEBUGS = ("debug_print_parse", "debug_print_rewritten", "debug_print_plan")


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[PrivatePostgres]:
    with private_postgres() as server:
        with django_db_blocker.unblock():
            server.take_schema(database_url())
        yield server


# --- What the site sends ------------------------------------------------------------------------------------


def search_everywhere(site: ServedSite, word: str) -> list[Answered]:
    """As JSON, as a page, while one types, on the map: each in words and in the place."""
    asked = {"q": f"{word} violences", "lieu": word}
    return [
        site.get("/api/v1/search", asked),
        site.post("/recherche/", asked),
        site.get("/api/v1/suggest", {"q": word}),
        site.get("/api/v1/communes", {"q": word}),
        site.get("/api/v1/map", asked | {"bbox": "5,45,6,46", "zoom": "8"}),
    ]


def stopped_while_it_waits(server: PrivatePostgres, site: ServedSite, word: str, how: str) -> None:
    """A question held up for more than a second, then ended by `how`, a function of the server."""
    asking = threading.Thread(target=site.get, args=("/api/v1/search", {"q": word}))
    with server.connect("postgres") as above, above.transaction():
        above.execute("LOCK TABLE search_searchentry")
        asking.start()
        time.sleep(1.5)
        stopped = above.execute(
            f"SELECT {how}(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s",
            [f"%{word}%"],
        ).fetchall()
        assert stopped == [(True,)], "the word was not in what the site was waiting for"
    asking.join()


def test_no_typed_word_reaches_its_log(server: PrivatePostgres) -> None:
    with served_site(DATABASE_URL=server.url) as site:
        assert {one.status for one in search_everywhere(site, "motcanari")} == {200}
        stopped_while_it_waits(server, site, "motcanari", "pg_cancel_backend")
        stopped_while_it_waits(server, site, "motcanari", "pg_terminate_backend")
    with server.connect() as session, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        session.execute(IN_ERROR, ["motcanari"])
    with server.connect() as session, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        psycopg.Cursor(session).execute("SELECT %s::text::int", ["motcanari"])  # bound by the server
    assert "terminating connection due to administrator command" in server.logged()
    assert "motcanari" not in server.logged()


def test_the_same_is_read_where_the_server_says_all(server: PrivatePostgres) -> None:
    """What is asked above does reach the server, in words that its log would keep."""
    with server_that_says(server, log_statement="all"), served_site(DATABASE_URL=server.url) as site:
        search_everywhere(site, "motbavard")
    assert server.logged().count("motbavard") >= 5


# --- What can write it, and that it is told -----------------------------------------------------------------


class server_that_says:
    """To the sessions of the site's role that begin inside."""

    def __init__(self, server: PrivatePostgres, **values: str) -> None:
        self._server, self._values = server, values

    def __enter__(self) -> None:
        with self._server.connect("postgres") as above:
            for name, value in self._values.items():
                above.execute(f"ALTER ROLE maillage SET {name} = {'%s'}", [value])

    def __exit__(self, *_raised: object) -> None:
        with self._server.connect("postgres") as above:
            above.execute("ALTER ROLE maillage RESET ALL")


@pytest.fixture
def own_server(server: PrivatePostgres, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name by which Django knows it, each time with a session of its own."""
    parts = server.parts
    password = re.search(r":([^:@/]+)@", server.url).group(1)
    values = {"HOST": parts["host"], "PORT": parts["port"], "NAME": parts["dbname"]}
    connections.databases[OWN] = (
        connection.settings_dict | values | {"USER": "maillage", "PASSWORD": password}
    )
    with django_db_blocker.unblock():
        yield OWN
        connections[OWN].close()
    del connections[OWN]
    del connections.databases[OWN]


def warned(alias: str) -> str:
    return "\n".join(one.msg for one in checks.run_checks(databases=[alias]) if one.id == "cms.W001")


def test_the_server_of_the_house_is_not_warned_of(own_server: str) -> None:
    assert check_database_log([own_server]) == []
    assert warned(own_server) == ""


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (SAID, {"log_statement": "all"}),
        (SAID, {"log_min_duration_statement": "0"}),
        (SAID, {"log_min_duration_statement": "0", "log_parameter_max_length": "0"}),
        (SAID, {"log_min_duration_sample": "0"}),
        (SAID, {"log_transaction_sample_rate": "1"}),
        (IN_ERROR, {"log_min_messages": "error"}),
        (ENDED, {"log_min_error_statement": "fatal"}),
        (ENDED, {"log_parameter_max_length_on_error": "-1", "log_error_verbosity": "default"}),
        *((SAID, {name: "on", "log_error_verbosity": "default"}) for name in DEBUGS),
        (SAID, {"auto_explain.log_min_duration": "0", "session_preload_libraries": "auto_explain"}),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else None,
)
def test_each_setting_that_writes_it_is_named(
    server: PrivatePostgres, own_server: str, statement: str, values: dict[str, str]
) -> None:
    word = f"mot{next(NUMBERS)}"
    with server_that_says(server, **values):
        with suppress(psycopg.Error), server.connect() as session:
            cursor = psycopg.Cursor(session) if "log_parameter_max_length_on_error" in values else session
            cursor.execute(statement, [word])
        said = warned(own_server)
    name, value = next(iter(values.items()))
    assert f"{name} = {value}" in said
    assert said.count(" = ") == 1  # and no other
    as_numbers = " ".join(str(ord(letter)) for letter in word)  # as trees hold texts, if short
    assert word in server.logged() or as_numbers in server.logged()


def test_the_server_of_compose_is_quiet(server: PrivatePostgres) -> None:
    """Its options, over what the server does by itself, which is not enough."""
    with server.connect() as session:
        rows = session.execute("SELECT name, boot_val FROM pg_settings").fetchall()
    by_itself: dict[str, Any] = dict(rows)
    assert {one.split(" = ")[0] for one in talkative(by_itself)} == {
        "log_min_messages",
        "log_min_error_statement",
    }
    assert talkative(by_itself | dict(re.findall(r"-c (\w+)=(\S+)", COMPOSE))) == []


def test_what_an_extension_would_write_is_named_where_there_is_one() -> None:
    assert talkative(dict.fromkeys(QUIET)) == []
    assert talkative({"pgaudit.log": "read, write"}) == ["pgaudit.log = read, write"]
    assert talkative({"pgaudit.log": "none"}) == []
