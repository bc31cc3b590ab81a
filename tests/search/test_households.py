"""Whose age it is, when a couple and a child are told together, as the shipped lexicon reads it."""

import pytest

from search.pinned import pinned
from tests.search.shipped import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    "words",
    [
        "mon mari me frappe, mon fils de 8 ans a tout vu",
        "mon conjoint m’étrangle devant ma fille qui a 5 ans",
        "mon ex me harcèle, notre fille de 10 ans ne veut plus y aller",
        "mon mari me bat, ma fille de 14 ans se scarifie",
        "je suis frappée par mon mari, j’ai peur pour mon fils de 6 ans",
        "ma fille de 8 ans pleure quand mon mari me frappe",
        "une mère frappée par son conjoint, ses enfants de 3 et 5 ans sont témoins",
        "mon compagnon me menace, il dit qu’il va tuer mon bébé de 3 mois",
    ],
)
def test_a_parent_hit_is_no_child_and_the_child_has_a_number(words: str) -> None:
    question = read(words)
    assert question.age is None
    assert "avec-enfants" in question.said("public")
    assert {"119", "3919"} <= pinned(question).keys()


@pytest.mark.parametrize(
    "words",
    [
        "mon mari me viole et mon fils de 12 ans a fugué",
        "mon mari me frappe et frappe aussi ma fille de 10 ans",
        "mon mari me bat, mon fils de 12 ans a des bleus",
        "mon ex me frappait, aujourd’hui ma fille de 10 ans est frappée par son copain",
    ],
)
def test_what_is_done_to_the_child_decides_and_the_parent_keeps_a_number(words: str) -> None:
    question = read(words)
    assert question.age in (10, 12)
    assert {"119", "3919"} <= pinned(question).keys()


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("mon mari frappe ma fille de 10 ans", 10),
        ("mon fils de 15 ans me frappe, mon mari ne dit rien", 15),
        ("mon fils de 15 ans est violent et me frappe, mon mari ne dit rien", 15),
        ("ma fille de 16 ans s’est fait frapper par son mec", 16),
        ("ma fille de 16 ans victime de violences conjugales", 16),
        ("ma fille de 14 ans me raconte que mon mari la touche", 14),
        ("ma mère est frappée par mon père, j’ai 14 ans", 14),
        ("la petite de 8 ans a vu sa mère se faire frapper par son copain", 8),
        ("une mère frappe sa fille de 10 ans, son mari laisse faire", 10),
        ("la nouvelle femme de mon ex enferme mon garçon de 7 ans", 7),
        ("un homme de 40 ans a violé un enfant de 8 ans", 8),
        ("j’ai 40 ans et mon fils de 10 ans est harcelé à l’école", 10),
        ("une maman de 30 ans et sa fille de 4 ans couverte de bleus", 4),
        ("j’ai 30 ans, ma fille de 15 ans a été violée", 15),
        ("j’ai 30 ans, mon fils de 8 ans subit des coups", 8),
        ("j’ai 42 ans, ma fille de 13 ans, un homme lui demande des photos", 13),
        ("une mère de 34 ans laisse sa fille de 3 ans seule toute la nuit", 3),
        ("un nourrisson de 2 mois secoué, mère de 19 ans épuisée", 0),
    ],
)
def test_the_child_of_whom_it_is_told_stays_the_person(words: str, age: int) -> None:
    question = read(words)
    assert question.age == age
    assert "3919" not in pinned(question)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("une dame de 34 ans mariée depuis 11 ans, deux garçons de 6 et 9 ans, monsieur la frappe", 34),
        ("ma fille a 29 ans, un bébé de 5 mois, il a recommencé à la cogner", 29),
        ("madame, 33 ans, et ses trois enfants de 2, 5 et 11 ans, son mari l’a retrouvée", 33),
        ("Une dame de 34 ans, un fils de 9 ans à la cantine. Monsieur la frappe", 34),
        ("madame de 32 ans avec 3 enfants de 2, 5 et 8 ans, violences conjugales, hébergement", 32),
        ("une patiente de 28 ans, un bébé de 4 mois, coups du conjoint", 28),
        ("madame 34 ans, un fils de 6 ans, frappée par son mari", 34),
        ("une dame de 80 ans frappée par son petit-fils de 17 ans", 80),
        ("mon fils a 24 ans, un bébé de 5 mois, il frappe sa copine", 24),
    ],
)
def test_a_grown_person_told_with_children_is_the_person(words: str, age: int) -> None:
    assert read(words).age == age


@pytest.mark.parametrize(
    "words",
    [
        "ma voisine est frappée par son mari, elle a deux enfants de 4 et 7 ans",
        "mon amie se fait battre par son mec, elle a une fille de 3 ans",
        "ma collègue est battue, elle a un fils de 6 ans",
        "ma sœur a deux enfants de 4 et 7 ans, son mari la frappe",
    ],
)
def test_a_mother_of_whom_it_is_told_keeps_her_number(words: str) -> None:
    assert "3919" in pinned(read(words))
    assert read(words).age is None


@pytest.mark.parametrize(
    "words", ["ma voisine frappe, elle a un fils de 3 ans", "la voisine a une fille de 5 ans, elle la tape"]
)
def test_her_child_whom_she_hits_is_the_person(words: str) -> None:
    assert list(pinned(read(words))) == ["119"]


def test_a_man_hit_keeps_his_own_number() -> None:
    question = read("ma femme me frappe, mon fils de 8 ans a tout vu")
    assert {"119", "116006"} <= pinned(question).keys()
    assert "3919" not in pinned(question)


def test_who_did_it_is_not_who_asks() -> None:
    assert "hommes" not in read("salariée de 30 ans violée samedi par un ami").said("public")


def test_a_child_taken_along_has_a_number_in_a_couple() -> None:
    assert {"119", "3919"} <= pinned(read("mon mari me frappe, il dort avec ma fille de 9 ans")).keys()


def test_children_counted_have_none() -> None:
    assert list(pinned(read("une patiente battue par son mari, et un fils de 3 ans"))) == ["3919"]
