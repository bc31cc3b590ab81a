"""Telephone numbers: French ones as typed, to E.164 and back (phonenumberslite, ARCEP short numbers)."""

import re

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber

_SHORT = re.compile(r"1\d{1,3}|3\d{3}|116\d{3}")
_NATIONAL = re.compile(r"0[1-9]\d{8}")
# Ten digits as in France, with a code of their own from abroad.
_OVERSEAS = ("GP", "MQ", "GF", "RE", "PM")
_NATIONAL_CODES = (33, 590, 596, 594, 262, 508)


class PhoneError(ValueError):
    """The message says, in French, what to write."""


def parse_phone(text: str) -> str:
    """ "04 65 71 00 12" → "+33465710012"; "3919" → "3919". Raises PhoneError."""
    compact = re.sub(r"[\s.\-–‑()/]", "", text)
    if _SHORT.fullmatch(compact):
        return compact
    number = _national(compact) if _NATIONAL.fullmatch(compact) else _international(compact)
    if number is None:
        raise PhoneError(
            _(
                "Écrivez le numéro à dix chiffres, par exemple 04 65 71 00 12, un numéro court comme 3919, "
                "ou un numéro international qui commence par +."
            )
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _national(digits: str) -> PhoneNumber:
    """Of the territory whose plan knows it; else of mainland France (numbers of fiction are in no plan)."""
    tried = (phonenumbers.parse(digits, region) for region in ("FR", *_OVERSEAS))
    return next((one for one in tried if phonenumbers.is_valid_number(one)), phonenumbers.parse(digits, "FR"))


def _international(compact: str) -> PhoneNumber | None:
    if not re.fullmatch(r"(?:\+|00)[1-9]\d{5,15}", compact, re.ASCII):
        return None
    try:
        number = phonenumbers.parse(compact, "FR")
    except phonenumbers.NumberParseException:
        return None
    known = phonenumbers.is_valid_number(number)
    return (
        number if known or (number.country_code == 33 and phonenumbers.is_possible_number(number)) else None
    )


def display_phone(number: str) -> str:
    """ "+33465710012" → "04 65 71 00 12"; a short number, or one that cannot be read, stays as it is."""
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    national = parsed.country_code in _NATIONAL_CODES
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


# Ten digits beginning with 0 (or +33), with the usual separators: what must be a contact, not text.
PHONE_IN_TEXT = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\-]?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")
EMAIL_IN_TEXT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
