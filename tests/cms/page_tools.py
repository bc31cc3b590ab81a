"""Who reads the pages, who writes them, and what the forms of the administration post."""

import re
from html import unescape
from typing import Any

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import GuidePage
from cms.starter.roles import WRITERS, create_roles
from directory.models import User
from tests import factories, pages
from tests.directory.admin_tools import administrator, coordinator
from tests.signing import signed_in

READERS = ("anonymous", "professional", "coordinator", "administrator")


def browser_of(reader: str) -> Client:
    """A browser of each kind of reader; nothing that it meets is raised into the test."""
    if reader == "anonymous":
        client = Client()
    else:
        client = signed_in(_account_of(reader))
    client.raise_request_exception = False
    return client


def _account_of(reader: str) -> User:
    if reader == "professional":
        return factories.UserFactory(professional_in=["38"])
    return coordinator("38") if reader == "coordinator" else administrator()


def in_group(name: str) -> User:
    """An account of one of the groups that `create_starter_site` makes; they are made when missing."""
    pages.make_shelf()
    create_roles()
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=name))
    return user


def writer() -> User:
    return in_group(WRITERS)


def posted(**values: Any) -> dict[str, Any]:
    """What the form of a page posts: `body` as [("text", "…")…]."""
    body = streamfield(values.pop("body", []))
    fields = {"title": "Un essai", "slug": "un-essai", "heading": "", "summary": "", "body": body}
    return nested_form_data(fields | values)


def refusals(response: HttpResponse) -> str:
    """What the form of a page, or of its copy, answers in words."""
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    assert form.errors
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def text_of(response: HttpResponse) -> str:
    """What is read on a page, its title included."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(words))


def title_of(response: HttpResponse) -> str:
    return unescape(re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL).group(1))


def make_numbers(*keys: str) -> None:
    for key in keys or ("17", "119", "114"):
        factories.HelplineFactory(key=key)


def live_block(**values: Any) -> tuple[str, dict[str, Any]]:
    """A block of services, for the commune that the reader says."""
    fields = {"title": "Qui contacter", "intro": "", "types": ["crip"], "publics": [], "violences": []}
    return "services", fields | {"needs": [], "territory": "", "fallback": [], "limit": 3} | values


def make_guide_with(chapters: int, body: Any = (), slug: str = "guide-essai") -> GuidePage:
    guide = pages.make_guide(slug)
    for number in range(1, chapters + 1):
        pages.make_chapter(guide, f"chapitre-{number}", body)
    return guide


def forget() -> None:
    cache.clear()
