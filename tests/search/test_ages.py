"""Ages said in a text, and whose they are."""

import pytest

from directory.folding import fold
from search.ages import age_of_the_person, ages_in


def years(text: str) -> list[int]:
    return [age.years for age in ages_in(fold(text).split())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une gamine de 14 ans", [14]),
        ("elle a quinze ans", [15]),
        ("dix-sept ans", [17]),
        ("ma mère de quatre-vingt-deux ans", [82]),
        ("vingt et un ans", [21]),
        ("un bébé de 8 mois", [0]),
        ("sa fille de 9 ans et son fils de 12 ans", [9, 12]),
        ("mariés depuis 15 ans", []),
        ("je fais des passes depis 4 ans", []),
        ("il y a 3 ans", []),
        ("pendant deux ans", []),
        ("mon oncle m'a violée quand j'avais 10 ans", []),
        ("il me frappe, je suis à 8 mois", []),
        ("coups au ventre à sept mois", []),
        ("enceinte, et un bébé de 8 mois", [0]),
        ("a girl of 14, older men pay her", [14]),
        ("my son aged 9, I am 30 years old", [9, 30]),
        ("a list of 14 people", []),
        ("le 15", []),
        ("j'ai deux garants et 12 ans de quittances", []),
        ("CRIP 04", []),
        ("250 ans", []),
        ("elle a 15 piges", [15]),
        ("on m'a violée, j'en ai 45", [45]),
        ("j'en ai 450", []),
        ("ans", []),
        ("", []),
        ("patiente 34a, une interne de 16ans", [34, 16]),
        ("élève 14 ans qu'un homme attend", [14]),
        ("une ado de 15 ans que je suis", [15]),
        ("il a 15 ans que faire", [15]),
        ("elle a moins de 15 ans", [15]),
        ("nourrisson de 2 mois", [0]),
        ("elle a 8 mois", [0]),
        ("bb de 4 mois avec des bleus", [0]),
        ("elle a 30 mois", [2]),
        ("mon fils de 15 ans avant-hier s'est fait frapper", [15]),
        ("hébergement pour 17 ans", [17]),
        ("jeune victime de violences de 14 ans", [14]),
        ("père condamné, fils 8 ans frappé", [8]),
        ("mon chat, ma fille 15 ans", [15]),
        ("avec mon chien, j'ai 16 ans", [16]),
        ("le petit Tom, 7 ans, que son père frappe", [7]),
    ],
)
def test_ages_are_read(text: str, expected: list[int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ça fait 6 ans qu'il me frappe",
        "cela fait bientôt 10 ans",
        "voilà 5 ans que mon mari m'humilie",
        "15 ans qu'il me bat",
        "15 ans de mariage et il me frappe",
        "12 ans d'enfer",
        "ça dure depuis au moins 8 ans",
        "depuis plus de 15 ans",
        "il y a presque 10 ans",
        "au bout de 2 ans",
        "condamné à 2 ans de prison",
        "il risque 5 ans",
        "une peine de 3 ans",
        "interdiction de 3 ans",
        "sa chienne, un berger de 9 ans",
        "un chien de 4 ans",
        "violée, et 2 ans plus tard",
        "3 mois de loyer impayés",
        "un préavis de 3 mois",
        "séparés 6 mois",
        "il a 15 ans de plus que moi",
        "mariée 17 ans",
        "il a eu 10 ans pour viol",
        "mon viol remonte à 15 ans",
        "le viol date de 15 ans",
        "10 ans après le viol",
        "16 ans de souffrance",
        "15 ans à subir mon mari",
        "j'avais 9 ans",
        "ma fille a 3 mois de grossesse",
        "mon enfant a été placé 6 mois",
        "6 ans de trottoir",
    ],
)
def test_how_long_is_no_age(text: str) -> None:
    assert years(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("violée à l'âge de 9 ans par mon cousin, j'ai 30 ans", 30),
        ("mon père m'a violée de 6 ans à 12 ans, j'ai 40 ans", 40),
        ("une patiente de 41 ans, abusée entre ses 9 et ses 12 ans", 41),
        ("14 ans, des hommes de 40 ans la paient", 14),
        ("ma mère de 82 ans, son fils de 45 ans la frappe", 82),
        ("une femme de 30 ans et son mari de 35 ans", 30),
        ("abusée à 13 ans par mon prof, j'ai 45 ans", 45),
        ("ma fille a 13 ans, j'ai 45 ans", 13),
        ("il abusait de moi jusqu'à mes 11 ans, j'ai 42 ans", 42),
        ("un jeune de 17 ans, à 13 ans il a été violé", 13),
        ("une dame de 40 ans et son fils de 13 ans", 40),
        ("il frappe son fils de 13 ans, j'ai 40 ans", 13),
        ("dame 28a, 6 ans de trottoir", 28),
        ("garçon 9a, bleus", 9),
        ("j'ai 30 ans, seule avec 2 enf 3 et 6 ans", 30),
    ],
)
def test_of_several_the_one_to_protect_counts(text: str, years: int) -> None:
    age = age_of_the_person(ages_in(fold(text).split()))
    assert age is not None
    assert age.years == years
    assert age_of_the_person([]) is None


@pytest.mark.parametrize(
    ("text", "band"),
    [("12 ans", "enfant"), ("13 ans", "adolescent"), ("18 ans", "jeune-majeur"), ("60 ans", "senior")],
)
def test_a_band_follows_the_age(text: str, band: str) -> None:
    (age,) = ages_in(fold(text).split())
    assert age.band == band


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("ma fille a 14,5 ans, son père la frappe", 14),
        ("elle a 13.5 ans et elle a fugué", 13),
        ("un garçon de 2,5 ans", 2),
        ("ma fille a １４ ans", 14),
    ],
)
def test_half_years_and_wide_figures(words: str, years: int) -> None:
    from search.question import Question
    from search.understanding import understand

    assert understand(Question(words=words), []).question.age == years
