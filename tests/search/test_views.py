"""The search pages: posted words leave no trace in an address, and an empty answer is never a dead end."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from directory.models import Commune, Service
from search import indexing
from search.tokens import seal
from tests.factories import ActorTypeFactory, CommuneFactory, HelplineFactory, ServiceFactory, UserFactory
from tests.territory import GRENOBLE, VOIRON

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(communes: dict[str, Commune]) -> list[Service]:
    """Two listening places, one that only professionals see, and the number of danger."""
    HelplineFactory(key="17", label="Police, gendarmerie", emergency=True)
    HelplineFactory(key="3919")
    services = [
        ServiceFactory(name="L’Étape (exemple)", at=GRENOBLE, phone="+33465710012", women=True),
        ServiceFactory(name="Le Relais (exemple)", at=VOIRON, phone="+33465710034"),
        ServiceFactory(name="Permanence réservée (exemple)", at=GRENOBLE, reserved=True),
    ]
    indexing.rebuild()
    return services


def posted(client: Client, **params: str) -> str:
    """The page that the form leads to."""
    response = client.post("/recherche/", params)
    assert response.status_code == 303
    return client.get(response["Location"]).content.decode()


def test_a_posted_search_leads_to_an_address_that_tells_nothing(
    client: Client, directory: list[Service]
) -> None:
    response = client.post("/recherche/", {"q": "lieu d’écoute", "lieu": "Grenoble"})
    assert response.status_code == 303
    assert response["Location"].startswith("/recherche/r/")
    assert "Grenoble" not in response["Location"]
    assert "coute" not in response["Location"]
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_the_results_page_is_not_kept_and_sets_no_cookie(client: Client, directory: list[Service]) -> None:
    response = client.get("/recherche/r/" + seal({"lieu": ["Grenoble"]}) + "/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_the_results_say_who_where_why_and_how_to_call(client: Client, directory: list[Service]) -> None:
    page = posted(client, lieu="Grenoble")
    assert "L’Étape (exemple)" in page
    assert "04 65 71 00 12" in page
    assert "Répond pour" in page or "Zone d’intervention à confirmer" in page
    assert 'data-number="1"' in page
    assert "Qui répond pour Grenoble" in page


def test_a_link_with_words_answers_the_same(client: Client, directory: list[Service]) -> None:
    page = client.get("/recherche/", {"q": "étape", "lieu": "Grenoble"}).content.decode()
    assert "L’Étape (exemple)" in page


def test_the_number_of_danger_is_always_there(client: Client, directory: list[Service]) -> None:
    assert 'href="tel:17"' in posted(client, lieu="Grenoble")
    assert 'href="tel:17"' in posted(client, q="zzzzzz", lieu="Grenoble")


def test_nothing_found_offers_next_steps(client: Client, directory: list[Service]) -> None:
    page = posted(client, q="zzzzzz", lieu="Grenoble", type="leao")
    assert "Aucun service trouvé" in page
    assert "Garder le lieu, retirer les mots" in page
    assert "Appeler un numéro national" in page


def test_each_chip_leads_to_the_question_without_it(client: Client, directory: list[Service]) -> None:
    response = client.get("/recherche/r/" + seal({"q": ["étape"], "lieu": ["Grenoble"]}) + "/")
    page = response.context["page"]
    assert [chip.label for chip in page.chips] == ["Grenoble (38)"]
    assert page.not_understood.label == "« étape »"
    without_words = client.get(page.not_understood.url).context["page"]
    assert ([chip.label for chip in without_words.chips], without_words.not_understood) == (
        ["Grenoble (38)"],
        None,
    )


def test_homonyms_are_offered_as_links(client: Client, communes: dict[str, Commune]) -> None:
    for insee in ("38177", "83062", "04092"):  # three communes called La Garde
        CommuneFactory(insee=insee)
    page = client.get("/recherche/r/" + seal({"lieu": ["La Garde"]}) + "/").context["page"]
    assert {choice.label for choice in page.choices} == {"La Garde (38)", "La Garde (04)"}
    there = client.get(page.choices[0].url).context["page"]
    assert there.place == page.choices[0].label


def test_without_a_place_the_page_asks_for_it(client: Client, directory: list[Service]) -> None:
    assert "Où vit la personne" in posted(client, q="étape")
    assert "Où vit la personne" not in posted(client, q="étape", lieu="Grenoble")


def test_an_unknown_value_is_said_and_ignored(client: Client, directory: list[Service]) -> None:
    page = posted(client, lieu="Grenoble", type="licorne")
    assert "licorne" in page
    assert "L’Étape (exemple)" in page


@pytest.mark.parametrize("token", ["abc", "x" * 9000, "gAAAAABm"])
def test_an_expired_address_shows_an_empty_form(client: Client, token: str) -> None:
    response = client.get(f"/recherche/r/{token}/")
    assert response.status_code == 410
    assert "Cette recherche a expiré" in response.content.decode()
    assert 'name="q" value=""' in response.content.decode()


def test_an_empty_post_shows_the_form(client: Client) -> None:
    assert client.post("/recherche/", {"q": "  "})["Location"] == "/recherche/"


def test_a_very_long_text_still_fits_an_address(client: Client, directory: list[Service]) -> None:
    response = client.post("/recherche/", {"q": "é" * 20_000, "sans": ["type:x"] * 500})
    assert len(response["Location"]) < 6000
    assert client.get(response["Location"]).status_code == 200


def test_too_many_searches_are_refused_in_words(
    client: Client, directory: list[Service], settings: Settings
) -> None:
    settings.SEARCH_RATE_LIMIT = 1
    address = "/recherche/r/" + seal({"lieu": ["Grenoble"]}) + "/"
    statuses = [client.get(address).status_code for _attempt in range(3)]
    assert statuses[-1] == 429
    refused = client.get(address)
    assert int(refused["Retry-After"]) >= 0
    assert "Trop de recherches" in refused.content.decode()


def test_reserved_entries_are_listed_and_counted_for_those_entitled_only(
    client: Client, directory: list[Service]
) -> None:
    address = "/recherche/r/" + seal({"lieu": ["Grenoble"]}) + "/"
    public = client.get(address).context["page"]
    client.force_login(UserFactory(professional_in=["38"]))
    entitled = client.get(address).context["page"]
    assert entitled.found.total == public.found.total + 1
    assert "Permanence réservée (exemple)" in {one.card.name for one in entitled.results}


def test_every_page_of_results_is_reached_once(client: Client, communes: dict[str, Commune]) -> None:
    for number in range(5):
        ServiceFactory(name=f"Service {number} (exemple)", at=GRENOBLE)
    indexing.rebuild()
    page = client.get("/recherche/r/" + seal({"lieu": ["Grenoble"], "limit": ["2"]}) + "/").context["page"]
    names = [one.card.name for one in page.results]
    numbers = [one.number for one in page.results]
    while page.next:
        page = client.get(page.next.url).context["page"]
        names += [one.card.name for one in page.results]
        numbers += [one.number for one in page.results]
    assert sorted(names) == [f"Service {number} (exemple)" for number in range(5)]
    assert numbers == [1, 2, 3, 4, 5]
    assert page.previous is not None


@pytest.mark.parametrize("services", [2, 30])
def test_the_results_take_fifteen_queries_whatever_the_size(
    client: Client,
    communes: dict[str, Commune],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    services: int,
) -> None:
    HelplineFactory(key="17", emergency=True)
    HelplineFactory(key="3919")
    for number in range(services):
        ServiceFactory(name=f"Service {number} (exemple)", at=GRENOBLE, phone=f"+3346571{number:04d}")
    indexing.rebuild()
    address = "/recherche/r/" + seal({"q": ["service"], "lieu": ["Grenoble"], "limit": ["50"]}) + "/"
    client.get(address)  # types and lexicon are held from one question to the next
    with django_assert_max_num_queries(15):
        page = client.get(address).context["page"]
    assert len(page.results) == services


def test_facets_are_checkboxes_with_counts(client: Client, directory: list[Service]) -> None:
    ActorTypeFactory(slug="crip")
    page = posted(client, lieu="Grenoble", public="femmes")
    assert 'id="f-public-femmes" name="public" value="femmes" checked' in page
    assert 'form="filtres"' in page or "Appliquer" in page


def test_a_page_beyond_the_last_leads_to_the_last(client: Client, directory: list[Service]) -> None:
    response = client.get(f"/recherche/r/{seal({'page': ['999'], 'limit': ['1']})}/")
    assert response.status_code == 303
    page = client.get(response["Location"]).content.decode()
    assert "Rien ne correspond" not in page
    assert 'class="m-num' in page
