"""A text that is a national number: the number, and no list."""

import pytest
from django.test import Client
from pytest_django import Settings

from directory.visibility import ANONYMOUS
from search.answer import answer
from search.backends import guarded
from search.forms import SearchForm
from search.links import chips
from search.pinned import Situation, standing_in
from tests.search.asked import DAY, ask, names
from tests.search.elastic_tools import NOWHERE, use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]


@pytest.mark.parametrize(
    ("text", "key"),
    [("17", "17"), ("le 15", "15"), ("appeler le 18", "18"), ("le numéro 18", "18"), ("119", "119")],
)
def test_a_number_alone_is_the_number(text: str, key: str) -> None:
    found = ask(text)
    assert [line.key for line in found.helplines] == [key]
    assert (found.total, names(found)) == (0, [])


@pytest.mark.parametrize(
    "text", ["le 17 il m’a frappée", "j’ai 17 ans", "CRIP 15", "17 rue Haute", "18 mois de prison"]
)
def test_beside_other_words_it_is_no_number(text: str) -> None:
    assert not {"15", "17", "18"} & set(ask(text).understood.said("number"))


def test_without_a_place_a_number_alone_asks_no_engine(
    settings: Settings, elastic: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what asks nothing of a server that is away does not say that it is back."""
    use(settings, [NOWHERE], "away")
    monkeypatch.setattr(guarded.BREAKER, "_rest", 0.0)  # any question may try at once
    guarded.BREAKER.failed("unreachable")
    assert ask("3919").helplines
    assert guarded.BREAKER.is_open


def test_at_a_place_services_come_too() -> None:
    found = ask("119", "Gap")
    assert "119" in {line.key for line in found.helplines}
    assert found.total


def test_a_door_shut_has_the_number_of_the_person() -> None:
    """domain.md N7: 119 for a minor, 116006 for a man, where the service would give 3919."""
    minor = ask("je me fais frapper, j’ai 14 ans").understood
    man = ask("je suis un homme battu par ma femme").understood
    assert standing_in(["3919", "116006"], Situation.of(minor)) == ("119",)
    assert standing_in(["3919", "116006"], Situation.of(man)) == ("116006",)


def test_the_page_shows_its_card_and_no_dead_end(client: Client) -> None:
    page = client.post("/recherche/", {"q": "119"}, follow=True).content.decode()
    assert 'id="n-119"' in page
    assert "Le numéro demandé, et qui y répond." in page
    assert "Rien ne correspond" not in page
    assert "Où vit la personne" not in page


def test_a_need_and_its_page_are_one_chip() -> None:
    asked = SearchForm({"q": ["je veux partir loin de Gap"], "lieu": ["Gap"]}).asked()
    found = answer(asked.question, ANONYMOUS, DAY)
    labels = [chip.label for chip in chips(asked, found)]
    assert "schema-mise-a-l-abri" in found.understood.said("content")
    assert labels.count("Mise à l’abri") == 1
    assert "Se mettre à l’abri" not in labels
