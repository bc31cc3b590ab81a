"""The public points of the directory, by pages."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import PlaceFactory, ServiceFactory
from tests.territory import GRENOBLE, VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def get(client: Client, **params: str) -> dict[str, Any]:
    return client.get("/api/v1/services.geojson", params).json()


def test_points_as_geojson(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    exact = ServiceFactory(name="Exact")
    PlaceFactory(service=exact, point=(5.7311, 45.1922))
    ServiceFactory(name="Deux lieux", at=[VOIRON, GRENOBLE])
    ServiceFactory(name="Ailleurs", department="05", at="05061")
    ServiceFactory(name="Sans lieu")
    ServiceFactory(name="Fermé", closed=True, at=VOIRON)
    ServiceFactory(name="Réservé", reserved=True, at=VOIRON)
    with django_assert_max_num_queries(6):
        found = get(client)
    assert found["type"] == "FeatureCollection"
    names = [one["properties"]["name"] for one in found["features"]]
    assert names == ["Exact", "Deux lieux", "Deux lieux", "Ailleurs"]
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [5.7311, 45.1922]}
    assert found["features"][0]["properties"]["precision"] == "address"
    assert [one["properties"]["name"] for one in get(client, department="05")["features"]] == ["Ailleurs"]
    assert get(client, department="99\x00")["features"] == []


def test_points_come_by_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.api._PAGE_LENGTH", 2)
    for number in range(5):
        ServiceFactory(name=f"Service {number}", at=VOIRON)
    names, address = [], "/api/v1/services.geojson?department=38"
    while address:
        page = client.get(address).json()
        names.append([one["properties"]["name"] for one in page["features"]])
        address = page["next"]
    assert names == [["Service 0", "Service 1"], ["Service 2", "Service 3"], ["Service 4"]]
    assert client.get("/api/v1/services.geojson", {"page": "0"}).status_code == 422
