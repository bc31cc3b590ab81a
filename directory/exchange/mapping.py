"""A partner's file in our words: which column is which field (see directory/data/mappings/)."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.record import Record, Unreadable
from directory.reference import DATA

REQUIRED = ("name", "type", "commune")
FIELDS = frozenset(Record.__dataclass_fields__) - {"line", "source_id", "department"} | {"id"}
_TABLES = ("columns", "types", "organisations", "summaries", "renamed")
_LONGEST_NOTE = 150


@dataclass(frozen=True)
class Mapping:
    """`columns`: our field → the file's column; `types`: the file's word → our slug; then texts by type."""

    columns: dict[str, str]
    types: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    note: str = ""


def load_mapping(source: str, path: Path | None) -> Mapping:
    """The mapping at `path`, else the one shipped for `source`, else our own names. Raises Unreadable."""
    shipped = DATA / "mappings" / f"{source}.toml"
    chosen = path or (shipped if re.fullmatch(r"[\w-]+", source) and shipped.exists() else None)
    if chosen is None:
        return Mapping({name: name for name in sorted(FIELDS)})
    try:
        return _mapping_of(tomllib.loads(chosen.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        message = _("La correspondance « %(name)s » est illisible : %(error)s.")
        raise Unreadable(message % {"name": chosen, "error": error}) from error


def _mapping_of(values: dict[str, Any]) -> Mapping:
    unknown = sorted(set(values) - set(_TABLES) - {"note"})
    if unknown:
        raise ValueError(_("« %(names)s » n’existe pas") % {"names": ", ".join(unknown)})
    for name in _TABLES:
        table = values.get(name, {})
        if not (isinstance(table, dict) and all(isinstance(text, str) for text in table.values())):
            raise ValueError(_("[%(name)s] doit être une table de textes") % {"name": name})
    _check_fields(values.get("columns", {}))
    note = values.get("note", "")
    if not isinstance(note, str) or len(note) > _LONGEST_NOTE:
        raise ValueError(_("note : un texte de %(count)d caractères au plus") % {"count": _LONGEST_NOTE})
    # A field that is not mapped is in the column of its own name when it is required.
    columns = {name: name for name in REQUIRED} | values.get("columns", {})
    return Mapping(**(values | {"columns": columns}))


def _check_fields(columns: dict[str, str]) -> None:
    strange = sorted(set(columns) - FIELDS)
    if strange:
        known = ", ".join(sorted(FIELDS))
        text = _("[columns] : champs inconnus %(names)s (champs possibles : %(known)s)")
        raise ValueError(text % {"names": ", ".join(strange), "known": known})
