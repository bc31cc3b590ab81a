"""Telephone numbers: as typed, as kept, as shown; and in texts, where they do not belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.phones import EMAIL_IN_TEXT, PHONE_IN_TEXT, PhoneError, display_phone, parse_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("04 65 71 00 12", "+33465710012"),
        ("04.65.71.00.12", "+33465710012"),
        ("04-65-71-00-12", "+33465710012"),
        ("04\u00a065\u202f71 00 12", "+33465710012"),
        ("0465710012", "+33465710012"),
        ("+33 4 65 71 00 12", "+33465710012"),
        ("+33 (0)4 65 71 00 12", "+33465710012"),
        ("0033465710012", "+33465710012"),
        ("06 39 98 12 34", "+33639981234"),  # a range reserved for fiction
        ("0 800 05 95 95", "+33800059595"),
        ("3919", "3919"),
        ("39 19", "3919"),
        ("116 006", "116006"),
        ("17", "17"),
        ("115", "115"),
        ("0590 12 34 56", "+590590123456"),  # Guadeloupe has a code of its own
        ("0692 12 34 56", "+262692123456"),
        ("+687 25 43 21", "+687254321"),
        ("+41 22 345 67 89", "+41223456789"),
    ],
)
def test_numbers_as_typed(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept
    assert parse_phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "04 65 71 00",  # eight digits are a Polynesian number only with +689
        "04 65 71 0",
        "254321",
        "04 65 71 00 123",
        "0065710012",
        "04 65 71 00 12 poste 3",
        "appeler le matin",
        "+",
        "+33",
        "+33 4 65",
        "0465710012;0465710013",
        "²³",
        "٠٤٦٥٧١٠٠١٢",
        "1-800-FLOWERS",
    ],
)
def test_what_is_no_number_says_what_to_write(typed: str) -> None:
    with pytest.raises(PhoneError, match="Écrivez le numéro à dix chiffres, par exemple 04 65 71 00 12"):
        parse_phone(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        kept = parse_phone(text)
    except PhoneError:
        return
    assert kept.lstrip("+").isdigit()
    assert display_phone(kept)


@given(st.from_regex(r"0[1-9]([ .]?[0-9]{2}){4}", fullmatch=True))
def test_ten_digits_are_shown_as_they_are_said(typed: str) -> None:
    assert display_phone(parse_phone(typed)).replace(" ", "") == typed.replace(" ", "").replace(".", "")


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+33465710012", "04 65 71 00 12"),
        ("3919", "3919"),
        ("+590590123456", "0590 12 34 56"),
        ("+41223456789", "+41 22 345 67 89"),
        ("+abc", "+abc"),
        ("", ""),
    ],
)
def test_numbers_as_shown(kept: str, shown: str) -> None:
    assert display_phone(kept) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le 04 65 71 00 12.",
        "tél:0465710012",
        "+33 4 65 71 00 12",
        "0033.4.65.71.00.12",
        "06\u00a039\u00a098\u00a012\u00a034",
    ],
)
def test_a_number_in_a_text_is_seen(text: str) -> None:
    assert PHONE_IN_TEXT.search(text)


@pytest.mark.parametrize(
    "text", ["En 2026, 12 places", "SIRET 12345678901234", "article 434-3", "le 3919", "38 000 euros"]
)
def test_what_is_no_number_in_a_text_is_let_through(text: str) -> None:
    assert not PHONE_IN_TEXT.search(text)


def test_a_mail_address_in_a_text_is_seen() -> None:
    assert EMAIL_IN_TEXT.search("écrire à accueil@exemple.example pour")
    assert not EMAIL_IN_TEXT.search("le réseau @ l’écoute")
