"""What the server holds, and under which names.

Texts are stored as the roots that `search.words` makes of them (elision, folding, light stemming, as for the
embedded engine): the server splits them at spaces and does nothing else. So both engines find the same words.
"""

import json
from collections.abc import Mapping as Mapped
from functools import cache
from hashlib import sha256
from string import ascii_letters
from types import MappingProxyType
from typing import Any

from django.conf import settings
from elasticsearch.dsl import Boolean, Date, Document, GeoPoint, Keyword, Long, Mapping, Text

from directory import taxonomy
from search import ranking
from search.backends.cells import Cell

# Deep pages are read too; beyond, the embedded engine answers.
WINDOW = 200_000

ROOTS = {"analyzer": "whitespace", "norms": False, "position_increment_gap": 100}

# A set of publics is one short word: answers hold hundreds of them.
LETTERS: Mapped[str, str] = MappingProxyType(dict(zip(taxonomy.PUBLICS.slugs, ascii_letters, strict=False)))


def field_of(weight: str) -> str:
    """The field that holds the roots of that weight (`ranking.FIELDS`); of "", those of all."""
    return f"text_{weight.lower()}" if weight else "text"


def name_of(cell: Cell) -> str:
    """The word that stands for it."""
    row, column = cell
    return f"{row},{column}"


class _Texts(Document):
    """`rank`: the order of rows, to go through them all. `digest`: as in the embedded index."""

    rank = Long()
    digest = Keyword(index=False)

    class Meta:
        dynamic = "false"


class ServiceDocument(_Texts):
    """Columns of `search.models.SearchEntry`.

    `slots` and `holiday_slots` are tokens of opening half-hours; `odd_hours` is what they cannot tell
    (`search.odd_hours`); `publics_set` is all of `publics` as one word (`LETTERS`), of which there are few;
    `called` is the roots of the name of perpetrators' services; `undeclared_cells` is where places of
    what declares no coverage stand (`search.backends.cells`).
    """

    organisation = Long()
    audience = Keyword()
    department = Keyword()
    sort_name = Keyword(index=False)
    called = Keyword(doc_values=False)
    types = Keyword(eager_global_ordinals=True)
    coverage = Keyword(doc_values=False)
    has_coverage = Boolean()
    places = GeoPoint()
    undeclared_cells = Keyword(doc_values=False)
    publics = Keyword(doc_values=False)
    publics_set = Keyword(eager_global_ordinals=True)
    focus = Keyword(doc_values=False)
    violences = Keyword(eager_global_ordinals=True)
    provisions = Keyword(eager_global_ordinals=True)
    languages = Keyword(eager_global_ordinals=True)
    slots = Keyword(doc_values=False)
    holiday_slots = Keyword(doc_values=False)
    odd_hours = Keyword(eager_global_ordinals=True)
    clock = Keyword(doc_values=False)
    closed_from = Date()
    closed_until = Date()
    for_victims = Boolean()
    verified_on = Date()


class PageDocument(_Texts):
    """Columns of `search.models.SearchPage`; `body` is kept for excerpts, and not searched."""

    source = Keyword()
    key = Keyword()
    part_of = Keyword()
    language = Keyword()
    types = Keyword()
    violences = Keyword()
    publics = Keyword()
    body = Keyword(index=False, doc_values=False)


for _kind in (ServiceDocument, PageDocument):
    for _weight in ranking.FIELDS:
        _kind._doc_type.mapping.field(field_of(_weight), Text(copy_to=field_of(""), **ROOTS))
    _kind._doc_type.mapping.field(field_of(""), Text(**ROOTS))

KINDS: dict[str, type[Document]] = {"services": ServiceDocument, "pages": PageDocument}


def mapping_of(kind: str) -> dict[str, Any]:
    mapping: Mapping = KINDS[kind]._doc_type.mapping
    return mapping.to_dict() | {"dynamic": False}


def body_of(kind: str) -> dict[str, Any]:
    """What a new index is made with. Nothing that was asked is ever logged: both slow logs are off."""
    return {"mappings": mapping_of(kind), "settings": _SETTINGS | _BEING_FILLED}


_SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-2",
    "max_result_window": WINDOW,
    "search.slowlog.threshold.query": {"warn": "-1", "info": "-1", "debug": "-1", "trace": "-1"},
    "search.slowlog.threshold.fetch": {"warn": "-1", "info": "-1", "debug": "-1", "trace": "-1"},
    "indexing.slowlog.source": False,
}
_BEING_FILLED = {"refresh_interval": "-1"}
IN_SERVICE = {"refresh_interval": "1s"}


def alias_of(kind: str) -> str:
    """Named by the hash of its mapping: code that knows another mapping does not see it, and an older server
    of the site goes on with its own until it is replaced."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{kind}-{_hash_of(kind, VERSION)}"


@cache
def _hash_of(kind: str, version: int) -> str:
    told = json.dumps([mapping_of(kind), _SETTINGS, dict(LETTERS), version], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:10]


# Raise it when the same document must be sent otherwise.
VERSION = 1
