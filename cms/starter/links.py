"""Links of the starter pages: `page:slug`, `type:slug` and `url:name` become what the site has."""

import re
from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from cms.starter.files import FRENCH, StarterPage, rewritten, starter_pages
from directory.models import ActorType

_LINK = re.compile(r'<a href="(page|type|url):([\w-]+)">(.*?)</a>', re.DOTALL)
_WHOLE = re.compile(r"page:([\w-]+)")
NAMES = {
    "helplines": "directory:helplines",
    "types": "directory:types",
    "search": "search:search",
    "security_contact": "security_contact",
    "safety": "safety",
    "accessibility": "accessibility",
    "legal": "legal",
    "privacy": "privacy",
}


class Links:
    """`pages`: slug → primary key of the pages that are made."""

    def __init__(self, pages: Mapping[str, int]) -> None:
        self.pages = pages
        self.types = {
            one.slug: one.get_absolute_url()
            for one in ActorType.objects.filter(is_open=True).only("slug", "public_id")
        }

    def body(self, page: StarterPage) -> list[dict[str, Any]]:
        """The body as Wagtail stores it; a link to what is not there becomes its own words."""
        return [dict(rewritten(block, self._rewrite)) for block in page.body]

    def _rewrite(self, text: str) -> Any:
        whole = _WHOLE.fullmatch(text)
        if whole:
            return self.pages.get(whole.group(1))
        return _LINK.sub(self._link, text)

    def _link(self, hit: re.Match[str]) -> str:
        kind, name, words = hit.groups()
        if kind == "page" and name in self.pages:
            return f'<a linktype="page" id="{self.pages[name]}">{words}</a>'
        address = self._address(kind, name)
        return f'<a href="{address}">{words}</a>' if address else words

    def _address(self, kind: str, name: str) -> str:
        if kind == "type":
            return self.types.get(name, "")
        if kind == "page":
            return f"/{name}/" if name in _standing() else ""
        try:
            return reverse(NAMES.get(name, name))
        except NoReverseMatch:
            return ""


def _standing() -> frozenset[str]:
    """The pages that answer at their address whether they were made or not."""
    return frozenset(page.slug for page in starter_pages(FRENCH) if page.model == "standard")
