"""A browser, or a program with a token, for each kind of reader."""

from django.test import Client

from cms.accounts.grants import grant
from directory.models import Membership, User
from tests.factories import UserFactory, api_token
from tests.leaking import corpus as planted
from tests.leaking.corpus import Corpus
from tests.signing import signed_in

Role = Membership.Role
_GRANTED = {
    planted.PRO_38: (Role.PROFESSIONAL, ["38"]),
    planted.TOKEN_38: (Role.PROFESSIONAL, ["38"]),
    planted.PRO_05: (Role.PROFESSIONAL, ["05"]),
    planted.COORDINATOR_38: (Role.COORDINATOR, ["38"]),
    planted.COORDINATOR_05: (Role.COORDINATOR, ["05"]),
    planted.ADMINISTRATOR: (Role.ADMINISTRATOR, []),
}


def client_of(viewer: str, corpus: Corpus) -> Client:
    if viewer == planted.ANONYMOUS:
        return Client()
    user = account_of(viewer, corpus)
    if viewer == planted.TOKEN_38:
        return Client(headers={"Authorization": f"Bearer {api_token(user)}"})
    return signed_in(user)


def account_of(viewer: str, corpus: Corpus) -> User:
    user = UserFactory(username=viewer)
    if viewer == planted.MEMBER:
        grant(user, Role.MEMBER, organisation=corpus.services["own"].organisation)
    else:
        role, departments = _GRANTED[viewer]
        grant(user, role, departments)
    return user
