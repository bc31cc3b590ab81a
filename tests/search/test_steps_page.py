"""The ordered doors on the page: each service once, what to say when no commune is known."""

import re
from collections import Counter

import pytest
from django.test import Client

from search import indexing
from search.question import Question
from search.result_views import step_views
from tests.factories import ServiceFactory
from tests.search.asked import ask
from tests.territory import department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]

CONFESSION = "je frappe ma femme, je veux un stage de responsabilisation pour arrêter"


def page(client: Client, words: str, place: str = "") -> str:
    response = client.post("/recherche/", {"q": words, "lieu": place})
    return client.get(response["Location"]).content.decode()


def test_a_service_that_two_doors_lead_to_is_a_card_once(client: Client) -> None:
    steps = list(step_views(ask(CONFESSION, "Embrun").steps, {}, Question()))
    again = [one.card.name for step in steps for one in step.already]
    assert again == ["CPCA 05"], [(step.label, step.results, step.already) for step in steps]
    html = page(client, CONFESSION, "Embrun")
    twice = {name for name, times in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if times > 1}
    assert not twice
    assert html.count('href="#r1" lang="fr">CPCA 05</a>') == 1


def test_what_was_understood_takes_the_place_of_the_whole_text(client: Client) -> None:
    html = page(client, "mon mari me frappe", "Embrun")
    assert "Retirer </span>Violences conjugales" in html
    assert "Retirer </span>«" not in html
    assert "Retirer </span>«" in page(client, "zorglub", "Embrun")


def test_a_door_without_a_number_asks_for_the_commune(client: Client) -> None:
    """Perpetrators’ services have no national number to show (domain.md N8): never a dead end."""
    assert 'href="#ou"' in page(client, CONFESSION)
    assert 'href="#ou"' not in page(client, CONFESSION, "Embrun")


def test_what_is_sorted_is_what_follows_the_doors(client: Client) -> None:
    """The doors have an order of their own."""
    services = [
        ServiceFactory(name=f"Écoute {one}", type_slug="leao", department="05", coverage=[department("05")])
        for one in ("A", "B", "C", "D")
    ]
    indexing.refresh([one.pk for one in services])
    html = page(client, "mon mari me frappe", "Embrun")
    assert html.index('id="t-portes"') < html.index("Autres services") < html.index('id="tri"')
    without_doors = page(client, "", "Embrun")
    assert without_doors.index('id="tri"') < without_doors.index('id="r1"')


def test_a_card_without_a_number_shows_the_one_that_stands_in(client: Client) -> None:
    """The SIAO answers day and night, at 115: its card had nothing to call."""
    html = page(client, "mon mari me frappe, je veux partir ce soir", "Embrun")
    card = html[html.index("SIAO 05") :]
    card = card[: card.index("</article>")]
    assert "Appeler" in card
    assert 'href="tel:115"' in card


def test_who_advises_is_apart_from_who_saves(client: Client) -> None:
    page = client.get("/recherche/", {"q": "violences conjugales"}).context["page"]
    assert [(one.key, [line.key for line in one.lines]) for one in page.strip] == [
        ("danger", ["17"]),
        ("conseil", ["3919"]),
    ]
