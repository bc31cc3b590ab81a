"""questions.toml, read and checked: a misspelt key or matcher is an error, not a requirement lost."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from directory.visibility import ANONYMOUS, Kind, Viewer
from search.forms import Asked, SearchForm

FILE = Path(__file__).with_name("questions.toml")
PARIS = ZoneInfo("Europe/Paris")
_GROUP = "group:"
_MATCHERS = frozenset({"first_three", "never", "not_first"})


@dataclass(frozen=True)
class Requirement:
    """A question and what its answer must hold; the head of questions.toml explains each field."""

    id: str
    q: str
    because: str
    lieu: str = ""
    loin: int | None = None
    viewer: str = "public"
    at: str = "2026-11-26T10:00"
    first_three: tuple[str, ...] = ()
    must_all: bool = False
    pins: tuple[str, ...] = ()
    not_pins: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    not_first: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()

    @property
    def matchers(self) -> tuple[str, ...]:
        return self.first_three + self.never + self.not_first

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=PARIS)

    @property
    def reader(self) -> Viewer:
        if self.viewer == "public":
            return ANONYMOUS
        return Viewer(Kind.PROFESSIONAL, professional_in=frozenset({self.viewer.removeprefix("pro-")}))

    def asked(self) -> Asked:
        """As the form of the site reads it, with what was read to do so."""
        given = {"q": self.q, "lieu": self.lieu, "loin": str(self.loin or "")}
        return SearchForm({name: [value] for name, value in given.items() if value}).asked()


def read_requirements(path: Path = FILE) -> tuple[Requirement, ...]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    read = tuple(_requirement(row, content.get("groups", {})) for row in content["question"])
    ids = [one.id for one in read]
    if doubles := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"ids used twice: {sorted(doubles)}")
    return read


def _requirement(row: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Requirement:
    if unknown := set(row) - {field.name for field in fields(Requirement)}:
        raise ValueError(f"{row['id']}: unknown keys {sorted(unknown)}")
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in _MATCHERS:
            value = _expanded(value, groups)
        values[name] = tuple(value) if isinstance(value, list | tuple) else value
    return Requirement(**values)


def _expanded(matchers: Iterable[str], groups: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    for one in matchers:
        found += groups[one.removeprefix(_GROUP)] if one.startswith(_GROUP) else [one]
    return found
