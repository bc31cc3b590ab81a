"""What to read about a type of actor: told by the rooms above, which register themselves here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from directory.visibility import Viewer


@dataclass(frozen=True)
class ReadingRef:
    """A page about a type, as it may be shown: finished values."""

    title: str
    kind: str
    url: str
    language: str


About = Callable[[str, Viewer], Sequence[ReadingRef]]

_registered: dict[str, About] = {}


def register(name: str, about: About) -> None:
    """`about(slug, viewer)` tells the pages about the type of that slug. Once by name."""
    _registered[name] = about


def readings_about(slug: str, viewer: Viewer) -> tuple[ReadingRef, ...]:
    return tuple(one for about in _registered.values() for one in about(slug, viewer))
