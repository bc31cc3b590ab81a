"""What a page says, as plain text and as the slugs of its live blocks: for the search and for the checks."""

import re
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText, get_text_for_indexing

_PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
_KEY = re.compile(r' id="(\d+)"')
_UNREAD = ("source_url", "checked_on", "recheck_by", "next", "limit", "territory", "key", "part")


def texts_of(value: Any, block: blocks.Block | None = None) -> Iterator[str]:
    """Every text that a reader finds in a body, in its order; choices, dates and addresses are no text."""
    if isinstance(value, RichText):
        yield get_text_for_indexing(value.source)
    elif isinstance(value, str):
        if not isinstance(block, blocks.ChoiceBlock | blocks.URLBlock):
            yield value
    elif isinstance(value, blocks.StructValue):
        for name, part in value.items():
            if name not in _UNREAD:
                yield from texts_of(part, value.block.child_blocks[name])
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue):
        if not isinstance(block, blocks.MultipleChoiceBlock):
            children = value.bound_blocks if isinstance(value, blocks.list_block.ListValue) else value
            for child in children:
                yield from texts_of(child.value, child.block)
    elif isinstance(value, dict) and "data" in value:
        yield value.get("table_caption") or ""
        yield from (str(cell) for row in value["data"] for cell in row if cell)


def blocks_named(body: Any, name: str) -> Iterator[Any]:
    """The values of the blocks of that name, in their order."""
    return (child.value for child in body if child.block_type == name)


def types_of(page: Any) -> list[str]:
    """The types that a page is about: those ticked, those of its live blocks, its own measure."""
    found = list(getattr(page, "types", []))
    for value in blocks_named(getattr(page, "body", []), "services"):
        found += value["types"]
    if getattr(page, "actor_type_id", None):
        found.append(page.actor_type.slug)
    return list(dict.fromkeys(found))


def page_links(body: Any) -> Iterator[int]:
    """The primary keys of the pages that a body links to; 0 for one of a list that was deleted since."""
    for value in _rich_sources(body):
        for tag in _PAGE_LINK.findall(value):
            yield from (int(key) for key in _KEY.findall(tag))
    for value in blocks_named(body, "pages"):
        yield from (page.pk if page else 0 for page in value["pages"])


def _rich_sources(value: Any) -> Iterator[str]:
    """The source of every rich text of a body."""
    if hasattr(value, "source"):
        yield value.source
    elif hasattr(value, "items"):
        for part in value.values():
            yield from _rich_sources(part)
    elif hasattr(value, "__iter__") and not isinstance(value, str | bytes):
        for part in value:
            yield from _rich_sources(getattr(part, "value", part))
