"""The blocks that pages are made of: few, and lasting. Each is shown in /gestion/styleguide/."""

from typing import Any

from wagtail import blocks

from cms.blocks.decision import Tree
from cms.blocks.guidance import Case, Danger, Questions, Say, Signs, Steps
from cms.blocks.law import LegalCard
from cms.blocks.live import Numbers, OperatorPart, Pages, Services, Sheets
from cms.blocks.writing import Download, Heading, Picture, Quote, Table, Text


class Body(blocks.StreamBlock):
    """Of guides, chapters, reflex sheets, measures and resources."""

    heading = Heading(max_length=120)
    text = Text()
    danger = Danger()
    signs = Signs()
    say = Say()
    questions = Questions()
    steps = Steps()
    tree = Tree()
    law = LegalCard()
    case = Case()
    quote = Quote()
    services = Services()
    helplines = Numbers()
    sheets = Sheets()
    pages = Pages()
    image = Picture()
    table = Table()
    download = Download()

    class Meta:
        required = False
        block_counts: dict[str, Any] = {"danger": {"max_num": 1}}


class SiteBody(Body):
    """Of the pages about the site itself."""

    operator = OperatorPart()
