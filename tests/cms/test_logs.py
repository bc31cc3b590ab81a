"""No word that was typed is in what the application writes."""

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client

from cms import views
from cms.logs import DiscreetFormatter, discreet_logging

pytestmark = pytest.mark.django_db

WORD = "anticonstitutionnellement"
QUERY = {"q": f"{WORD} Grenoble", "lieu": WORD}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the site's own handler writes, from the most talkative level."""
    stream = io.StringIO()
    config = discreet_logging("DEBUG")
    config["handlers"]["stderr"]["stream"] = stream
    previous = logging.getLogger().handlers[:]
    logging.config.dictConfig(config)
    # The SQL of DEBUG holds values; production's level never reaches it, and it is not what is tested here.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield stream
    logging.config.dictConfig(settings.LOGGING)
    for handler in previous:
        if not isinstance(handler.formatter, DiscreetFormatter):  # pytest's own
            logging.getLogger().addHandler(handler)


def _ask(client: Client, method: str, path: str) -> int:
    client.raise_request_exception = False
    return getattr(client, method)(path, QUERY).status_code


def test_not_found_keeps_the_kind_of_address_only(client: Client, written: io.StringIO) -> None:
    assert _ask(client, "get", f"/{WORD}/") == 404
    assert _ask(client, "get", f"/s/{WORD}/") == 404
    assert _ask(client, "get", "/s/inconnu/") == 404
    assert WORD not in written.getvalue()
    assert "404 GET /^((?:[\\w-]+/)+)$" in written.getvalue()
    assert "404 GET /s/<id:public_id>/" in written.getvalue()


def test_wrong_method_and_forged_forms(client: Client, written: io.StringIO) -> None:
    assert _ask(client, "post", "/quitter/") == 405
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/connexion/", QUERY, headers={"referer": f"https://x.example/?q={WORD}"}, secure=True)
    assert page.status_code == 403
    assert WORD not in written.getvalue()
    assert "403 POST /connexion/" in written.getvalue()


def test_a_doubtful_host(written: io.StringIO, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["maillage.example"]
    assert _ask(Client(HTTP_HOST=f"{WORD}.example"), "get", "/") == 400
    assert WORD not in written.getvalue()
    assert "400 GET" in written.getvalue()


def test_an_error_keeps_its_place_without_its_values(
    client: Client, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(viewer: object) -> None:
        secret = WORD
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error

    monkeypatch.setattr(views, "shelf_of", broken)
    assert _ask(client, "get", "/") == 500
    text = written.getvalue()
    assert WORD not in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text
    assert "in broken" in text


def test_a_database_error_does_not_quote_what_it_refused(
    client: Client, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(viewer: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [WORD])

    monkeypatch.setattr(views, "shelf_of", broken)
    assert _ask(client, "get", "/") == 500
    assert WORD not in written.getvalue()
    assert "psycopg.errors.InvalidTextRepresentation" in written.getvalue()


def test_failed_sign_ins(client: Client, written: io.StringIO) -> None:
    for _attempt in range(6):
        client.post("/connexion/", {"login": WORD, "password": WORD})
    assert WORD not in written.getvalue()


def test_other_packages_keep_their_values_and_ours_do_not_hide(written: io.StringIO) -> None:
    logging.getLogger("quelque.paquet").warning("refused %s", WORD)
    logging.getLogger("search.indexing").warning("%d entries refreshed", 12)
    text = written.getvalue()
    assert WORD not in text
    assert "refused %s" in text
    assert "12 entries refreshed" in text


def test_nothing_goes_by_mail(client: Client, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    def broken(viewer: object) -> None:
        raise DatabaseError(WORD)

    settings.ADMINS = [("Administration", "admin@exemple.example")]
    monkeypatch.setattr(views, "shelf_of", broken)
    assert _ask(client, "get", "/") == 500
    assert mail.outbox == []


def test_the_development_server_writes_no_address(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("django.server").error('"GET /recherche/?q=%s HTTP/1.1" 500', WORD)
    assert "".join(capfd.readouterr()) == ""


def test_the_site_has_one_handler_and_it_is_the_discreet_one() -> None:
    assert logging.getLogger("django").handlers == []
    ours = [one for one in logging.getLogger().handlers if isinstance(one.formatter, DiscreetFormatter)]
    assert len(ours) == 1
