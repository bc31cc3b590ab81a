"""Who reads: nobody, a session, or a token of the JSON interface."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cms.accounts.provision import give_totp
from directory.models import ApiToken
from directory.tokens import revoke, token_of, user_of
from directory.visibility import Kind
from tests.factories import UserFactory, api_token
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

TYPES = "/api/v1/types"


def _bearer(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_the_public_touches_neither_session_nor_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")
    assert response.status_code == 200
    assert response.wsgi_request.viewer.is_anonymous


def test_the_public_has_no_session_on_a_page(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/naviguer-en-securite/")
    assert response.status_code == 200
    assert response.wsgi_request.viewer.is_anonymous
    assert not any("session" in query["sql"] or "directory_user" in query["sql"] for query in asked)


def test_a_session_carries_its_grants() -> None:
    client = signed_in(UserFactory(professional_in=["38", "05"]))
    viewer = client.get("/naviguer-en-securite/").wsgi_request.viewer
    assert viewer.kind == Kind.PROFESSIONAL
    assert viewer.professional_in == {"38", "05"}


def test_a_token_carries_its_owner() -> None:
    response = _bearer(api_token(UserFactory(professional_in=["38"]))).get(TYPES)
    assert response.status_code == 200
    assert response.wsgi_request.viewer.professional_in == {"38"}
    assert response.wsgi_request.has_api_token
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("header", ["Bearer faux", "Bearer ", "Basic YTpi", "rien", "Bearer " + "x" * 5000])
def test_a_wrong_token_is_refused_in_french(client: Client, header: str) -> None:
    response = client.get(TYPES, headers={"Authorization": header})
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "inconnue" in response.json()["detail"]


def test_a_token_opens_the_json_interface_only() -> None:
    response = _bearer(api_token(UserFactory(professional_in=["38"]))).get("/naviguer-en-securite/")
    assert response.wsgi_request.viewer.is_anonymous


def test_a_revoked_token_is_refused() -> None:
    text = api_token(UserFactory(professional_in=["38"]))
    revoke(token_of(text))
    assert user_of(text) is None
    assert _bearer(text).get(TYPES).status_code == 401


def test_a_closed_account_loses_its_tokens() -> None:
    user = UserFactory(professional_in=["38"])
    text = api_token(user)
    user.is_active = False
    user.save()
    assert user_of(text) is None


def test_only_the_digest_is_stored() -> None:
    text = api_token(UserFactory())
    row = ApiToken.objects.values().get()
    assert text not in str(row)
    assert row["digest"] == ApiToken.digest_of(text)


def test_use_is_noted_once_a_day(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    text = api_token(UserFactory())
    with django_assert_num_queries(2):
        token_of(text)
    with django_assert_num_queries(1):
        token_of(text)
    today = timezone.localdate()
    assert ApiToken.objects.get().last_used_on == today
    ApiToken.objects.update(last_used_on=today - timedelta(days=1))
    token_of(text)
    assert ApiToken.objects.get().last_used_on == today


def test_a_coordinators_token_needs_the_second_factor_too() -> None:
    user = UserFactory(coordinates=["38"])
    client = _bearer(api_token(user))
    refused = client.get(TYPES)
    assert refused.status_code == 403
    assert "double authentification" in refused.json()["detail"]
    give_totp(user)
    assert client.get(TYPES).status_code == 200
