"""Making accounts, until people can be invited: what is printed once is handed over by the coordination."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from secrets import token_bytes, token_urlsafe

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.grants import grant
from directory.models import ApiToken, Membership, Organisation, User

Role = Membership.Role
_DEPARTMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[4-8]")
_TOTP_BYTES = 20  # RFC 4226 recommends 160 bits


class AccountError(Exception):
    """The account cannot be made as asked; the message says what to change."""


@dataclass(frozen=True)
class Credentials:
    """What is shown once. `totp_secret` is base32, `api_token` a Bearer token; both empty when not asked."""

    login: str
    password: str
    totp_secret: str = ""
    api_token: str = ""


@transaction.atomic
def make_account(
    login: str,
    role: str,
    departments: Iterable[str] = (),
    organisation: Organisation | None = None,
    email: str = "",
    with_totp: bool = False,
    with_token: bool = False,
) -> Credentials:
    """Make an account with one role. AccountError when the login is taken or the role lacks its scope."""
    departments = list(departments)
    _check(login, role, departments, organisation, email)
    password = token_urlsafe(15)
    user = User.objects.create_user(login, email=email, password=password)
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    grant(user, role, departments, organisation)
    return Credentials(
        login=login,
        password=password,
        totp_secret=give_totp(user) if with_totp else "",
        api_token=ApiToken.issue(user, _("Première clé")) if with_token else "",
    )


def give_totp(user: User) -> str:
    """Activate a code generator for `user`; returns its secret in base32, to be typed into an application."""
    secret = base64.b32encode(token_bytes(_TOTP_BYTES)).decode()
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


def _check(
    login: str, role: str, departments: list[str], organisation: Organisation | None, email: str
) -> None:
    if not re.fullmatch(r"[\w.+-]{3,150}", login):
        raise AccountError(
            _("Identifiant : trois lettres, chiffres, points ou tirets au moins, sans espace.")
        )
    if User.objects.filter(username__iexact=login).exists():
        raise AccountError(_("L’identifiant « %(login)s » est déjà pris.") % {"login": login})
    if role not in Role.values:
        raise AccountError(
            _("Rôle inconnu. Choisissez parmi : %(roles)s.") % {"roles": ", ".join(Role.values)}
        )
    _check_scope(role, departments, organisation)
    if email:
        _check_email(email)


def _check_scope(role: str, departments: list[str], organisation: Organisation | None) -> None:
    wrong = [code for code in departments if not _DEPARTMENT.fullmatch(code)]
    if wrong:
        codes = ", ".join(wrong)
        raise AccountError(_("Département inconnu : %(codes)s. Écrivez 05, 38, 2A, 974…") % {"codes": codes})
    if role in (Role.PROFESSIONAL, Role.COORDINATOR) and not departments:
        raise AccountError(_("Ce rôle vaut pour des départements : indiquez-les (--departments 38 05)."))
    if role == Role.MEMBER and organisation is None:
        raise AccountError(_("Un membre l’est d’une organisation : indiquez-la (--organisation)."))


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise AccountError(_("Cette adresse électronique n’est pas valable.")) from error
    if User.objects.filter(email__iexact=email).exists():
        raise AccountError(_("Cette adresse électronique est celle d’un autre compte."))
