"""Nothing that hides is in anything that is sent: every address, GET and POST, for each kind of reader.

Canaries (what must not be read) and beacons (what must be, so that an empty page proves nothing) are
planted by `leaking/corpus.py`; the addresses come from the URLconf itself, so that a new view is
covered without anyone remembering: one without sample arguments fails `test_every_address_has_samples`.
"""

import logging
from collections.abc import Iterator
from io import StringIO
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from cms import papers
from search.tokens import seal
from tests import factories
from tests.leaking import corpus as planted
from tests.leaking.addresses import all_addresses, fillings
from tests.leaking.corpus import VIEWERS, Corpus
from tests.leaking.counting import beacons_are_found, counts_ignore_what_is_reserved
from tests.leaking.readers import client_of
from tests.leaking.reading import leaks_in, readable
from tests.leaking.samples import Samples

pytestmark = pytest.mark.django_db
COORDINATORS = (planted.COORDINATOR_38, planted.COORDINATOR_05)


@pytest.fixture
def corpus(canaries_and_pages: Corpus, db: None, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Sheets of paper are read before they are drawn (`test_leaks_of_pages.py` draws them)."""
    cache.clear()
    monkeypatch.setattr(papers, "pdf_of", str.encode)
    return canaries_and_pages


@pytest.fixture(params=VIEWERS)
def viewer(request: pytest.FixtureRequest) -> str:
    return request.param


def test_every_address_has_samples(corpus: Corpus) -> None:
    samples = Samples(corpus)
    without = [
        f"{address.template} ({name})"
        for address in all_addresses()
        for name in address.names
        if name not in samples.of(address.template)
    ]
    assert not without, "give these parameters a sample in tests/leaking/samples.py:\n" + "\n".join(without)


def test_no_address_tells_a_secret(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    client.raise_request_exception = False
    leaks = []
    for number, path in enumerate(_paths(corpus, viewer)):
        # What a form of the administration answers to a POST is the same form: one in three is enough.
        in_turn = _is_public(path) or number % 3 == 0
        for method in ("get", "post") if in_turn else ("get",):
            response = _ask(client, method, path, corpus)
            leaks += leaks_in(corpus, viewer, f"{method} {path}", response)
            if response.status_code == 500 and _is_ours(path):
                leaks.append(f"{viewer}: {method} {path} breaks (500)")
    assert not leaks, "\n".join(leaks)


def test_no_search_tells_a_secret(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    leaks = []
    for params in _searches(corpus):
        for label, response in _search(client, params):
            # The page repeats the words that were typed: they are not a leak, what was found is.
            leaks += leaks_in(corpus, viewer, label, response, typed=params.get("q", ""))
    assert not leaks, "\n".join(leaks)


def test_no_suggestion_tells_a_secret(corpus: Corpus, viewer: str) -> None:
    """Whatever begins a name that hides: of a service, of an organisation, of a street."""
    client = client_of(viewer, corpus)
    names = {service.name for service in corpus.services.values()}
    names |= {service.organisation.name for service in corpus.services.values()}
    hidden = {"Organisation Canari-Réservée", "Canari-Réservée", "Refuge Canari", "rue Canari", "Digicode"}
    leaks = []
    for name in sorted(names | hidden):
        for length in {3, len(name) // 2, len(name) - 1, len(name)}:
            for typed in (name[:length], f"à {name[:length]}"):
                response = client.post("/api/v1/suggest", {"q": typed})
                assert response.status_code == 200
                leaks += leaks_in(corpus, viewer, f"suggest « {typed} »", response)
    assert not leaks, "\n".join(leaks)


def test_suggestions_name_who_may_be_seen(corpus: Corpus, viewer: str) -> None:
    """The organisation of a reserved service is proposed to those who find it by searching only."""
    found = client_of(viewer, corpus).get("/api/v1/suggest", {"q": "organisation can"}).json()
    named = ["Organisation Canari-Réservée"] if viewer in planted.OF_38 else []
    assert [one["label"] for one in found] == named


def test_beacons_shine(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    for text, (key, readers) in corpus.beacons.items():
        service = corpus.services[key]
        for path in (f"/s/{service.public_id}/", f"/api/v1/services/{service.public_id}"):
            if viewer == planted.TOKEN_38 and not path.startswith("/api"):
                continue
            response = client.get(path)
            said = readable(response)
            is_there = text in said or text.replace(" ", "") in said.replace("+33", "0").replace(" ", "")
            assert is_there is (viewer in readers), (viewer, path, text, response.status_code)


def test_beacons_are_found(corpus: Corpus, viewer: str) -> None:
    """By search too."""
    beacons_are_found(corpus, viewer, "postgresql")


def test_counts_ignore_what_is_reserved(corpus: Corpus) -> None:
    counts_ignore_what_is_reserved(corpus, "postgresql")


def test_the_map_counts_what_the_list_holds(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    listed = client.get("/api/v1/search", {"limit": 100}).json()["services"]
    for zoom in ("4", "18"):
        drawn = client.get("/api/v1/map", {"bbox": "-10,40,12,52", "zoom": zoom}).json()
        assert drawn["total"] == len([one for one in listed if one["point"]]), zoom
        assert {one["id"] for one in drawn["points"]} <= {one["id"] for one in listed}


def test_the_index_holds_public_points_and_no_contact(corpus: Corpus) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry::text, ST_AsText(places::geometry) FROM search_searchentry entry")
        rows = " ".join(f"{row} {points}" for row, points in cursor.fetchall())
        cursor.execute("SELECT string_agg(word::text, ' ') FROM search_searchword word")
        words = cursor.fetchone()[0]
    assert "phare" in words
    assert "canari" not in words.lower()  # words that correct typos come from public entries only
    assert "phare public" in rows
    kept = ("reserved name", "reserved summary", "team name", "shelter", "organisation with nothing")
    for secret in corpus.secrets:
        if not secret.label.startswith(kept):
            assert not secret.pattern.search(rows), secret.label


def test_nothing_typed_and_nothing_hidden_is_logged(corpus: Corpus) -> None:
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        paths = ("/recherche/", "/api/v1/search", "/api/v1/suggest", "/n-existe-pas/", "/s/xxxxx/")
        for path in (*paths, "/recherche/r/xxxx/"):
            client.get(path, {"q": "mot-canari-tapé", "lieu": "lieu-canari-tapé"})
            client.post(path, {"q": "mot-canari-tapé", "lieu": "lieu-canari-tapé"})
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    assert "canari" not in unquote(heard.getvalue()).lower(), heard.getvalue()


@pytest.mark.urls("tests.leaking.broken_urls")
def test_error_pages_tell_nothing(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    client.raise_request_exception = False
    logged = _hear_configured_handlers()
    for path, status in (("/casse/", 500), ("/refuse/", 403), ("/mauvais/", 400), ("/absent/", 404)):
        response = client.get(path, {"q": "Canari-Tapé"})
        assert response.status_code == status
        assert not leaks_in(corpus, viewer, path, response)
        assert "quitter" in response.content.decode().lower()
    assert "/casse/" in logged.getvalue()  # where it broke, and nothing of what was at hand
    assert "canari" not in unquote(logged.getvalue()).lower()


def _hear_configured_handlers() -> StringIO:
    """What the handlers of the settings write from now on, with their own formatters and filters."""
    heard = StringIO()
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    for handler in {handler for logger in (logging.root, *named) for handler in logger.handlers}:
        if type(handler) is logging.StreamHandler:
            handler.setStream(heard)
    return heard


# --- How it asks and how it reads ---------------------------------------------------------------------


def _paths(corpus: Corpus, viewer: str) -> Iterator[str]:
    """Everything planted under each address; one sample where this reader is turned away at the door."""
    samples = Samples(corpus)
    for address in all_addresses():
        asked = fillings(address, samples.of(address.template))
        in_admin = address.template.startswith("/gestion/")
        enters = viewer in COORDINATORS and "/annuaire/" in address.template
        yield from asked if enters or not in_admin else asked[:1]


def _is_public(path: str) -> bool:
    return not path.startswith("/gestion/")


def _is_ours(path: str) -> bool:
    """Wagtail's own forms break for an administrator who posts without what their pages always send."""
    return _is_public(path) or path.startswith("/gestion/annuaire/")


def _ask(client: Client, method: str, path: str, corpus: Corpus) -> HttpResponse:
    """Undone afterwards: a POST that deletes or publishes must not empty what the next ones read."""
    point = transaction.savepoint()
    session = {name: morsel.value for name, morsel in client.cookies.items()}
    data = {"q": "Canari", "lieu": "38185", "name": "x", "action": "x"}
    try:
        return client.get(path) if method == "get" else client.post(path, data)
    finally:
        transaction.savepoint_rollback(point)
        client.cookies.clear()
        for name, value in session.items():
            client.cookies[name] = value


def _searches(corpus: Corpus) -> list[dict[str, str]]:
    names = [service.name for service in corpus.services.values()]
    places = ["38185", "insee:38563", "Gap", "La Mure", "La Tour-du-Pin", "Monestier-de-Clermont", "38", ""]
    asked = [{"q": name} for name in names]
    asked += [{"q": words, "lieu": place} for place in places for words in ("", "canari hébergement")]
    asked += [{"lieu": "insee:38242", "rayon": "5"}, {"lieu": "38185", "rayon": "5", "tri": "distance"}]
    asked += [{"type": kind.slug} for kind in {service.type for service in corpus.services.values()}]
    asked += [{"q": secret} for secret in ("rue Canari", "0465719902", "04 65 71 99 03", "Digicode", "quai")]
    asked += [{"q": words} for words in ("Canari-Texte-brouillon", "Canari-Mot-clé-connectes", "Phare")]
    return asked


def _search(client: Client, params: dict[str, str]) -> Iterator[tuple[str, HttpResponse]]:
    yield f"GET api {params}", client.get("/api/v1/search", params)
    posted = client.post("/recherche/", params)
    yield f"POST {params}", posted
    if posted.status_code == 303:
        yield f"answer {params}", client.get(posted["Location"])
    for zoom in ("6", "18"):
        around = {"bbox": "4.5,44,7,46", "zoom": zoom}
        yield f"map {zoom} {params}", client.get("/api/v1/map", params | around)
    second = seal({name: [value] for name, value in params.items()} | {"page": ["2"], "limit": ["5"]})
    yield f"page 2 {params}", client.get(f"/recherche/r/{second}/")


def test_the_test_can_fail(corpus: Corpus) -> None:
    """The reader of answers sees what it looks for, however it is written."""
    page = "<p>43 RUE CANARI-COMMUNE, tél. 04&nbsp;65&nbsp;71&nbsp;99&nbsp;02, [5.7813, 45.2217]</p>"
    leaks = leaks_in(corpus, "anonymous", "get /", HttpResponse(page))
    assert {text.split("«")[1].split("»")[0].strip() for text in leaks} == {
        "street commune",
        "phone of the team",
        "point commune",
    }
    assert factories.PASSWORD
