"""What may be written in an entry, and what to write instead: for forms, imports and self-service.

Pure functions: no database. Each gives the value as it is kept, or raises a ValidationError in French.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret

from directory.hours import HoursError, parse_hours
from directory.phones import EMAIL_IN_TEXT, PHONE_IN_TEXT, PhoneError, parse_phone

# Outreach says neither where nor when it passes (domain.md C12).
WITHOUT_HOURS = frozenset({"maraude-adultes"})
SERVICE_TEXTS = ("name", "summary", "description", "how", "prepare", "accessibility", "out_of_hours",
                 "hours_note", "state_message")  # fmt: skip
PLACE_TEXTS = ("label", "complement", "hours_note", "accessibility")
CONTACT_TEXTS = ("label", "note")
# What a place that is never shown does not store (C1); the database checks the same.
LOCATING = ("street", "postal_code", "complement", "label", "point", "hours_note", "accessibility")

_VOIE = r"rue|ruelle|avenue|av\.?|boulevard|bd\.?|impasse|all[ée]e|quai|faubourg"
_ANY_VOIE = (
    _VOIE
    + r"|route|place|chemin|cours|square|passage|mont[ée]e|sentier|lotissement|r[ée]sidence|hameau|esplanade"
    r"|villa|voie|traverse|promenade|cit[ée]|clos|rond-point"
)
_STREETS = (
    re.compile(rf"(?<!\w)\d{{1,4}}\s*(?:bis|ter|quater)?\s*,?\s+(?:{_ANY_VOIE})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{_VOIE})\s+(?:de\s+la\s+|de\s+l[’']|des\s+|du\s+|d[’']|de\s+)\w", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?i:{_VOIE})\s+[A-ZÉÈÀÎÔ][\w’'-]+"),
    re.compile(r"(?<!\d)\d{5}\s+[A-ZÉÈÀÎÔ][\w’'-]+"),
)
_COORDINATES = re.compile(
    r"-?\d{1,3}[.,]\d{3,}\s*°?\s*[NSEOW]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{3,}|\d{1,3}\s*°\s*\d{1,2}\s*['’′]"
    r"|(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"
)
_MAP_LINKS = re.compile(
    r"google\.[a-z.]+/maps|maps\.google|maps\.app\.goo\.gl|goo\.gl/maps|maps\.apple|openstreetmap|(?<!\w)osm\.org"
    r"|waze|mappy|what3words|w3w\.co|(?<!\w)geo:|geoportail|géoportail|bing\.[a-z]+/maps|///\w+\.\w+\.\w+",
    re.IGNORECASE,
)


# --- One value ----------------------------------------------------------------------------------------


def clean_siret(text: str) -> str:
    """ "732 829 320 00074" → "73282932000074"; "" stays."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        return ""
    try:
        return siret.validate(digits)
    except NumberError as error:
        raise ValidationError(
            _("Ce SIRET n’est pas valable. Écrivez ses 14 chiffres, ou laissez vide si vous ne l’avez pas.")
        ) from error


def clean_phone(text: str) -> str:
    try:
        return parse_phone(text)
    except PhoneError as error:
        raise ValidationError(str(error)) from error


def clean_email(text: str) -> str:
    address = text.strip()
    message = _("Écrivez une adresse électronique complète, par exemple accueil@association.fr.")
    EmailValidator(message=message)(address)
    return address


def clean_url(text: str) -> str:
    """With its scheme; "association.fr" → "https://association.fr"; "" stays."""
    address = text.strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    message = _("Écrivez l’adresse complète de la page, par exemple https://association.fr/contact.")
    URLValidator(schemes=["http", "https"], message=message)(address)
    return address


_BY_KIND = {"telephone": clean_phone, "sms": clean_phone, "courriel": clean_email}


def clean_contact(kind: str, value: str) -> str:
    """The value of a contact as it is kept: E.164 or short number, mail address, or https address."""
    if not value.strip():
        raise ValidationError(_("Écrivez le numéro ou l’adresse, ou supprimez ce contact."))
    return _BY_KIND.get(kind, clean_url)(value)


def clean_hours(text: str) -> str:
    """Plain French or OSM syntax → OSM."""
    try:
        return parse_hours(text)
    except HoursError as error:
        raise ValidationError(str(error)) from error


