"""Telephone numbers: French ones as typed, to E.164 and back (phonenumberslite, ARCEP short numbers)."""

import re

import phonenumbers
from django.utils.translation import gettext as _

_SHORT = re.compile(r"^(1\d{1,3}|3\d{3}|116\d{3})$")
_REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT", "PM", "NC", "PF", "WF")


class PhoneError(ValueError):
    """The message says, in French, what to write."""


def parse_phone(text: str) -> str:
    """"04 65 71 00 12" → "+33465710012"; "3919" → "3919". Raises PhoneError."""
    digits = re.sub(r"[\s.\-()/]", "", text)
    if _SHORT.match(digits):
        return digits
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and len(str(number.national_number)) >= 6:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise PhoneError(_("Écrivez le numéro à dix chiffres, par exemple 04 65 71 00 12, ou un numéro court comme 3919."))


def display_phone(number: str) -> str:
    """"+33465710012" → "04 65 71 00 12"; a short number stays as it is."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    national = parsed.country_code == 33
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


# Ten digits beginning with 0 (or +33), with the usual separators: what must be a contact, not text.
PHONE_IN_TEXT = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\-]?[1-9](?:[\s.\-]?\d{2}){4}(?!\d)")
EMAIL_IN_TEXT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
