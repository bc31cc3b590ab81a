"""What templates need and Django lacks: our icons, the current entry of the menu, French spaces."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.outline import without_jumps
from cms.reading import Reading, reading_in
from cms.said import said as said_text
from cms.said import titled as titled_text
from cms.tiles import tiles_address
from cms.typography import spaced
from directory.discretion import telling_words
from directory.outlines import sheet_of

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of `static/img/icons.svg`, silent for screen readers: the words beside it say the same."""
    classes = f"m-ico {css}".strip()
    address = f"{static('img/icons.svg')}#i-{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, address)


@register.simple_tag(takes_context=True)
def current(context: template.Context, *names: str) -> SafeString:
    """`aria-current="page"` when the page shown is one of these views ("search:search"), else nothing."""
    request: Any = context.get("request")
    match = getattr(request, "resolver_match", None)
    return mark_safe(' aria-current="page"' if match and match.view_name in names else "")


@register.simple_tag(takes_context=True)
def current_page(context: template.Context, start: str) -> SafeString:
    """`aria-current="true"` when the page shown stands under that address, else nothing."""
    path = getattr(context.get("request"), "path_info", "")
    return mark_safe(' aria-current="true"' if path.startswith(start) else "")


@register.filter
def typo(text: object) -> SafeString:
    """No-break spaces where French wants them: before : ; ! ? » and after «."""
    return mark_safe(spaced(str(conditional_escape(text))))


@register.simple_tag(takes_context=True)
def reading_here(context: template.Context) -> Reading:
    """The reading of this page; a fresh one where a block is shown alone."""
    return reading_in(context)


@register.filter
def said(text: object, reading: Reading) -> SafeString:
    """A text of a page: numbers by their key, terms explained at first use, links that lead somewhere."""
    return said_text(text, reading)


@register.filter
def titled(text: object, reading: Reading) -> SafeString:
    """The same where nothing may be pressed: titles and labels."""
    return titled_text(text, reading)


@register.filter
def outlined(html: str) -> SafeString:
    """Blocks as they follow each other under the title of a page: levels of titles without a jump."""
    return mark_safe(without_jumps(html))


@register.simple_tag
def map_files(departments: Iterable[str]) -> str:
    """The drawings that a map of these departments needs, as JSON: {"38": "/static/build/carte-38.json"}."""
    names = dict.fromkeys(sheet_of(code) for code in departments)
    return json.dumps({name: static(f"build/carte-{name}.json") for name in names})


@register.simple_tag
def map_tiles() -> dict[str, str]:
    """The street tiles of a map: their address with {z}, {x}, {y} (or ""), whose they are, on which terms."""
    text, _space, last = settings.MAP_TILES_ATTRIBUTION.rpartition(" ")
    has_terms = last.startswith("https://")
    return {
        "address": tiles_address(),
        "attribution": text if has_terms else settings.MAP_TILES_ATTRIBUTION,
        "terms": last if has_terms else "",
    }


@register.filter
def quiet(text: str) -> str:
    """The class of a title: a telling one is not written large (nothing tells from two metres)."""
    return "m-quiet" if telling_words(text) else ""
