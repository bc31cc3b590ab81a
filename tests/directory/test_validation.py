"""The rules of what may be written: pure, so asked without a database."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory import validation


@pytest.mark.parametrize(
    "text",
    [
        "Au 12 rue des Lilas",
        "12 bis, avenue Foch",
        "rue Victor-Hugo",
        "dans la rue de la République",
        "3 place du Marché",
        "boulevard Gambetta",
        "38000 Grenoble",
        "45.1885, 5.7245",
        "45,18850 5,72450",
        "45° 11' N",
        "8FQ9+XR",
        "https://www.openstreetmap.org/#map=19/45/5",
        "https://maps.app.goo.gl/x",
        "www.google.fr/maps/place/x",
        "///mots.trois.ici",
    ],
)
def test_what_locates_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validation.refuse_location(f"Nous sommes là : {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "Personnes à la rue depuis plusieurs mois",
        "Mise en place d’un accompagnement",
        "Cours de français, chemin de vie, voie de recours",
        "30 places, dont 12 pour des familles",
        "Du lundi au vendredi, de 9 h à 17 h ; le 3919 répond la nuit",
        "Loi 2002-305 du 4 mars 2002, article L221-1",
        "Séjour de 6 mois, 15,50 € par mois",
    ],
)
def test_ordinary_words_are_not_taken_for_an_address(text: str) -> None:
    validation.refuse_location(text)
    validation.refuse_contacts(text)


@pytest.mark.parametrize(
    "text", ["04 65 71 00 12", "0465710012", "+33 4 65 71 00 12", "04.65.71.00.12", "a.b@c.fr"]
)
def test_a_number_or_an_address_goes_to_contacts(text: str) -> None:
    with pytest.raises(ValidationError, match="Contacts"):
        validation.refuse_contacts(f"Écrire ou appeler : {text} le matin.")


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("telephone", "04 65 71 00 12", "+33465710012"),
        ("sms", "114", "114"),
        ("courriel", " accueil@exemple.fr ", "accueil@exemple.fr"),
        ("site", "exemple.fr/contact", "https://exemple.fr/contact"),
        ("formulaire", "http://exemple.fr", "http://exemple.fr"),
    ],
)
def test_contacts_are_kept_in_one_form(kind: str, typed: str, kept: str) -> None:
    assert validation.clean_contact(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("telephone", "bonjour"),
        ("courriel", "x@"),
        ("site", "javascript://x"),
        ("site", "un site"),
        ("chat", " "),
    ],
)
def test_a_contact_that_is_none_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(ValidationError):
        validation.clean_contact(kind, typed)


def test_siret_is_checked_by_its_digits() -> None:
    assert validation.clean_siret("732 829 320 00074") == "73282932000074"
    assert validation.clean_siret("") == ""
    for wrong in ("73282932000075", "123", "abcdefghijklmn"):
        with pytest.raises(ValidationError, match="14 chiffres"):
            validation.clean_siret(wrong)


def test_a_place_never_shown_keeps_nothing_that_locates() -> None:
    written = dict.fromkeys(validation.LOCATING, "x")
    assert set(validation.place_errors(written | {"address_visibility": "jamais"})) == set(
        validation.LOCATING
    )
    assert not validation.place_errors(written | {"address_visibility": "commune"})


@given(st.text(max_size=200))
def test_any_text_is_answered_without_breaking(text: str) -> None:
    for rule in (
        validation.refuse_contacts,
        validation.refuse_location,
        validation.clean_siret,
        validation.clean_phone,
        validation.clean_url,
        validation.clean_email,
        validation.clean_hours,
        validation.clean_postal_code,
    ):
        with suppress(ValidationError):  # anything else breaks
            rule(text)
