"""The doors, as administrators write them: what they name exists, and what is not a step is refused."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from directory.models import DoorRule
from tests.directory.admin_tools import administrator, signed_in
from tests.factories import ActorTypeFactory, HelplineFactory

NEW = "/gestion/annuaire/portes/add/"
STEP = {"label": "Appeler", "types": ["crip"], "sheets": ["signalement"], "fallback": ["119"], "limit": 1}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(communes: Any) -> Client:
    ActorTypeFactory(slug="crip")
    ActorTypeFactory(slug="signalement", kind="mesure")
    HelplineFactory(key="119")
    return signed_in(administrator())


def posted(**values: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"when": {"minor": True}, "never": {}, "steps": [STEP]} | values
    written = {name: json.dumps(value) for name, value in rule.items()}
    shown = {"key": "essai", "label": "Essai", "rank": 50, "source": "une source", "source_date": ""}
    return shown | {"is_open": "on"} | written


def test_a_step_with_what_exists_is_kept(client: Client) -> None:
    response = client.post(NEW, posted())
    assert response.status_code == 302, response.context["form"].errors
    assert DoorRule.objects.get().steps == [STEP]


@pytest.mark.parametrize(
    "wrong", [{"types": ["inconnu"]}, {"sheets": ["inconnu"]}, {"fallback": ["inconnu"]}]
)
def test_what_does_not_exist_is_named(client: Client, wrong: dict[str, Any]) -> None:
    response = client.post(NEW, posted(steps=[STEP | wrong]))
    assert response.status_code == 200
    assert escape("Étape « Appeler »") in response.content.decode()
    assert "inconnu" in response.content.decode()
    assert not DoorRule.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": ["Appeler"]},
        {"steps": {"label": "Appeler"}},
        {"steps": [STEP | {"types": "crip"}]},
        {"steps": [STEP | {"limit": "deux"}]},
        {"when": ["minor"]},
        {"never": ["perpetrators"]},
    ],
)
def test_another_shape_is_refused_with_what_to_do(client: Client, wrong: dict[str, Any]) -> None:
    """Each question reads the rules: a shape that it cannot read would stop the search."""
    response = client.post(NEW, posted(**wrong))
    assert response.status_code == 200
    assert "accolades" in response.content.decode()
    assert not DoorRule.objects.exists()
