"""How strongly this session signed in.

It is asked of the session, not of the account: a session opened with a stolen password must not become strong
because the rightful owner activates a second factor elsewhere.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from directory.visibility import Kind, Viewer

_STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(reader: Viewer) -> bool:
    """Coordinators and administrators must have one; it is offered to all."""
    return reader.kind >= Kind.COORDINATOR


def is_held_back(request: HttpRequest) -> bool:
    """Signed in, but without the second factor that the role demands: nothing is open before it is shown."""
    return needs_second_factor(request.viewer) and not is_strong(request)


def is_strong(request: HttpRequest) -> bool:
    """Did this session show a second factor, a recovery code or a passkey? No query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(user: Any) -> bool:
    """Does the account have a code generator or a passkey? One query."""
    return Authenticator.objects.filter(user=user, type__in=_STRONG).exists()


def confirmation_url(user: Any) -> str:
    """Where the account shows its second factor again."""
    by_code = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")


def is_last_one(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=_STRONG)
    return not others.exclude(pk=authenticator.pk).exists()
