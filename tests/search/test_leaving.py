"""Who must leave: what is far, who says so in words, and what the page then offers."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Commune
from directory.visibility import ANONYMOUS
from search import indexing
from search.answer import Answer, answer
from search.backends.base import Territory
from search.forms import SearchForm
from search.leaving import BOUND_TO_RESIDENCE, DEPARTMENTS, Department, leaving, receiving, says_leaving
from search.links import offers
from search.question import ANOTHER_DEPARTMENT, Question
from tests.factories import ActorTypeFactory, ServiceFactory, shipped_types
from tests.search import asked as planted
from tests.territory import GAP, GRENOBLE, SISTERON, department

NEAR, FAR = Department((6.0, 44.0), "area:4"), Department((5.4, 45.4), "area:38")
GAPS = Territory({"area:5": "department"}, "05", True, (6.08, 44.56))


def test_departments_are_far_by_their_middle_and_the_nearest_come_first() -> None:
    known = {"05": Department((6.4, 44.6), "area:5"), "38": FAR, "04": NEAR, "2A": Department(None, "")}
    away = leaving(GAPS, 50, known).away
    assert away is not None
    assert (away.km, away.departments) == (50, ("04", "38"))
    assert (away.areas, away.near_areas) == (("area:4", "area:38"), ("area:5",))
    another = leaving(GAPS, ANOTHER_DEPARTMENT, known).away
    assert another is not None
    assert (another.km, another.departments) == (None, ("04", "38", "2A"))


def test_km_start_from_a_point() -> None:
    whole = Territory({"area:5": "department"}, "05", False)
    known = {"05": Department((6.4, 44.6), "area:5"), "38": FAR, "04": NEAR}
    assert leaving(whole, 50, known) == whole
    away = leaving(whole, ANOTHER_DEPARTMENT, known).away
    assert away is not None
    assert away.departments == ("04", "38")


@pytest.mark.django_db
def test_where_departments_are_is_read_once(
    communes: dict[str, Commune], django_assert_num_queries: Any
) -> None:
    held = DEPARTMENTS.current()()
    assert held["38"].area == f"area:{department('38').pk}"
    assert held["38"].middle == pytest.approx((5.4, 45.4), abs=0.2)
    with django_assert_num_queries(1):
        assert DEPARTMENTS.current()() is held


@pytest.mark.django_db
def test_every_type_named_here_is_shipped_and_social_services_receive() -> None:
    assert shipped_types().keys() >= BOUND_TO_RESIDENCE
    types = [ActorTypeFactory.build(slug=slug) for slug in shipped_types()]
    found = set(receiving(types))
    assert found >= {"leao", "accueil-de-jour", "siao-115", "ccas", "france-victimes", "cidff"}
    assert not found & {"commissariat", "brigade-gendarmerie", "umj", *BOUND_TO_RESIDENCE}


# --- The words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "je veux partir loin de Gap",
        "quitter le département",
        "il faut que je sorte, hors du département",
        "loin d’ici",
        "un refuge pour elle et ses deux enfants, loin",
        "je veux vivre loin de mon ex",
        "être hébergée loin, dans un autre département",
        "une place dans une autre région",
        "je dois changer de ville",
    ],
)
def test_words_that_say_that_one_must_leave(words: str) -> None:
    assert says_leaving(Question(words=words, place_words=("gap",)))


@pytest.mark.parametrize("words", ["je veux fuir Gap", "elle doit quitter Gap", "un refuge loin de Gap"])
def test_it_is_the_place_that_is_left(words: str) -> None:
    assert says_leaving(Question(words=words, place_words=("gap",)))


@pytest.mark.parametrize(
    "words",
    [
        "pas trop loin de Gap",
        "j’habite loin de Gap",
        "mon père la frappe, moi je suis loin",
        "il travaille loin",
        "je veux quitter mon mari",
        "mon fils vit loin de moi",
        "en ville, à Gap",
        "partir, mais pas loin",
    ],
)
def test_words_that_leave_nothing(words: str) -> None:
    assert not says_leaving(Question(words=words, place_words=("gap",)))


# --- The answer and its page --------------------------------------------------------------------------------


@pytest.fixture
def directory(communes: dict[str, Commune]) -> None:
    planted.plant()
    isere, basses_alpes = department("38"), department("04")
    for name, slug, at in (
        ("SIAO 38", "siao-115", []),
        ("Brigade 38", "brigade-gendarmerie", GRENOBLE),
        ("LEAO 38", "leao", GRENOBLE),
    ):
        ServiceFactory(name=name, type_slug=slug, coverage=[isere], at=at, phone="+33465710012")
    ServiceFactory(name="LEAO 04", type_slug="leao", department="04", coverage=[basses_alpes], at=SISTERON)
    indexing.rebuild()


def ask(**params: str) -> Answer:
    asked = SearchForm({name: [value] for name, value in params.items()}).asked()
    return answer(asked.question, ANONYMOUS, planted.DAY, knowledge=asked.knowledge)


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_the_door_of_emergency_shelter_leads_to_those_of_elsewhere() -> None:
    found = ask(q="115", lieu="Gap", loin="60")
    (door,) = [one for one in found.steps if "siao-115" in one.types]
    assert [one.card.name for one in door.results] == ["SIAO 38"]


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_the_cell_of_another_department_is_a_wrong_door() -> None:
    """R2: the numbers of the door answer; it is shown when it is asked for by name."""
    found = ask(q="mon fils de 8 ans est frappé par son père", lieu="Gap", loin="60")
    (door,) = [one for one in found.steps if one.types == ("crip",)]
    assert (door.results, [one.key for one in door.fallback]) == ((), ["119"])
    assert "CRIP 38" not in [one.card.name for one in found.results]
    assert "CRIP 38" in [one.card.name for one in ask(q="CRIP", lieu="Gap", loin="60").results]


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_a_unit_far_away_stands_at_no_door_and_does_not_lead() -> None:
    found = ask(q="porter plainte", lieu="Gap", loin="60")
    assert not [one for step in found.steps for one in step.results if one.card.name == "Brigade 38"]
    assert "Brigade 38" in [one.card.name for one in found.results]
    *_first, last = ask(lieu="Gap", loin="60").results
    assert last.card.name == "Brigade 38"


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_as_many_queries_as_anybody(django_assert_num_queries: Any) -> None:
    here, there = (Question(words="écoute", commune=GAP, away=away) for away in (None, 60))
    answer(there, ANONYMOUS, planted.DAY)  # reads where departments are
    with CaptureQueriesContext(connection) as usual:
        answer(here, ANONYMOUS, planted.DAY)
    with django_assert_num_queries(len(usual)):
        answer(there, ANONYMOUS, planted.DAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_leaving_is_offered_and_never_chosen() -> None:
    asked = SearchForm({"q": ["je veux partir loin de Gap"]}).asked()
    assert (asked.place_text, asked.question.away) == ("Gap (05)", None)
    found = [(one.loin, one.link.label) for one in offers(asked)]
    assert found == [
        ("50", "Chercher à plus de 50 km de Gap"),
        ("departement", "Chercher dans un autre département"),
    ]
    assert (
        "d’Embrun" in next(offers(SearchForm({"q": ["loin d’ici"], "lieu": ["Embrun"]}).asked())).link.label
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"q": "loin d’ici"}, []),
        ({"q": "loin d’ici", "lieu": "05"}, ["departement"]),
        ({"q": "loin d’ici", "lieu": "Gap", "loin": "30"}, []),
        ({"q": "on me frappe", "lieu": "Gap"}, []),
    ],
)
@pytest.mark.usefixtures("directory")
def test_what_is_offered_fits_the_place(params: dict[str, str], expected: list[str]) -> None:
    asked = SearchForm({name: [value] for name, value in params.items()}).asked()
    assert [one.loin for one in offers(asked)] == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_the_page_offers_a_link_that_keeps_the_commune_and_drops_the_radius(client: Client) -> None:
    page = client.get(
        "/recherche/", {"q": "partir loin d’ici", "lieu": "Gap", "rayon": "20"}
    ).content.decode()
    offered = page.split("Chercher à plus de 50 km de Gap")[0].rsplit('m-tap" href="', 1)[1].split('"')[0]
    away = client.get(offered).content.decode()
    assert "Qui accueille loin de Gap" in away
    assert "à plus de 50 km de Gap" in away
    assert "SIAO 38" in away
    assert "le rayon de" not in away
    assert "Pour partir loin d’ici" not in away


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_the_page_of_another_department(client: Client) -> None:
    for place in ("Gap", "05"):
        page = client.get("/recherche/", {"lieu": place, "loin": "departement"}).content.decode()
        assert "hors du département 05" in page
        assert "LEAO 04" in page
        assert "LEAO 05" not in page
        assert '<option value="departement" selected>Autre département</option>' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
def test_the_interface_tells_what_to_offer(client: Client) -> None:
    found = client.get("/api/v1/search", {"q": "quitter le département", "lieu": "Gap"}).json()
    assert found["offers"] == [
        {"loin": "50", "label": "Chercher à plus de 50 km de Gap"},
        {"loin": "departement", "label": "Chercher dans un autre département"},
    ]
    there = client.get("/api/v1/search", {"lieu": "Gap", "loin": "departement"}).json()
    assert there["offers"] == []
    assert {one["name"] for one in there["services"]} >= {"LEAO 04", "LEAO 38", "SIAO 38"}
