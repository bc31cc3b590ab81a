"""Roots and typos: what is forgiven, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import (
    best_corrections,
    content_words,
    is_typo_of,
    root,
    roots,
    shortened,
    slips,
    tokens,
    typo_keys,
    typos_allowed,
)

words = st.text("abcdeimnorstuv", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "family",
    [
        "hébergement hébergées hebergees héberger hébergé HÉBERGEMENTS",
        "mère mères méres meres",
        "conjugal conjugale conjugales conjugaux",
        "sexuel sexuelle sexuelles",
        "professionnel professionnelles",
        "mineur mineure mineurs mineures",
        "âgé âgée âgées",
        "étranger étrangère étrangers étrangères",
        "accompagnement accompagner accompagnatrice accompagnateurs",
        "agression agressions agresseur",
        "prostitution prostituée prostitués",
        "logement logements loger",
        "aide aider aides",
        "sœur sœurs soeur",
        "violent violente violents",
        "viol viols violée",
        "social sociale sociaux",
        "CRIP crips",
    ],
)
def test_a_family_has_one_root(family: str) -> None:
    assert len(set(roots(family))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("viol", "violence"),
        ("violence", "violent"),
        ("viol", "violent"),
        ("mère", "mer"),
        ("père", "mère"),
        ("femme", "ferme"),
        ("MECS", "mec"),
        ("CCAS", "cas"),
        ("enfant", "enfance"),
    ],
)
def test_words_that_mean_other_things_stay_apart(left: str, right: str) -> None:
    assert roots(left) != roots(right)


def test_elisions_hyphens_and_saints() -> None:
    assert tokens("L’aide-soignante d'Échirolles") == ["l", "aide", "soignante", "d", "echirolles"]
    assert roots("St-Marcellin") == roots("Saint Marcellin")


def test_small_words_go_and_those_that_carry_meaning_stay() -> None:
    assert content_words("Je suis sans papiers, contre personne, aucun recours") == [
        *("sans", "papiers", "contre", "personne", "aucun", "recours")
    ]


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("isgc", "iscg", 1),
        ("acceuil", "accueil", 1),
        ("psycologue", "psychologue", 1),
        ("geomdarmerie", "gendarmerie", 2),
        ("crip", "crip", 0),
        ("viol", "violence", None),
    ],
)
def test_slips_are_counted(typed: str, meant: str, count: int | None) -> None:
    assert slips(typed, meant, 2) == count


@pytest.mark.parametrize("typed", ["op", "bav", "3919", "17cyber", "115"])
def test_no_typo_is_forgiven_in_short_words_and_digits(typed: str) -> None:
    assert typos_allowed(typed) == 0
    assert typo_keys(typed) == [typed]


def test_a_short_word_keeps_its_first_letter() -> None:
    assert not is_typo_of("loyer", "foyer")
    assert is_typo_of("foyet", "foyer")


def test_the_nearest_corrections_only_in_a_fixed_order() -> None:
    assert best_corrections("mediatoin", ["meditation", "mediation", "radiation"]) == ["mediation"]
    assert best_corrections("xylophone", ["mediation"]) == []


@given(words, words)
def test_slips_are_symmetric_and_null_only_for_equals(left: str, right: str) -> None:
    assert slips(left, right, 3) == slips(right, left, 3)
    assert (slips(left, right, 3) == 0) == (left == right)


@given(words.filter(lambda word: len(word) > 3), st.data())
def test_two_words_one_slip_apart_share_a_key(word: str, data: st.DataObject) -> None:
    """What the deletion index rests on."""
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdeimnorstuv"))
    others = [
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        *shortened(word),
    ]
    for other in others:
        assert {word, *shortened(word)} & {other, *shortened(other)}


@given(st.text(max_size=60))
def test_any_text_has_plain_roots(text: str) -> None:
    """Letters and digits of any script: what engines are sent needs no escaping."""
    assert all(one.isalnum() for one in roots(text))


@given(words)
def test_a_root_never_grows(word: str) -> None:
    assert len(root(word)) <= len(word) + 1


def test_a_girl_is_not_a_thread() -> None:
    """« Le Fil » is a name that associations like: « fille » must not find it."""
    assert root("fille") == root("filles") != root("fil")
