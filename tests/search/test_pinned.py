"""Numbers pinned above the results: N7 of the domain notes, case by case."""

import pytest

from directory.visibility import ANONYMOUS
from search.answer import answer
from search.pinned import pinned, pinned_or_general
from search.question import Concept, Question
from tests.factories import HelplineFactory


def keys(**values: tuple[str, ...]) -> list[str]:
    return list(pinned(Question(**values)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"violences": ("conjugales",)}, ["3919"]),
        ({"violences": ("sexuelles",)}, ["3919", "0800059595"]),
        ({"violences": ("vss-travail",)}, ["3919"]),
        ({"violences": ("enfants",)}, ["119"]),
        ({"violences": ("inceste",)}, ["119"]),
        ({"violences": ("inceste",), "publics": ("adulte",)}, ["119", "0800059595"]),
        ({"violences": ("exploitation-sexuelle-mineurs",)}, ["119"]),
        ({"violences": ("cyberviolences",), "publics": ("adolescent",)}, ["119", "3018"]),
        ({"violences": ("cyberviolences",)}, ["116006"]),
        ({"violences": ("escroquerie",)}, ["17cyber", "0805805817"]),
        ({"violences": ("maltraitance-majeurs",)}, ["3977"]),
        ({"violences": ("harcelement-scolaire",)}, ["3018"]),
        ({"violences": ("mariage-force",)}, ["3919"]),
        ({"violences": ("mutilations",)}, ["3919"]),
        ({"violences": ("discrimination",)}, ["defenseur-droits"]),
        ({"violences": ("derives-sectaires",)}, ["116006"]),
        ({"violences": ("psychologiques", "conjugales")}, ["3919", "116006"]),
        ({"publics": ("adolescent",)}, ["119"]),
        ({"publics": ("enfant", "adulte")}, []),
        ({"publics": ("sourd-malentendant",)}, ["114"]),
        ({"provisions": ("hebergement",)}, ["115"]),
        ({"types": ("siao-115",)}, ["115"]),
        ({"publics": ("sans-domicile",)}, ["115"]),
        # A minor: 119 in place of 3919, 0800059595 and 116006; and no 115.
        ({"violences": ("conjugales", "sexuelles"), "publics": ("adolescent",)}, ["119"]),
        ({"provisions": ("mise-a-l-abri",), "publics": ("enfant",)}, ["119"]),
        # A man: 116006 in place of 3919.
        ({"violences": ("conjugales",), "publics": ("hommes",)}, ["116006"]),
        ({"violences": ("conjugales",), "publics": ("hommes", "femmes")}, ["3919"]),
        # A perpetrator asking for help: no victims' number.
        ({"violences": ("conjugales",), "publics": ("auteur",)}, []),
        ({"provisions": ("prise-en-charge-auteur", "hebergement"), "publics": ("hommes", "auteur")}, ["115"]),
        ({"types": ("crip",)}, []),
        ({}, []),
    ],
)
def test_what_each_situation_pins(values: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert keys(**values) == expected


def test_danger_then_age_then_violence_then_general_four_at_most() -> None:
    values = {
        "publics": ("sourd-malentendant", "adulte"),
        "provisions": ("hebergement",),
        "violences": ("derives-sectaires", "escroquerie", "sexuelles"),
    }
    assert keys(**values) == ["114", "115", "3919", "0800059595"]


def test_concepts_count_as_filters_do() -> None:
    concepts = (
        Concept("danger", "danger-immediat", "Danger", "il a une arme"),
        Concept("violence", "conjugales", "Violences conjugales", "mari"),
    )
    assert list(pinned(Question(concepts=concepts))) == ["17", "3919"]


def test_whoever_says_that_they_strangled_somebody_is_given_help_for_that_person() -> None:
    said = (
        Concept("danger", "danger-immediat", "Danger immédiat", "j’ai étranglé ma femme"),
        Concept("number", "15", "Numéro 15", "j’ai étranglé ma femme"),
        Concept("number", "3919", "Numéro 3919", "3919"),  # asked for, and not for them
        Concept("violence", "conjugales", "Violences conjugales", "ma femme"),
    )
    assert list(pinned(Question(concepts=said, publics=("auteur",)))) == ["15", "17"]


def test_a_missing_minor_is_signalled_by_17() -> None:
    """R21; an adult who is sought is no emergency by itself."""
    fugue = (Concept("number", "116000", "116000", "fugue"),)
    assert list(pinned(Question(concepts=fugue, publics=("adolescent",)))) == ["116000", "17", "119"]
    assert list(pinned(Question(concepts=fugue, publics=("adulte",)))) == ["116000"]


def test_a_dead_end_has_general_numbers_but_not_for_a_perpetrator() -> None:
    assert list(pinned_or_general(Question(), True)) == ["17", "119", "3919", "116006"]
    assert pinned_or_general(Question(publics=("auteur",)), True) == {}
    assert pinned_or_general(Question(), False) == {}


def test_somebody_vulnerable_of_whom_too_little_is_understood_has_the_number_of_the_vulnerable() -> None:
    told = Question(
        words="tatie est sous curatelle et sa cuve est vide, ma cousine roule en neuf",
        terms=(("cuv",), ("vid",)),
        concepts=(Concept("public", "sous-protection", "", ""),),
    )
    assert list(pinned_or_general(told, is_dead_end=False)) == ["17", "3977", "3919", "116006"]


@pytest.mark.django_db
def test_cards_have_the_reason_and_stay_in_order() -> None:
    for key in ("0800059595", "3919", "116006"):
        HelplineFactory(key=key)
    cards = answer(Question(violences=("sexuelles",)), ANONYMOUS).helplines
    assert [(card.key, card.reason) for card in cards] == [
        ("3919", "violences sexuelles"),
        ("0800059595", "violences sexuelles"),
    ]


@pytest.mark.django_db
def test_a_number_that_may_not_be_shown_is_not() -> None:
    HelplineFactory(key="3919", displayed=False)
    assert answer(Question(violences=("conjugales",)), ANONYMOUS).helplines == ()
