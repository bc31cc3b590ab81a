"""What one reading of a page needs: who reads, for which commune, the numbers and terms, each loaded once."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.glossary import Glossary, known_terms
from cms.readable import addresses_for
from directory.gazetteer import Resolution, resolve
from directory.helplines import HelplineCard, displayed_helplines
from directory.visibility import ANONYMOUS, Viewer
from search.tokens import Expired, seal, unseal

HERE = "ici"  # the parameter that holds the commune, encrypted, for a quarter of an hour


@dataclass
class Reading:
    """`token` seals the commune chosen, "" without one; `path` is the page's own address."""

    viewer: Viewer
    at: datetime
    path: str = ""
    token: str = ""
    has_expired: bool = False
    is_paper: bool = False
    # The first block of services of a page asks for the commune, the others repeat what was taken.
    has_asked_place: bool = False
    place_text: str = ""
    place: Resolution = field(default_factory=Resolution)

    @cached_property
    def numbers(self) -> dict[str, HelplineCard]:
        return {line.key: line for line in displayed_helplines()}

    @cached_property
    def glossary(self) -> Glossary:
        return Glossary(known_terms(), self.is_paper)

    @cached_property
    def addresses(self) -> dict[int, str]:
        """Of every page that this reader may open: one query."""
        return addresses_for(self.viewer)

    @cached_property
    def contact(self) -> str:
        from cms.operators import contact_of  # its model stands beside those whose blocks read this file

        return contact_of()

    @property
    def has_place(self) -> bool:
        return bool(self.place.commune or self.place.department)

    @property
    def shown_place(self) -> str:
        """The commune, or the department, that was taken."""
        return str(self.place.commune or self.place.department or "")

    def at_place(self, path: str) -> str:
        """The address of another page, for the same commune."""
        return f"{path}?{HERE}={self.token}" if self.token and not self.is_paper else path


def reading_in(context: Any) -> Reading:
    """The one of the page that a block stands in; a fresh one in the administration's own previews."""
    if "reading" not in context:
        request = context.get("request")
        context["reading"] = reading_of(request) if request else Reading(ANONYMOUS, timezone.now())
    return context["reading"]


def reading_of(request: HttpRequest, is_paper: bool = False) -> Reading:
    """No query until something is asked of it, but for the commune when one was chosen."""
    viewer = getattr(request, "viewer", ANONYMOUS)
    reading = Reading(viewer, timezone.now(), request.path_info, is_paper=is_paper)
    token = request.GET.get(HERE, "")
    if token:
        _take_place(reading, token)
    return reading


def _take_place(reading: Reading, token: str) -> None:
    try:
        reading.place_text = "".join(unseal(token).get("lieu", []))
    except Expired:
        reading.has_expired = True
        return
    reading.token = token
    reading.place = resolve(reading.place_text)


def sealed_place(text: str) -> str:
    """What was typed for a commune, as a token that tells nothing."""
    return seal({"lieu": [text.strip()[:120]]})
