"""Vocabularies: whole, in French, in order; ages and public facets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import taxonomy
from directory.vocabulary import Vocabulary

EVERY = {name: value for name, value in vars(taxonomy).items() if isinstance(value, Vocabulary)}
SIZES = {
    "TERRITORIES": 4,
    "VIOLENCES": 21,
    "AGE_BANDS": 5,
    "GENDERS": 3,
    "ROLES": 4,
    "SITUATIONS": 11,
    "PUBLICS": 23,
    "PROVISIONS": 24,
    "RECEPTION_MODES": 8,
    "CONTACT_MODES": 8,
    "REFERRERS": 7,
    "CONDITIONS": 6,
    "LANGUAGES": 18,
    "INTERPRETERS": 3,
    "COSTS": 4,
    "STATES": 5,
    "FRESHNESS": 4,
    "AUDIENCES": 3,
    "ADDRESS_VISIBILITIES": 5,
    "FAMILIES": 11,
    "KINDS": 3,
    "VIRTUAL_TYPES": 3,
    "AREA_KINDS": 6,
}
ages = st.one_of(st.none(), st.integers(min_value=0, max_value=120))


def test_no_value_is_missing() -> None:
    assert {name: len(vocabulary) for name, vocabulary in EVERY.items()} == SIZES


@pytest.mark.parametrize("vocabulary", EVERY.values(), ids=EVERY.keys())
def test_slugs_are_stable_keys_and_labels_are_unique_french(vocabulary: Vocabulary) -> None:
    labels = [vocabulary.label(slug) for slug in vocabulary.slugs]
    assert len(set(vocabulary.slugs)) == len(set(labels)) == len(vocabulary)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in vocabulary.slugs)
    assert all(label[0].isupper() and label == label.strip() for label in labels)
    assert not any("'" in label for label in labels), "the French apostrophe is ’"


def test_labels_that_domain_states() -> None:
    assert taxonomy.PROVISIONS.label("information-juridique") == "Information juridique"
    assert taxonomy.PROVISIONS.label("mise-a-l-abri") == "Mise à l’abri"
    assert taxonomy.PROVISIONS.label("hygiene-repos") == "Douche, laverie, repas"
    assert taxonomy.PUBLICS.label("adolescent") == "Adolescent·e (13-17)"


def test_choices_keep_the_order_and_membership_is_by_slug() -> None:
    assert taxonomy.GENDERS.choices == [("tous", "Tous"), ("femmes", "Femmes"), ("hommes", "Hommes")]
    assert "femmes" in taxonomy.GENDERS
    assert "Femmes" not in taxonomy.GENDERS
    assert taxonomy.VIOLENCES.labels(["inceste", "retire", "conjugales"]) == [
        "Violences conjugales",
        "Inceste",
    ]


def test_an_unknown_slug_has_no_label() -> None:
    with pytest.raises(KeyError):
        taxonomy.COSTS.label("cadeau")


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "enfant"),
        (12, "enfant"),
        (13, "adolescent"),
        (17, "adolescent"),
        (18, "jeune-majeur"),
        (25, "jeune-majeur"),
        (26, "adulte"),
        (59, "adulte"),
        (60, "senior"),
        (104, "senior"),
    ],
)
def test_band_of_an_age(age: int, band: str) -> None:
    assert taxonomy.band_of(age) == band


def test_a_negative_age_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        taxonomy.band_of(-1)


@pytest.mark.parametrize(
    ("age_min", "age_max", "bands"),
    [
        (None, None, taxonomy.AGE_BANDS.slugs),
        (None, 17, ("enfant", "adolescent")),
        (18, None, ("jeune-majeur", "adulte", "senior")),
        (3, 18, ("enfant", "adolescent", "jeune-majeur")),
        (12, 12, ("enfant",)),
        (13, 17, ("adolescent",)),
        (60, None, ("senior",)),
    ],
)
def test_bands_touched(age_min: int | None, age_max: int | None, bands: tuple[str, ...]) -> None:
    assert taxonomy.bands_touched(age_min, age_max) == bands


@given(age_min=ages, age_max=ages, age=st.integers(min_value=0, max_value=120))
def test_whoever_is_accepted_is_in_a_band_touched(age_min: int | None, age_max: int | None, age: int) -> None:
    accepted = (age_min is None or age_min <= age) and (age_max is None or age <= age_max)
    assert not accepted or taxonomy.band_of(age) in taxonomy.bands_touched(age_min, age_max)


@pytest.mark.parametrize(
    ("slug", "facet"),
    [("senior", "age"), ("tous", "gender"), ("auteur", "role"), ("handicap", "situation")],
)
def test_public_facet(slug: str, facet: str) -> None:
    assert taxonomy.public_facet(slug) == facet


def test_every_public_has_one_facet_and_others_none() -> None:
    assert all(taxonomy.public_facet(slug) for slug in taxonomy.PUBLICS.slugs)
    with pytest.raises(KeyError):
        taxonomy.public_facet("inceste")
