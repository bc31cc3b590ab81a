"""Conditions of the rules (Django's *Q*) in the words of an engine: what is the same for all engines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q

Said = TypeVar("Said")


@dataclass(frozen=True)
class Language(Generic[Said]):
    """How an engine says a condition. `lookups`: by Django's names, from a column and a value; `columns`: by
    the names of the rules, where they differ. `together` and `either` get two parts or more."""

    everything: Said
    nothing: Said
    together: Callable[[Sequence[Said]], Said]
    either: Callable[[Sequence[Said]], Said]
    without: Callable[[Said], Said]
    lookups: Mapping[str, Callable[[str, Any], Said]]
    columns: Mapping[str, str]

    def translated(self, condition: Q) -> Said:
        """What the same rows meet. Without any condition, everything. ValueError on an unknown one."""
        parts = [
            self.translated(one) if isinstance(one, Q) else self._one(*one) for one in condition.children
        ]
        found = self.all_of(parts) if condition.connector == Q.AND else self.any_of(parts)
        return self.none_of(found) if condition.negated else found

    def all_of(self, parts: Sequence[Said]) -> Said:
        """Without any, everything."""
        if self.nothing in parts:
            return self.nothing
        asked = [part for part in parts if part != self.everything]
        if len(asked) < 2:
            return asked[0] if asked else self.everything
        return self.together(asked)

    def any_of(self, parts: Sequence[Said]) -> Said:
        """Without any, everything: an empty *Q* asks for nothing."""
        if not parts or self.everything in parts:
            return self.everything
        possible = [part for part in parts if part != self.nothing]
        if len(possible) < 2:
            return possible[0] if possible else self.nothing
        return self.either(possible)

    def none_of(self, part: Said) -> Said:
        if part in (self.nothing, self.everything):
            return self.everything if part == self.nothing else self.nothing
        return self.without(part)

    def _one(self, lookup: str, value: Any) -> Said:
        column, _, kind = lookup.partition("__")
        if kind not in self.lookups:
            raise ValueError(f"no query for {lookup}")
        return self.lookups[kind](self.columns.get(column, column), value)
