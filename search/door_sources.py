"""Where the rules of the doors come from, as readers are told: each source once, with its doors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.dates import long_date, written_date
from search.doors import Source
from search.result_views import StepView


@dataclass(frozen=True)
class SourceView:
    """`letters`: "A, B, D"; `dated`: "relevée : novembre 2026", "" when nothing is known."""

    letters: str
    text: str
    dated: str


def source_views(steps: Iterable[StepView]) -> tuple[SourceView, ...]:
    """Each source once, in the order of its first door; nothing of a rule that gives none."""
    letters: dict[Source, list[str]] = {}
    for step in steps:
        if step.source.text:
            letters.setdefault(step.source, []).append(step.letter)
    return tuple(SourceView(", ".join(of), source.text, _dated(source)) for source, of in letters.items())


def _dated(source: Source) -> str:
    """A person checked it only where one gave the date."""
    if source.checked_on:
        return _("vérifiée le %(date)s") % {"date": long_date(source.checked_on)}
    return source.dated and _("relevée : %(date)s") % {"date": written_date(source.dated) or source.dated}
