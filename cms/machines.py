"""What machines read: health, robots, sitemap, security contact."""

from collections.abc import Iterator
from datetime import timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.readable import addresses_for
from directory.models import ActorType
from directory.visibility import ANONYMOUS, visible_services
from search import national
from search.models import SearchEntry

SITEMAP_LIMIT = 50_000  # addresses in one file, by the protocol
PUBLIC_PAGES = (
    "home",
    "directory:helplines",
    "directory:types",
    "safety",
    "accessibility",
    "legal",
    "privacy",
)
EXPIRES_AFTER = timedelta(days=180)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For monitors: are the database and the index there? No figure, which could count what hides.

    Without Elasticsearch, where it is used, the site answers all the same: "degraded", which is no failure.
    """
    state = {"database": "ok", "index": "ok"}
    try:
        if not SearchEntry.objects.exists() and visible_services(ANONYMOUS).searchable().exists():
            state["index"] = "empty"
    except DatabaseError:
        state = {"database": "unreachable", "index": "unknown"}
    is_well = set(state.values()) == {"ok"}
    status = "ok" if is_well else "failing"
    if national.is_used():
        state["elasticsearch"] = national.state()
        status = "degraded" if is_well and state["elasticsearch"] != "ok" else status
    return JsonResponse({"status": status} | state, status=200 if is_well else 503)


ROBOTS = """User-agent: *
Allow: /$
Allow: /s/
Allow: /o/
Allow: /f/
Allow: /types/
Allow: /numeros/
Allow: /guides/
Allow: /mesures/
Allow: /ressources/
Allow: /static/
Allow: /sitemap.xml
Disallow: /

Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    text = ROBOTS.format(sitemap=_absolute(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Addresses that anybody may read, as anybody reads them, whoever asks."""
    entries = "".join(f"<url><loc>{escape(_absolute(one))}</loc></url>\n" for one in _public_addresses())
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


def _public_addresses() -> Iterator[str]:
    yield from dict.fromkeys([*(reverse(name) for name in PUBLIC_PAGES), *addresses_for(ANONYMOUS).values()])
    types = ActorType.objects.filter(is_open=True).order_by("rank", "pk")
    yield from (reverse("directory:type", args=[key]) for key in types.values_list("public_id", flat=True))
    services = visible_services(ANONYMOUS).searchable().order_by("pk")
    keys = services.values_list("public_id", "organisation__public_id")[: SITEMAP_LIMIT // 3]
    yield from (reverse("directory:service", args=[service]) for service, _organisation in keys)
    organisations = dict.fromkeys(organisation for _service, organisation in keys)
    yield from (reverse("directory:organisation", args=[key]) for key in organisations)


@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """RFC 9116."""
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else _absolute(reverse("legal"))
    expires = (timezone.now() + EXPIRES_AFTER).replace(microsecond=0).isoformat()
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {_absolute(reverse('security_contact'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _absolute(address: str) -> str:
    # From the settings, not from the request: a forged host name must not be written into what others keep.
    return settings.SITE_URL.rstrip("/") + address
