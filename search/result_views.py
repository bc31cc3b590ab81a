"""Services found, and the doors that lead to them, as the cards of a page: finished values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.cards import ContactCard, ServiceCard
from directory.competence import kilometres
from directory.helplines import HelplineCard, helplines_by_key
from search.answer import Answer, Result, StepTaken

DANGER = "17"


@dataclass(frozen=True)
class ResultView:
    """One card of the list. `longitude` and `latitude` are "" when nothing of it is on the map."""

    number: int
    card: ServiceCard
    kind: str
    where: str
    reason: str
    phone: ContactCard | None
    fallback: tuple[HelplineCard, ...]
    longitude: str
    latitude: str
    department: str
    is_approximate: bool

    @property
    def is_closed(self) -> bool:
        return self.card.open.state == "closed"

    @property
    def phone_css(self) -> str:
        """Loud when somebody answers; when it is closed, the number that stands in is the one to press."""
        return "m-phone--s m-phone--line" if self.is_closed and self.fallback else "m-phone--s"


@dataclass(frozen=True)
class StepView:
    """A door of the situation, with its services as cards of the list. `already`: those that are a card of
    a door before. `fallback`: the numbers, when nobody is known here."""

    order: int
    label: str
    reason: str
    prepare: tuple[str, ...]
    results: tuple[ResultView, ...]
    already: tuple[ResultView, ...]
    fallback: tuple[HelplineCard, ...]


def helplines_of(found: Answer) -> dict[str, HelplineCard]:
    """The number of danger, and those that stand in for the closed services shown."""
    keys = [key for result in found.results if _needs_fallback(result.card) for key in result.card.fallback]
    return helplines_by_key([DANGER, *keys])


def _needs_fallback(card: ServiceCard) -> bool:
    return card.open.state != "open"


def result_views(found: Answer) -> tuple[ResultView, ...]:
    """The results alone, for a page that shows them among other things: one query at most."""
    lines = helplines_of(found)
    return tuple(result_view(result, lines) for result in found.results)


def result_view(result: Result, lines: dict[str, HelplineCard]) -> ResultView:
    card, place = result.card, result.place
    fallback = [lines[key] for key in card.fallback if key in lines] if _needs_fallback(card) else []
    point = place.point if place and place.point else None
    return ResultView(
        number=result.number,
        card=card,
        kind=kind_of(card),
        where=where_of(result),
        reason=result.competence.reason,
        phone=next(iter(card.phones), None),
        fallback=tuple(fallback[:1]),
        longitude=f"{point[0]:.5f}" if point else "",
        latitude=f"{point[1]:.5f}" if point else "",
        department=place.commune.department if place else "",
        is_approximate=bool(place and place.precision == "commune"),
    )


def kind_of(card: ServiceCard) -> str:
    """ "Cellule de recueil des informations préoccupantes, CRIP"."""
    return ", ".join(part for part in (card.type.name, card.type.acronym) if part)


def where_of(result: Result) -> str:
    """ "Embrun, 1,2 km"; the commune alone without a distance; empty when no place is shown."""
    place = result.place
    if place is None:
        return ""
    if result.distance_km is None:
        return place.commune.name
    return f"{place.commune.name}, {distance_text(result.distance_km)}"


def distance_text(km: float) -> str:
    if km < 1:
        return _("moins de 1 km")
    return _("%(km)s km") % {"km": kilometres(km)}


def step_views(steps: Iterable[StepTaken], lines: dict[str, HelplineCard]) -> Iterator[StepView]:
    """A service that two doors lead to is a card once: the second door names it (`already`)."""
    shown: set[int] = set()
    for step in steps:
        views = [result_view(result, lines) for result in step.results]
        yield StepView(
            order=step.order,
            label=step.label,
            reason=step.reason,
            prepare=step.prepare,
            results=tuple(view for view in views if view.card.pk not in shown),
            already=tuple(view for view in views if view.card.pk in shown),
            fallback=step.fallback if not views else (),
        )
        shown.update(view.card.pk for view in views)
