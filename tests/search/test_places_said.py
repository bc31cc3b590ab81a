"""Places in the middle of a question: short forms, everyday words, departments where nobody answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.folding import fold
from search.forms import SearchForm
from search.places_said import place_said
from tests.factories import AreaFactory, CommuneFactory, ServiceFactory

pytestmark = pytest.mark.django_db

COMMUNES = (
    "04070",  # Digne-les-Bains
    "04116",  # Les Mées
    "38053",  # Bourgoin-Jallieu
    "38128",  # Corps
    "38185",  # Grenoble
    "38226",  # Mens
    "38242",  # Monestier-de-Clermont
    "38241",  # Monestier-d'Ambel
    "38243",  # Monestier-du-Percy
    "38474",  # Sassenage
    "38547",  # Villard-Bonnot
    "38548",  # Villard-de-Lans
    "05061",  # Gap
    "04092",  # La Garde
    "07160",  # Monestier
    "62189",  # Bus
    "70084",  # Boulot
    "79048",  # La Crèche
    "12202",  # Rodez
    "05023",  # Briançon
    "38544",  # Vienne
    "04205",  # Seyne
    "38421",  # Saint-Martin-d'Hères
    "73106",  # École
    "57336",  # L'Hôpital
    "72058",  # Changé
    "89387",  # Sens
    "31355",  # Mons
    "95197",  # Deuil-la-Barre
    "04222",  # Turriers
    "04006",  # Allos
    "05162",  # Le Saix
    "04058",  # Claret
    "05006",  # L'Argentière-la-Bessée
    "04112",  # Manosque
)
VALLEYS = (
    ("CC du Guillestrois et du Queyras", "05"),
    ("CC de la Matheysine", "38"),
    ("CC du Massif du Vercors", "38"),
    ("CC du Royans-Vercors", "26"),
    ("CC du Vexin Normand", "27"),
)


@pytest.fixture(autouse=True)
def communes() -> None:
    for insee in COMMUNES:
        CommuneFactory(insee=insee)
    for department in ("04", "05", "38"):
        ServiceFactory(department=department)


def said(text: str) -> str:
    found = place_said(fold(text).split(), lambda word: word in {"crip", "familles", "garde"})
    return found.place.commune.name if found and found.place.commune else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("maison de protection des familles Digne", "Digne-les-Bains"),
        ("prof au collège de Bourgoin, une élève", "Bourgoin-Jallieu"),
        ("parquet bourgoin, un ado", "Bourgoin-Jallieu"),
        ("tj bourgoin partie civile", "Bourgoin-Jallieu"),
        ("foyer rural fermé hier", ""),
        ("j’habite Corps, ma banque ne fait rien", "Corps"),
        ("j’habite seule", ""),
        ("violences conjugales Monestier", "Monestier-de-Clermont"),
        ("villard", ""),  # two of them, of the same size
        ("je me sens plus digne de vivre, Grenoble", "Grenoble"),
        ("un patron au boulot, Sassenage", "Sassenage"),
        ("insultée au boulot", ""),
        ("agression dans le bus à Grenoble", "Grenoble"),
        ("un bébé à la crèche, Gap", "Gap"),
        ("12000 euros volés", ""),
        ("il a la garde des enfants, Gap", "Gap"),
        ("tu mens tout le temps", ""),
        ("à Mens", "Mens"),
        ("son frère la frappe aux mées", "Les Mées"),
        ("je vis à Rodez", "Rodez"),
        ("je suis à l’hôpital", ""),
        ("il a changé depuis la naissance", ""),
        ("je me sens mal", ""),
        ("ccas saint martin dheres", "Saint-Martin-d'Hères"),
        ("ccas seyne les alpes", "Seyne"),
        ("un enfant frappé à lecole", ""),
        ("je dors à lhopital", ""),
        ("je vis à Sens", "Sens"),
        ("j’ai peur qu’il vienne", ""),
        ("j’ai peur, Vienne", "Vienne"),
        ("crip Vienne violences", "Vienne"),
        ("deuil après un meurtre", ""),
        ("femme battue brianson", "Briançon"),
        ("brianson femme battue", "Briançon"),
        ("une femme que briansons bat le soir", ""),
        ("ça dure au moins depuis l’été", ""),
        ("plainte contre mon ex allos", "Allos"),
        ("ils habitent Turriers, moi je suis leur grand mère", "Turriers"),
        ("mme Turriers me frappe le soir", ""),
        ("gendarmerie claret 05110", "Claret"),
        ("05110 Claret, une femme battue", "Claret"),
        ("directrice d’école à L’Argentière, un élève", "L'Argentière-la-Bessée"),
        ("femme battue manosk", "Manosque"),
        ("mon ado fugue Digne depuis hier", "Digne-les-Bains"),
        ("il me frappe depuis des mois", ""),
        ("il est dans la rue, un motard en kayak", ""),
        ("je veux partir loin de Sens", "Sens"),
        ("vivre loin du bus", ""),
    ],
)
def test_the_commune_said(text: str, name: str) -> None:
    assert said(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("viol en réunion", None),
        ("un avocat pas cher", None),
        ("il me frappe à l’aube", None),
        ("je veux qu’il vienne", None),
        ("il me bat dans la manche", None),
        ("CRIP dans le Lot", "46"),
        ("le département de la Manche", "50"),
        ("en Isère", "38"),
        ("il m’appelle toutes les 10 min", None),
        ("il a déjà frappé 10 hommes au stade", None),
        ("le 10 décembre il sort de prison", None),
        ("CRIP 10", "10"),
        ("10 crip", "10"),
        ("la CRIP du 10 pour le 25 novembre", "10"),
        ("10", "10"),
        ("violences 10", "10"),
        ("j’ai 10 de tension et il me frappe", None),
        ("un ado de 10", None),
        ("le 10 il m’a frappée", None),
        ("du 10 au 12", None),
        ("née en 10 elle fugue", None),
        ("bonjour 10 crip", "10"),
    ],
)
def test_the_department_said(text: str, code: str | None) -> None:
    for town in ("10387", "18033", "46042", "50129", "86194", "97411"):
        CommuneFactory(insee=town)
    found = place_said(fold(text).split(), lambda word: word == "crip")
    assert (found.place.department if found else None) == code


@pytest.mark.parametrize(
    ("words", "insee"),
    [
        ("Mens", "38226"),
        ("j’habite à Corps", "38128"),
        ("gendarmerie de Mens", "38226"),
        ("CCAS Les Mées", "04116"),
        ("violences sur mon corps", None),
        ("il me frappe, Mens", "38226"),
        ("son frère la frappe, Les Mées", "04116"),
        ("il est puni. Les Mées", "04116"),
        ("elle a changé son testament, Corps", "38128"),
        ("elle vend son corps", None),
        ("je mens", None),
        ("une chute. Mens, je suis infirmière", "38226"),
        ("mon corps. Je vais mal", None),
        ("mon mari, Mens, me bat", None),
    ],
)
def test_a_last_word_after_a_comma_is_a_place(words: str, insee: str | None) -> None:
    assert SearchForm({"q": [words]}).asked().question.commune == insee


def test_the_names_of_a_long_question_are_joined_and_not_listed() -> None:
    """A list of 475 names was read by the index of trigrams, in half a second, until a first VACUUM."""
    long = "son beau-père la viole, elle rentre ce soir, je suis infirmière scolaire et je ne sais que faire"
    with CaptureQueriesContext(connection) as sent:
        said(long)
    names = [one["sql"] for one in sent if '"folded" IN' in one["sql"]]
    assert len(names) == 1
    assert "unnest(string_to_array('" in names[0]
    assert "|infirmiere scolaire|" in names[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("je vis dans le Queyras", "05"),
        ("elle habite en Matheysine", "38"),
        ("dans le massif du Vercors", "38"),  # that of the Drôme is not held
        ("un mari dans le Vexin", None),
        ("Queyras est son nom", None),
        ("en communauté", None),
    ],
)
def test_a_valley_is_in_its_department_and_still_looked_for(text: str, code: str | None) -> None:
    for number, (name, department) in enumerate(VALLEYS):
        AreaFactory(kind="epci", code=f"valley-{number}", name=name, department=department)
    found = place_said(fold(text).split(), lambda word: False)
    assert (found.place.department if found else None) == code
    assert not (found and found.words)
