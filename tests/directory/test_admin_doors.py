"""Every address of the administration, for each role: what opens, and what does not exist."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve

from directory.administration import guard
from tests import factories
from tests.directory.admin_tools import entry, signed_in
from tests.leaking import corpus as planted
from tests.leaking.addresses import all_addresses, fillings
from tests.leaking.corpus import COORDINATOR_05, COORDINATOR_38, Corpus
from tests.leaking.readers import account_of, client_of
from tests.leaking.samples import Samples

pytestmark = pytest.mark.django_db
SERVICES = "/gestion/annuaire/services/"
CLOSED_TO_ALL_BUT_ADMINISTRATORS = (
    "/gestion/reports/site-history/", "/gestion/reports/workflow/", "/gestion/reports/workflow_tasks/",
    "/gestion/reports/aging-pages/", "/gestion/users/", "/gestion/groups/", "/gestion/sites/",
    "/gestion/workflows/list/", "/gestion/collections/", "/gestion/snippets/", "/gestion/pages/",
    "/gestion/images/",
)  # fmt: skip


@pytest.fixture
def corpus(canaries: Corpus, db: None) -> Corpus:
    cache.clear()
    return canaries


def _admin_paths(corpus: Corpus) -> list[str]:
    """Every address under /gestion/, each with samples of both departments."""
    paths, samples = [], Samples(corpus)
    for address in all_addresses():
        if address.template.startswith("/gestion/"):
            asked = fillings(address, samples.of(address.template))
            # The first is of Isère, the last of Hautes-Alpes: what opens depends on that alone; but a service
            # and a revision must belong together.
            is_pair = len(address.names) > 1
            paths += asked if is_pair else dict.fromkeys((asked[0], asked[len(asked) // 2], asked[-1]))
    assert len(paths) > 300
    return paths


def _status(client: Client, method: str, path: str) -> int:
    point = transaction.savepoint()
    session = {name: morsel.value for name, morsel in client.cookies.items()}
    try:
        return getattr(client, method)(path).status_code
    finally:
        transaction.savepoint_rollback(point)
        client.cookies.clear()
        for name, value in session.items():
            client.cookies[name] = value


@pytest.mark.parametrize("viewer", [planted.PRO_38, planted.MEMBER])
def test_professionals_and_members_never_enter(corpus: Corpus, viewer: str) -> None:
    client = client_of(viewer, corpus)
    ours = ("/gestion/login/", "/gestion/password_reset/")
    for path in _admin_paths(corpus):
        if not path.startswith(ours):
            assert _status(client, "get", path) == 404, path


def test_the_public_is_asked_to_sign_in(corpus: Corpus) -> None:
    client = Client()
    open_to_all = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
    for path in _admin_paths(corpus):
        response = client.get(path)
        doors = ("/connexion/", "/gestion/login/")  # the second leads to the first
        asked = response.status_code == 302 and response["Location"].startswith(doors)
        assert asked or response.status_code == 404 or resolve(path).view_name in open_to_all, path


def test_a_coordinator_opens_what_is_listed_and_nothing_else(corpus: Corpus) -> None:
    account = account_of(COORDINATOR_38, corpus)
    client = signed_in(account)
    own = {str(service.pk) for service in corpus.services.values() if service.department == "38"}
    opened = set()
    for path in _admin_paths(corpus):
        match, status = resolve(path), _status(client, "get", path)
        listed = guard.may_open(_viewer(account), account, match)
        namespace = match.view_name.rpartition(":")[0]
        if namespace == guard.SERVICES and "pk" in match.kwargs and str(match.kwargs["pk"]) not in own:
            assert status == 404, path
        if not listed and not path.startswith(("/gestion/login/", "/gestion/password_reset/")):
            assert status == 404, path
        assert status < 500, path
        if status == 200:
            opened.add(match.view_name)
    for name in (
        "list",
        "add",
        "edit",
        "history",
        "confirm",
        "revisions_compare",
        "preview_on_edit",
        "unpublish",
    ):
        assert f"{guard.SERVICES}:{name}" in opened, name
    assert not any(
        name.startswith(("wagtailusers", "wagtailadmin_reports", "wagtailadmin_workflows")) for name in opened
    )


def _viewer(user: Any) -> Any:
    from directory.visibility import viewer_of

    return viewer_of(user)


@pytest.mark.parametrize("path", CLOSED_TO_ALL_BUT_ADMINISTRATORS)
def test_what_tells_of_every_department_is_for_administrators(corpus: Corpus, path: str) -> None:
    assert client_of(COORDINATOR_38, corpus).get(path).status_code == 404
    assert client_of(planted.ADMINISTRATOR, corpus).get(path).status_code in (200, 302), path


def test_an_administrator_meets_no_error(corpus: Corpus) -> None:
    client = client_of(planted.ADMINISTRATOR, corpus)
    client.raise_request_exception = False
    broken = [path for path in _admin_paths(corpus) if _status(client, "get", path) >= 500]
    assert broken == ["/gestion/failwhale/"], broken  # Wagtail's page to try errors


@pytest.mark.parametrize(
    "gesture", ["confirmer", "fermer", "suspendre", "rouvrir", "unpublish", "lock", "edit", "preview"]
)
def test_a_neighbour_writes_nothing(corpus: Corpus, gesture: str) -> None:
    service = corpus.services["public"]
    client = client_of(COORDINATOR_05, corpus)
    posted = entry(organisation=service.organisation_id, type=service.type_id, message="x")
    for method in ("get", "post"):
        data = posted if method == "post" else {}
        assert getattr(client, method)(f"{SERVICES}{gesture}/{service.pk}/", data).status_code == 404
    service.refresh_from_db()
    assert service.live
    assert service.state == "actif"


def _read(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return raw.decode(errors="replace")


def test_lists_and_searches_hold_only_ones_own(corpus: Corpus) -> None:
    own, other = "Phare public de Voiron", "Service public de Gap"
    for viewer, seen, unseen in ((COORDINATOR_38, own, other), (COORDINATOR_05, other, own)):
        client = client_of(viewer, corpus)
        for query in ("", "?q=public", "?department=38", "?department=05", "?export=csv", "?export=xlsx"):
            page = _read(client.get(SERVICES + query))
            assert unseen not in page, (viewer, query)
            results = _read(client.get(f"{SERVICES}results/{query}"))
            assert unseen not in results, (viewer, query)
        assert seen in client.get(SERVICES).content.decode()
    both = client_of(planted.ADMINISTRATOR, corpus).get(SERVICES).content.decode()
    assert own in both
    assert other in both


def test_the_form_refuses_the_department_and_the_organisation_of_others(corpus: Corpus) -> None:
    client = client_of(COORDINATOR_05, corpus)
    foreign = corpus.services["public"].organisation
    own = factories.OrganisationFactory(department="05")
    kind = corpus.services["public"].type
    for values in (
        {"department": "38", "organisation": own.pk},
        {"department": "05", "organisation": foreign.pk},
    ):
        response = client.post(f"{SERVICES}add/", entry(type=kind.pk, **values))
        assert response.status_code == 200, values
        assert response.context["form"].errors
    page = client.get(f"{SERVICES}add/?type={kind.slug}").content.decode()
    assert foreign.name not in page
    assert own.name in page


def test_the_home_page_tells_of_ones_own_only(corpus: Corpus) -> None:
    client = client_of(COORDINATOR_05, corpus)
    page = client.get("/gestion/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "Nouvelle structure" in said
    assert "Voiron" not in said
    assert "/gestion/reports/" not in said
    assert "/gestion/users/" not in said


def test_types_and_numbers_are_read_by_coordinators_and_written_by_administrators(corpus: Corpus) -> None:
    kind = corpus.services["public"].type
    for viewer, reads, writes in ((COORDINATOR_38, 200, 404), (planted.ADMINISTRATOR, 200, 200)):
        client = client_of(viewer, corpus)
        assert client.get("/gestion/annuaire/types/").status_code == reads
        assert client.get(f"/gestion/annuaire/types/inspect/{kind.pk}/").status_code == reads
        assert client.get(f"/gestion/annuaire/types/edit/{kind.pk}/").status_code == writes
        assert client.get("/gestion/annuaire/numeros/").status_code == reads
