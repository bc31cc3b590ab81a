"""How the map is asked for: addresses, refusals, limits, and what a token sees."""

from typing import Any

import pytest
from django.test import Client

from search import indexing
from search.tokens import seal
from tests.factories import ServiceFactory, UserFactory, api_token
from tests.territory import GRENOBLE, VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
PLACE = {"bbox": "5,45,6,46", "zoom": "8"}


def test_a_search_s_address_stands_for_its_parameters(client: Client) -> None:
    ServiceFactory(at=GRENOBLE)
    ServiceFactory(type_slug="crip", at=VOIRON)
    indexing.rebuild()
    found = client.get("/api/v1/map", PLACE | {"recherche": seal({"type": ["crip"]})})
    assert [one["type"] for one in found.json()["points"]] == ["crip"]
    assert "no-store" in found["Cache-Control"]
    expired = client.get("/api/v1/map", PLACE | {"recherche": "xxxx"})
    assert (expired.status_code, expired["Content-Type"]) == (410, "application/problem+json")
    assert "refaites-la" in expired.json()["detail"]


@pytest.mark.parametrize(
    "bbox",
    [
        "",
        "a,b,c,d",
        "1,2,3",
        "1,2,3,4,5",
        "nan,1,2,3",
        "1,1,inf,2",
        "6,45,5,46",
        "5,46,6,45",
        "-181,0,1,1",
        "0,0,1,91",
        "5_0,1,5_1,2",
        "٥,1,6,2",
    ],
)
def test_a_bad_box_is_refused_and_says_what_to_do(client: Client, bbox: str) -> None:
    refused = client.get("/api/v1/map", {"bbox": bbox, "zoom": "8"})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert "ouest,sud,est,nord" in refused.json()["detail"]


def test_a_box_smaller_than_anything_is_no_error(client: Client) -> None:
    assert client.get("/api/v1/map", {"bbox": "0,0,1e-320,1e-320", "zoom": "22"}).status_code == 200


@pytest.mark.parametrize("zoom", ["", "x", "-1", "23", "1.5", "²"])
def test_a_bad_zoom_too(client: Client, zoom: str) -> None:
    refused = client.get("/api/v1/map", {"bbox": "5,45,6,46", "zoom": zoom})
    assert refused.status_code == 400
    assert "de 0 à 22" in refused.json()["detail"]


def test_it_is_limited_apart_from_searches(client: Client, settings: Any) -> None:
    settings.SEARCH_RATE_LIMIT = 2
    assert [client.get("/api/v1/map", PLACE).status_code for _turn in range(3)] == [200, 200, 429]
    assert client.get("/api/v1/search").status_code == 200


def test_a_token_has_the_view_of_its_holder(client: Client) -> None:
    ServiceFactory(reserved=True, at=VOIRON)
    indexing.rebuild()
    token = api_token(UserFactory(professional_in=["38"]))
    assert client.get("/api/v1/map", PLACE).json()["total"] == 0
    asked = client.get("/api/v1/map", PLACE, headers={"Authorization": f"Bearer {token}"})
    assert asked.json()["total"] == 1
