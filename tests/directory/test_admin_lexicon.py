"""What people type, as coordinators write it: choices, and clashes that are refused with what to do."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from directory.models import LexiconEntry
from search.question import Question
from search.understanding import understand
from tests.directory.admin_tools import coordinator, signed_in

NEW = "/gestion/annuaire/lexique/add/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(communes: Any) -> Client:
    return signed_in(coordinator("38"))


def posted(words: str, **values: Any) -> dict[str, Any]:
    return {"words": words, "concepts": "v:conjugales", "minor": "", "adult": "", "is_open": "on"} | values


def test_choices_are_understood_one_by_one_and_at_once(client: Client) -> None:
    response = client.post(NEW, posted("mon (zouave/loustic) me frappe", exact="on"))
    assert response.status_code == 302, response.context["form"].errors
    for words in ("mon zouave me frappe", "mon loustic me frappe"):
        found = understand(Question(words=words), []).question
        assert [one.slug for one in found.concepts] == ["conjugales"]


def test_a_choice_that_is_said_elsewhere_is_refused(client: Client) -> None:
    LexiconEntry.objects.create(words=["mon (zouave/loustic) me frappe"], concepts=["v:conjugales"])
    response = client.post(NEW, posted("mon loustic me frappe"))
    assert response.status_code == 200
    assert escape("« mon loustic me frappe » veut déjà dire autre chose") in response.content.decode()
    assert LexiconEntry.objects.count() == 1


def test_too_many_choices_are_refused(client: Client) -> None:
    ten = "(" + "/".join("abcdefghij") + ")"
    response = client.post(NEW, posted(f"{ten} {ten} {ten}"))
    assert response.status_code == 200
    assert "donne plus de 500 tournures" in response.content.decode()
    assert not LexiconEntry.objects.exists()


def test_parts_are_understood_at_once_wherever_they_are(client: Client) -> None:
    response = client.post(NEW, posted("(zouave/loustic) ... me frappe", exact="on"))
    assert response.status_code == 302, response.context["form"].errors
    assert LexiconEntry.objects.get().words == ["(zouave/loustic) … me frappe"]
    found = understand(Question(words="il me frappe encore ce loustic"), []).question
    assert [one.slug for one in found.concepts] == ["conjugales"]


@pytest.mark.parametrize(
    "words", ["zouave …", "… zouave", "(zouave/) … me frappe", "a … b … c … d … e", "!a … !b"]
)
def test_a_part_without_words_is_refused_with_what_to_do(client: Client, words: str) -> None:
    """An empty part would be found in any text."""
    response = client.post(NEW, posted(words))
    assert response.status_code == 200
    assert "écrivez des mots de chaque côté de « … »" in response.content.decode()
    assert not LexiconEntry.objects.exists()


def test_too_many_choices_of_a_part_are_refused(client: Client) -> None:
    ten = "(" + "/".join("abcdefghij") + ")"
    response = client.post(NEW, posted(f"zouave … {ten} {ten} {ten}"))
    assert "donne plus de 500 tournures" in response.content.decode()
    assert not LexiconEntry.objects.exists()