def clean_postal_code(text: str) -> str:
    code = re.sub(r"\s", "", text)
    if code and not re.fullmatch(r"\d{5}", code):
        raise ValidationError(_("Un code postal a cinq chiffres, par exemple 38000."))
    return code


# --- Free text ------------------------------------------------------------------------------------------


def refuse_contacts(text: str) -> None:
    """A number or an address typed in a text has no date and no audience: it belongs to Contacts."""
    if PHONE_IN_TEXT.search(text):
        raise ValidationError(_("Un numéro de téléphone est écrit ici. Ajoutez ce numéro dans Contacts."))
    if EMAIL_IN_TEXT.search(text):
        raise ValidationError(
            _("Une adresse électronique est écrite ici. Ajoutez cette adresse dans Contacts.")
        )


def refuse_location(text: str) -> None:
    """No street, coordinates nor map link in the texts of a service whose type hides its address (C5)."""
    if any(street.search(text) for street in _STREETS):
        raise ValidationError(
            _("Ce texte ressemble à une adresse. Ce type de service ne dit jamais où il est : retirez-la.")
        )
    if _COORDINATES.search(text) or _MAP_LINKS.search(text):
        raise ValidationError(
            _("Ce texte situe le lieu sur une carte. Ce type ne dit jamais où il est : retirez-le.")
        )


def text_errors(texts: Mapping[str, Any], hides_address: bool) -> dict[str, ValidationError]:
    """What is wrong in these free texts, by name."""
    errors: dict[str, ValidationError] = {}
    for name, text in texts.items():
        try:
            refuse_contacts(str(text or ""))
            if hides_address:
                refuse_location(str(text or ""))
        except ValidationError as error:
            errors[name] = error
    return errors


# --- Values that answer for each other --------------------------------------------------------------------


def age_error(age_min: int | None, age_max: int | None) -> ValidationError | None:
    if age_min is not None and age_max is not None and age_min > age_max:
        return ValidationError(
            _("L’âge de fin (%(max)d ans) est avant l’âge de début (%(min)d ans). Corrigez l’un des deux.")
            % {"min": age_min, "max": age_max}
        )
    return None


def state_errors(values: Mapping[str, Any]) -> dict[str, ValidationError]:
    """Closing is explained, and ends after it begins."""
    errors = {}
    begins, ends = values.get("closed_from"), values.get("closed_until")
    is_closed = values.get("state") in ("ferme", "suspendu") or begins or ends
    if is_closed and not (values.get("state_message") or "").strip():
        errors["state_message"] = ValidationError(
            _("Dites en une phrase pourquoi c’est fermé et à qui s’adresser : ce message est montré.")
        )
    if begins and ends and begins > ends:
        errors["closed_until"] = ValidationError(
            _("La fermeture finit avant de commencer : corrigez les dates.")
        )
    return errors


def place_errors(values: Mapping[str, Any]) -> dict[str, ValidationError]:
    """A place that is never shown keeps nothing that locates it: neither street, label nor point."""
    errors = {}
    if values.get("address_visibility") == "jamais":
        message = _("Ce lieu n’est jamais montré : videz ce champ, rien de son adresse n’est enregistré.")
        errors = {name: ValidationError(message) for name in LOCATING if values.get(name)}
    return errors


def hours_error(type_slug: str, hours: str) -> ValidationError | None:
    if type_slug in WITHOUT_HOURS and hours:
        return ValidationError(_("Les passages d’une maraude ne s’écrivent pas : videz les horaires."))
    return None


def coverage_error(
    hides_address: bool, is_national: bool, areas: Iterable[Any], communes: Iterable[Any]
) -> ValidationError | None:
    """One service covers all of France or some of it; a hidden one never says a commune (C11)."""
    if hides_address and list(communes):
        return ValidationError(
            _("Ce type de service ne dit jamais où il est : choisissez un territoire plutôt qu’une commune.")
        )
    if is_national and (list(areas) or list(communes)):
        return ValidationError(_("« Toute la France » est coché : décochez-le, ou retirez les territoires."))
    return None


def hidden_places_error() -> ValidationError:
    return ValidationError(
        _(
            "Ce type de service n’enregistre jamais de lieu : supprimez les lieux."
            " Décrivez plutôt son point d’entrée."
        )
    )
