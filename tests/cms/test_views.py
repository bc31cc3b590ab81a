"""Home, errors, leaving, pages about the site, and what machines read."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms import views
from directory.discretion import telling_words
from directory.freshness import add_months
from directory.visibility import ANONYMOUS, Viewer
from search.models import SearchEntry
from tests.factories import (
    ActorTypeFactory,
    HelplineFactory,
    OrganisationFactory,
    ServiceFactory,
    UserFactory,
)
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

SITE_PAGES = ["/naviguer-en-securite/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/"]


# --- Home -------------------------------------------------------------------------------


def test_home_shows_the_four_numbers_and_what_the_reader_finds(client: Client) -> None:
    for key in ("3919", "17", "115", "119", "3018"):
        HelplineFactory(key=key)
    ServiceFactory(verified_on=timezone.localdate())
    context = client.get("/").context
    assert [line.key for line in context["helplines"]] == ["17", "119", "115", "3919"]
    assert context["shelf"] == views.Shelf(services=1, up_to_date=1, organisations=1)


def test_home_does_not_boast_of_none_verified(client: Client) -> None:
    ServiceFactory(verified_on=None)
    page = client.get("/").content.decode()
    assert "tenu par 1 organisation." in page
    assert "sur 10" not in page


def test_home_counts_nothing_that_hides(viewer_pro_38: Viewer, viewer_pro_05: Viewer) -> None:
    today = timezone.localdate()
    ServiceFactory(verified_on=today)
    ServiceFactory(verified_on=add_months(today, -7))
    ServiceFactory(audience="professionnels", verified_on=today)
    ServiceFactory(audience="equipe")
    ServiceFactory(live=False)
    ServiceFactory(state="ferme")
    assert views.shelf_of(ANONYMOUS) == views.shelf_of(viewer_pro_05) == views.Shelf(2, 1, 2)
    assert views.shelf_of(viewer_pro_38).services == 3
    assert views.Shelf(10, 9, 3).in_ten == 9
    assert views.Shelf(0, 0, 0).in_ten == 0


def test_home_counts_once_a_minute_for_all_who_see_the_same(
    settings: object, viewer_pro_38: Viewer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.CACHES = settings.CACHES | {
        "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    with django_assert_num_queries(2):
        views.shelf_of(ANONYMOUS)
        views.shelf_of(Viewer())
        views.shelf_of(viewer_pro_38)


def test_home_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")  # the kinds of contents are held by each process
    with django_assert_max_num_queries(3):
        client.get("/")


# --- Errors -----------------------------------------------------------------------------


def test_a_missing_page_offers_a_way_on_and_a_way_out(client: Client) -> None:
    response = client.get("/nulle-part/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "data-exit" in page
    assert settings.QUICK_EXIT_URL in page
    assert "/recherche/" in page


def test_a_signed_in_reader_leaves_errors_through_the_end_of_the_session() -> None:
    page = signed_in(UserFactory(professional_in=["38"])).get("/nulle-part/").content.decode()
    assert 'href="/quitter/"' in page
    assert settings.QUICK_EXIT_URL not in page


@pytest.mark.parametrize(("handler", "status"), [(views.server_error, 500), (views.bad_request, 400)])
def test_the_worst_errors_ask_nothing_of_the_site(
    handler: object, status: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/", HTTP_HOST="douteux")  # no session, no user, no viewer
    with django_assert_num_queries(0):
        response = handler(request)
    page = response.content.decode()
    assert response.status_code == status
    assert "data-exit" in page
    assert settings.QUICK_EXIT_URL in page


def test_the_error_page_gives_the_numbers_without_the_database() -> None:
    page = views.server_error(RequestFactory().get("/")).content.decode()
    assert 'href="tel:17"' in page
    assert 'href="sms:114"' in page


def test_an_error_of_ours_is_a_page_with_a_way_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(views, "shelf_of", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "data-exit" in response.content.decode()
    assert response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_form_without_its_token_is_refused_in_french() -> None:
    response = Client(enforce_csrf_checks=True).post("/connexion/", {"login": "x", "password": "y"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in page
    assert "data-exit" in page


def test_a_reserved_entry_and_a_missing_one_answer_the_same(client: Client) -> None:
    reserved = ServiceFactory(audience="professionnels")
    answers = [client.get(f"/s/{key}/") for key in (reserved.public_id, "inexistant")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_error_handlers_take_what_django_gives_them() -> None:
    request = RequestFactory().get("/")
    assert views.not_found(request, Http404("x")).status_code == 404
    assert views.forbidden(request).status_code == 403


# --- Leaving ----------------------------------------------------------------------------


def test_anybody_leaves(client: Client) -> None:
    response = client.get("/quitter/")
    assert (response.status_code, response.headers["Location"]) == (302, settings.QUICK_EXIT_URL)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_leaving_ends_the_session_on_the_server_too() -> None:
    client = signed_in(UserFactory(professional_in=["38"]))
    key = client.session.session_key
    response = client.get("/quitter/")
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert not client.session.exists(key)


def test_leaving_is_a_plain_link(client: Client) -> None:
    assert client.post("/quitter/").status_code == 405


# --- Pages about the site ---------------------------------------------------------------


@pytest.mark.parametrize("path", SITE_PAGES)
def test_pages_about_the_site(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """As they are shipped, where no editor made them: the page, types, numbers, parts of the operator."""
    with django_assert_max_num_queries(6):
        page = client.get(path).content.decode()
    title = re.search(r"<title>(.*?)</title>", page).group(1)
    assert telling_words(title) == []
    assert page.count("<h1") == 1
    text = re.sub(r"<[^>]*>", "", page[page.index("<main") :])
    assert not re.search(r"\w [:;!?»]", text), "a plain space before high punctuation"


def test_the_accessibility_page_claims_no_conformity(client: Client) -> None:
    page = client.get("/accessibilite/").content.decode()
    assert "Accessibilité\u00a0: non conforme" in page


# --- Machines ---------------------------------------------------------------------------


def test_health_is_well(client: Client) -> None:
    response = client.get("/sante/")
    assert response.json() == {"status": "ok", "database": "ok", "index": "ok"}


def test_health_tells_an_empty_index(client: Client) -> None:
    ServiceFactory()
    SearchEntry.objects.all().delete()
    response = client.get("/sante/")
    assert response.status_code == 503
    assert response.json()["index"] == "empty"


def test_health_tells_a_lost_database(client: Client) -> None:
    from django.db import OperationalError

    def unreachable(*_args: object) -> None:
        raise OperationalError("connection to server at 10.0.0.1, user secret, failed")

    with connection.execute_wrapper(unreachable):
        response = client.get("/sante/")
    assert response.status_code == 503
    assert json.loads(response.content) == {
        "status": "failing",
        "database": "unreachable",
        "index": "unknown",
    }


def test_sitemap_lists_what_anybody_may_read_whoever_asks() -> None:
    shown = ServiceFactory(type=ActorTypeFactory(slug="leao"))
    reserved = ServiceFactory(audience="professionnels", organisation=OrganisationFactory(department="38"))
    for client in (Client(), signed_in(UserFactory(professional_in=["38"]))):
        response = client.get("/sitemap.xml")
        xml = response.content.decode()
        assert f"/s/{shown.public_id}/" in xml
        assert f"/o/{shown.organisation.public_id}/" in xml
        assert f"/f/{shown.type.public_id}/" in xml
        assert f"{settings.SITE_URL}/numeros/" in xml
        assert reserved.public_id not in xml
        assert reserved.organisation.public_id not in xml
        assert telling_words(xml) == []


def test_a_forged_host_is_written_nowhere() -> None:
    for path in ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt"):
        assert b"pirate" not in Client(HTTP_HOST="pirate.example").get(path).content


def test_robots_may_read_little(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /" in lines
    assert not any(line.startswith("Allow:") and "recherche" in line for line in lines)


def test_security_contact(client: Client, settings: object) -> None:
    settings.CONTACT_EMAIL = "securite@exemple.example"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:securite@exemple.example"
    expires = timezone.datetime.fromisoformat(fields["Expires"])
    assert 0 < (expires - timezone.now()).days < 366
