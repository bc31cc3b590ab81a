"""Texts as they are read: {119} replaced by today's number, terms explained, links that lead somewhere."""

import re

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from cms.reading import Reading
from cms.typed_contacts import KEY
from cms.typography import spaced

_TAG = re.compile(r"(<[^>]+>)")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def said(text: object, reading: Reading) -> SafeString:
    """A plain text or a rich one, with its terms explained at their first use."""
    if isinstance(text, RichText):
        return _rich(text.source, reading)
    return mark_safe(_explained(str(conditional_escape(text)), reading))


def titled(text: object, reading: Reading) -> SafeString:
    """A plain text where nothing may be pressed: a title, the label of a button."""
    return mark_safe(_bare(str(conditional_escape(text)), reading))


def _explained(escaped: str, reading: Reading) -> str:
    # The terms first: what stands for a key, an address for instance, holds none to explain.
    return _with_numbers(reading.glossary.explained(spaced(escaped)), reading)


def _bare(escaped: str, reading: Reading) -> str:
    """Nothing to press inside what is pressed already, and no definition in a title."""
    return _with_numbers(spaced(escaped), reading, is_bare=True)


def _with_numbers(escaped: str, reading: Reading, is_bare: bool = False) -> str:
    return KEY.sub(lambda hit: _of_key(hit.group(1), reading, is_bare), escaped)


def _of_key(key: str, reading: Reading, is_bare: bool) -> str:
    """Never a number to press inside a sentence; one that may not be shown now is named."""
    if key == "contact":
        return _contact(reading, is_bare)
    line = reading.numbers.get(key)
    if line is None:
        return escape(_("(numéro à confirmer)"))
    return format_html('<span class="m-number">{}</span>', line.display)


def _contact(reading: Reading, is_bare: bool) -> str:
    if not reading.contact:
        return escape(_("(adresse de contact à compléter par l’exploitant du site)"))
    if is_bare:
        return escape(reading.contact)
    return format_html('<a class="m-link" href="mailto:{}">{}</a>', reading.contact, reading.contact)


def _rich(source: str, reading: Reading) -> SafeString:
    """The whitelisted HTML of the editor: tags kept, page links resolved, words said."""
    parts: list[str] = []
    open_tags: list[str] = []
    bare = 0
    for piece in _TAG.split(source):
        if piece.startswith("</a"):
            parts.append(f"</{open_tags.pop() if open_tags else 'a'}>")
            bare -= 1
        elif piece.startswith("<a"):
            tag = _link(dict(_ATTRIBUTE.findall(piece)), reading)
            open_tags.append("a" if tag.startswith("<a") else "span")
            parts.append(tag)
            bare += 1
        elif piece.startswith("<"):
            bare += piece.startswith("<h3") - piece.startswith("</h3")
            parts.append(piece)
        else:
            parts.append(_bare(piece, reading) if bare else _explained(piece, reading))
    return mark_safe("".join(parts))


def _link(attributes: dict[str, str], reading: Reading) -> str:
    """A link to what is not there any more is said, not followed."""
    key, kind = attributes.get("id", ""), attributes.get("linktype")
    if kind == "page":
        address = reading.addresses.get(int(key)) if key.isdecimal() else None
        return format_html('<a class="m-link" href="{}">', reading.at_place(address)) if address else "<span>"
    if kind == "document":
        from cms.documents import document_address

        address = document_address(key)
        return format_html('<a class="m-link" href="{}">', address) if address else "<span>"
    href = attributes.get("href", "")
    away = ' rel="nofollow noreferrer"' if href.startswith("http") else ""
    # The editor leaves a link without an address where it refused the address (javascript:).
    return f'<a class="m-link" href="{href}"{away}>' if href else "<span>"
