"""Signed-in browsers, without typing: with the second factor shown, or not yet."""

import time

from allauth.account.internal.flows.login import record_authentication
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory

from cms.accounts.provision import give_totp
from cms.accounts.strength import has_second_factor
from directory.models import User

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User, strong: bool = True, client: Client | None = None) -> Client:
    """A browser where `user` is signed in; `strong`: this session showed the code of a generator."""
    client = client or Client()
    client.force_login(user, _BACKEND)
    if strong:
        if not has_second_factor(user):
            give_totp(user)
        session = client.session
        _record(session, user)
        session.save()
    return client


def _record(session: SessionBase, user: User) -> None:
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user, "mfa", type="totp", reauthenticated=True)


def totp_now(secret: str, drift: int = 0) -> str:
    """The code that an application shows now for a base32 secret, `drift` periods of 30 s away."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time() // 30) + drift))
