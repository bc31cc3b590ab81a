"""How much a first visit costs: an old telephone, a weak network, a plan counted in megabytes."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Response

from search.tokens import seal
from tests.browser.conftest import PHONE
from tests.browser.guide_site import GuideSite

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS, ALL, SCRIPT = 25, 250_000, 40_000
# Made small already: a server does not compress them again.
AS_THEY_ARE = ("image/png", "image/jpeg", "image/webp")
OTHERS = {
    "search": "/recherche/",
    # On a phone, where the map waits to be asked for.
    "results": lambda: "/recherche/r/" + seal({"lieu": ["Voiron"]}) + "/",
    "helplines": "/numeros/",
}
NAMES = ("home", "search", "results", "service", "type", "helplines", "shelf", "guide", "chapter",
         "reflex sheet", "measure", "standard")  # fmt: skip


@dataclass
class Weight:
    """Bytes as a server that compresses would send them (whitenoise and the proxy: gzip)."""

    requests: int = 0
    total: int = 0
    script: int = 0
    parts: list[str] = field(default_factory=list)

    def add(self, response: Response) -> None:
        kind, body = response.headers.get("content-type", ""), response.body()
        size = len(body) if kind in AS_THEY_ARE else len(gzip.compress(body, 9))
        self.requests += 1
        self.total += size
        self.script += size if "javascript" in kind else 0
        self.parts.append(f"{size:>7} {response.url.rsplit('/', 1)[-1][:40] or 'page'}")

    def __str__(self) -> str:
        said = f"{self.requests} requests, {self.total / 1000:.1f} kB, script {self.script / 1000:.1f} kB"
        return "\n".join([said, *self.parts])


@pytest.fixture(params=NAMES)
def weight(request: pytest.FixtureRequest, chromium: Browser, guides: GuideSite) -> Iterator[Weight]:
    """Of a page read for the first time. Pictures further down wait until they are near."""
    name = request.param
    address = guides.addresses.get(name) or OTHERS[name]
    context = chromium.new_context(locale="fr-FR", viewport=PHONE)
    page, responses = context.new_page(), []
    page.on("response", lambda response: responses.append(response))
    page.goto(guides.url + (address if isinstance(address, str) else address()))
    page.wait_for_load_state("networkidle")
    found = Weight()
    for response in responses:
        found.add(response)
    print(name, found)
    yield found
    context.close()


def test_a_first_visit_is_light(weight: Weight) -> None:
    assert weight.requests <= REQUESTS, weight
    assert weight.total <= ALL, weight
    assert weight.script <= SCRIPT, weight
