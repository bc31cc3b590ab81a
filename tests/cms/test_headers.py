"""What every answer tells a browser: no trace, no cookie, no script of others."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from cms.middleware import client_address
from directory.models import Service
from tests.factories import ServiceFactory, UserFactory
from tests.leaking.addresses import all_addresses
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

# Pages about the site, and one error: they need nothing in the database.
PUBLIC = [
    "/",
    "/numeros/",
    "/types/",
    "/naviguer-en-securite/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/recherche/",
    "/nulle-part/",
    "/s/inconnu/",
    "/robots.txt",
    "/sitemap.xml",
    "/sante/",
    "/.well-known/security.txt",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_leave_no_trace(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("path", [*PUBLIC, "/connexion/", "/connexion/code/"])
def test_public_policy_is_strict(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    for directive in (
        "default-src 'self'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ):
        assert directive in policy


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_hold_no_inline_code(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "javascript:" not in page


def test_no_address_gives_a_cookie_to_the_public(client: Client) -> None:
    """Every address without parameters that is not a way in; signing in needs a token against forgery."""
    paths = [one.template for one in all_addresses() if not one.names]
    asked = [path for path in paths if not path.startswith(("/connexion/", "/gestion/"))]
    assert len(asked) > 10
    given = {path: list(Client().get(path).cookies) for path in asked}
    assert {path: names for path, names in given.items() if names} == {}


def test_form_pages_say_where_they_are_to_this_site_only(client: Client) -> None:
    response = client.get("/connexion/")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert settings.CSRF_COOKIE_NAME in response.cookies
    assert response.cookies[settings.CSRF_COOKIE_NAME]["httponly"]


@pytest.mark.parametrize("path", ["/recherche/", "/connexion/", "/quitter/"])
def test_pages_that_a_browser_must_not_keep(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_signed_in_readers_keep_nothing() -> None:
    client = signed_in(UserFactory(professional_in=["38"]))
    for path in ("/", "/numeros/", "/types/", "/nulle-part/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_public_pages_may_be_kept_a_moment(client: Client) -> None:
    assert "no-store" not in client.get("/numeros/").headers.get("Cache-Control", "")


def test_admin_has_its_own_policy_and_nothing_looser() -> None:
    client = signed_in(UserFactory(administrator=True))
    response = client.get("/gestion/")
    policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_preview_may_be_framed_by_its_form_and_nothing_else_may() -> None:
    client = signed_in(UserFactory(administrator=True))
    service = ServiceFactory()
    viewset = Service.snippet_viewset
    preview = client.get(reverse(viewset.get_url_name("preview_on_edit"), args=[service.pk]))
    form = client.get(reverse(viewset.get_url_name("edit"), args=[service.pk]))
    assert (preview.status_code, form.status_code) == (200, 200)
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert form.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]


def test_caller_is_read_from_the_proxies_that_are_believed(client: Client, settings: object) -> None:
    def seen_through(proxies: int, forwarded: str) -> str:
        settings.TRUSTED_PROXY_COUNT = proxies
        request = HttpRequest()
        request.META = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
        client_address(lambda _request: HttpResponse())(request)
        return request.META["REMOTE_ADDR"]

    assert seen_through(0, "203.0.113.9") == "10.0.0.1"
    assert seen_through(1, "6.6.6.6, 203.0.113.9") == "203.0.113.9"
    assert seen_through(2, "203.0.113.9") == "10.0.0.1"
