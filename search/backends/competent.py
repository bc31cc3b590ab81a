"""Who may answer, in the words of an engine. The same readers and places ask again and again, and to say them
takes as long as a small question: they are said once."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from directory.visibility import Viewer, readable
from search.backends import rules
from search.backends.base import Territory
from search.backends.conditions import Language

Said = TypeVar("Said")
Competent = Callable[[Viewer, Territory | None, int | None], Said]


def competent_in(language: Language[Said]) -> Competent[Said]:
    """From a viewer, a territory and a radius (km): what the viewer may count that answers there. What it
    gives is shared: not to be changed."""

    @lru_cache(maxsize=512)
    def seen(viewer: Viewer) -> Said:
        return language.translated(readable(viewer))

    @lru_cache(maxsize=512)
    def answering(territory: Territory | None, radius: int | None) -> Said:
        return language.translated(rules.answering(territory, radius))

    def competent(viewer: Viewer, territory: Territory | None, radius: int | None) -> Said:
        return language.all_of([seen(viewer), answering(territory, radius)])

    return competent
