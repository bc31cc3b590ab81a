"""`/api/v1/suggest`: its shape, who may see what, and whatever may be sent to it."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from directory.models import LexiconEntry
from directory.visibility import ANONYMOUS
from search.suggestions import MOST, suggestions
from tests.factories import ServiceFactory, UserFactory, api_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
ADDRESS = "/api/v1/suggest"


def get(client: Client, text: str, **headers: str) -> Any:
    response = client.get(ADDRESS, {"q": text}, headers=headers)
    assert response.status_code == 200, response.content.decode()
    assert client.post(ADDRESS, {"q": text}, headers=headers).json() == response.json()
    return response.json()


def test_the_answer_says_what_the_fields_become(client: Client) -> None:
    assert get(client, "écoute à voiro") == [
        {
            "kind": "commune",
            "kind_label": "Commune",
            "label": "Voiron (38)",
            "detail": "Isère",
            "q": "écoute",
            "lieu": "Voiron (38)",
        }
    ]
    LexiconEntry.objects.create(words=["violence conjugale"], concepts=["v:conjugales"])
    assert get(client, "violence conj")[0]["lieu"] is None


def test_a_token_shows_what_its_owner_may_see(client: Client) -> None:
    ServiceFactory(organisation__name="Refuge Secret (exemple)", reserved=True)
    token = api_token(UserFactory(professional_in=["38"]))
    assert get(client, "refuge") == []
    assert [one["label"] for one in get(client, "refuge", Authorization=f"Bearer {token}")] == [
        "Refuge Secret (exemple)"
    ]


def test_it_is_kept_nowhere(client: Client) -> None:
    for response in (client.get(ADDRESS, {"q": "viol"}), client.post(ADDRESS, {"q": "viol"})):
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "vio\x00l",
        "a" * 50_000,
        "mot " * 5000,
        "123456789" * 50,
        "٣٨٥٠٠",
        "%_%",
        "\\",
        "é́́",
        "🙂",
        "'\"--",
    ],
)
def test_anything_may_be_typed(client: Client, text: str) -> None:
    get(client, text)
    assert client.get(ADDRESS).json() == []
    assert client.post(ADDRESS).json() == []


@given(st.text(max_size=60))
@hypothesis_settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert len(suggestions(text, ANONYMOUS)) <= MOST


def test_too_many_is_a_429_in_french(client: Client, settings: Settings) -> None:
    settings.SEARCH_RATE_LIMIT = 1
    codes = [client.get(ADDRESS, {"q": "viol"}).status_code for _time in range(4)]
    assert codes == [200, 200, 200, 200]
    refused = client.post(ADDRESS, {"q": "viol"})
    assert (refused.status_code, refused.json()["title"]) == (429, "Trop de demandes")
    assert client.get("/api/v1/search", {"q": "viol"}).status_code == 200
