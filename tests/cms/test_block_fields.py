"""Whatever an editor types words in, of a block or of a page, refuses a copied number."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextField
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.rich_text import RichText

from cms.blocks import SiteBody
from cms.blocks.words import Paragraph, Phrase, Prose
from cms.blocks.writing import Heading, Text
from cms.models import MeasurePage
from cms.models.base import SitePage
from tests.factories import HelplineFactory
from tests.pages import make_measure

pytestmark = pytest.mark.django_db

TYPED = "Appelez le 04 76 57 10 01."


@pytest.fixture(autouse=True)
def _a_number() -> None:
    HelplineFactory(key="119")


# --- Every text refuses a typed phone ---------------------------------------------------------------------


def text_blocks(block: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each field of a block where an editor types words, at whatever depth, with its path."""
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield from text_blocks(child, f"{path}.{name}".strip("."))
    elif isinstance(block, blocks.ListBlock):
        yield from text_blocks(block.child_block, f"{path}[]")
    elif isinstance(block, TableBlock):
        yield f"{path}.cell", Cell(block)
        yield f"{path}.caption", Caption(block)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock | blocks.RawHTMLBlock):
        yield path, block


TABLE = {"data": [["a", "b"]], "table_caption": "Légende", "table_header_choice": "row"}


class Cell:
    def __init__(self, table: TableBlock) -> None:
        self.table = table

    def clean(self, text: str) -> Any:
        return self.table.clean(TABLE | {"data": [["a", "b"], ["c", text]]})


class Caption(Cell):
    def clean(self, text: str) -> Any:
        return self.table.clean(TABLE | {"table_caption": text})


FIELDS = dict(text_blocks(SiteBody()))


def typed_in(block: Any, text: str) -> Any:
    return block.clean(RichText(f"<p>{text}</p>") if isinstance(block, blocks.RichTextBlock) else text)


@pytest.mark.parametrize("path", FIELDS)
def test_no_field_takes_a_typed_phone(path: str) -> None:
    with pytest.raises(ValidationError, match="04 76 57 10 01"):
        typed_in(FIELDS[path], TYPED)
    typed_in(FIELDS[path], "Le {119}.")


def test_the_walk_finds_fields_at_every_depth() -> None:
    assert {"heading", "tree.questions[].answers[].advice", "signs.groups[].signs[]", "table.cell"} <= set(
        FIELDS
    )
    kinds = {type(block) for block in FIELDS.values()}
    assert kinds <= {Phrase, Paragraph, Prose, Cell, Caption} | {Heading, Text}


# --- The fields of a page are as strict -------------------------------------------------------------------


@pytest.mark.parametrize("name", MeasurePage.read_texts)
def test_no_field_of_a_page_takes_a_typed_phone(name: str) -> None:
    page = make_measure()
    setattr(page, name, "Le {119}.")
    page.full_clean()
    setattr(page, name, TYPED)
    with pytest.raises(ValidationError, match="04 76 57 10 01") as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {name}


def test_every_text_of_a_page_is_watched() -> None:
    texts = {one.name for one in MeasurePage._meta.local_fields if isinstance(one, TextField)} - {"body"}
    assert texts <= set(MeasurePage.read_texts)
    assert set(SitePage.read_texts) == {"heading", "summary"}
