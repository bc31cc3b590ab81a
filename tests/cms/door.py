"""Typing at the door, for the tests of signing in."""

from django.http import HttpResponse
from django.test import Client

from cms.accounts.grants import grant
from directory.models import User
from tests.factories import PASSWORD, UserFactory


def coordinator(username: str = "coord") -> User:
    user = UserFactory(username=username, email=f"{username}@exemple.example")
    grant(user, "coordinator", ["38"])
    return user


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/connexion/", {"login": login, "password": password, **more})


def signed_in_as(client: Client) -> str:
    """The login under which the site knows this browser; empty for nobody."""
    return client.get("/naviguer-en-securite/").wsgi_request.user.get_username()
