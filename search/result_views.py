"""Services found, and the doors that lead to them, as the cards of a page: finished values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils.translation import gettext as _

from directory import taxonomy
from directory.cards import ContactCard, ServiceCard
from directory.competence import kilometres
from directory.helplines import HelplineCard, helplines_by_key
from directory.wording import public_of, referrers_of
from search.answer import Answer, Result, StepTaken
from search.doors import Source
from search.pinned import Situation, instead
from search.question import Question

DANGER = "17"
_MOST_PINNED = 4
_ANYBODY = frozenset({"victime", "proche", "professionnel"})


@dataclass(frozen=True)
class Numbers:
    """Numbers of the page under what they are for. `key`: the anchor of the title."""

    key: str
    title: str
    lines: tuple[HelplineCard, ...]


@dataclass(frozen=True)
class ResultView:
    """One card of the list. `longitude` and `latitude` are "" when nothing of it is on the map. `limits`: why
    whoever asks may not simply go there."""

    number: int
    card: ServiceCard
    kind: str
    where: str
    reason: str
    limits: tuple[str, ...]
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
    a door before. `fallback`: the numbers, when nobody here has one, nor a card of this door gives it."""

    order: int
    label: str
    reason: str
    to_choose: str
    prepare: tuple[str, ...]
    results: tuple[ResultView, ...]
    already: tuple[ResultView, ...]
    fallback: tuple[HelplineCard, ...]
    source: Source

    @property
    def letter(self) -> str:
        """Doors have letters: the numbers are those of the services, in the list and on the map."""
        return ascii_uppercase[self.order - 1]


def helplines_of(found: Answer) -> dict[str, HelplineCard]:
    """The number of danger, and those that stand in for the closed services shown: by the key that a service
    gives, the line that is this person's."""
    keys = [key for result in found.results if _needs_fallback(result.card) for key in result.card.fallback]
    situation = Situation.of(found.understood)
    own = {key: instead(key, situation) for key in (DANGER, *keys)}
    lines = helplines_by_key(own.values())
    return {key: lines[one] for key, one in own.items() if one in lines}


def _needs_fallback(card: ServiceCard) -> bool:
    """Nobody answers there now, or no number of its own is published."""
    return card.open.state != "open" or not card.phones


def strip_of(found: Answer, lines: dict[str, HelplineCard]) -> Iterator[Numbers]:
    """The pinned numbers, after the one of danger, which is always there; apart, those that do not answer at
    once to a danger."""
    pinned = [line for line in found.helplines if line.key != DANGER]
    danger = [lines[DANGER]] if DANGER in lines else []
    shown = [*danger, *pinned][:_MOST_PINNED]
    saving = tuple(line for line in shown if line.is_emergency)
    advising = tuple(line for line in shown if not line.is_emergency)
    if saving:
        yield Numbers("danger", _("Si la personne est en danger maintenant"), saving)
    if advising:
        yield Numbers("conseil", _("Écoute et conseil"), advising)


def result_views(found: Answer) -> tuple[ResultView, ...]:
    """The results alone, for a page that shows them among other things: one query at most."""
    lines = helplines_of(found)
    return tuple(result_view(result, lines, found.understood) for result in found.results)


def result_view(result: Result, lines: dict[str, HelplineCard], question: Question) -> ResultView:
    card, place = result.card, result.place
    fallback = [lines[key] for key in card.fallback if key in lines] if _needs_fallback(card) else []
    point = place.point if place and place.point else None
    return ResultView(
        number=result.number,
        card=card,
        kind=kind_of(card),
        where=where_of(result),
        reason=result.competence.reason,
        limits=tuple(_limits(card, question)),
        phone=next(iter(card.phones), None),
        fallback=tuple(fallback[:1]),
        longitude=f"{point[0]:.5f}" if point else "",
        latitude=f"{point[1]:.5f}" if point else "",
        department=place.commune.department if place else "",
        is_approximate=bool(place and place.precision == "commune"),
    )


def _limits(card: ServiceCard, question: Question) -> Iterator[str]:
    """Who seizes it when the public and professionals may not (domain.md R10, R11); whom it receives when
    that is not the person (R19)."""
    if card.referrers and _ANYBODY.isdisjoint(card.referrers):
        yield _("Saisi par : %(who)s") % {"who": referrers_of(card)}
    if not (_receives_age(card, question.age) and _receives_gender(card, question)):
        yield _("Reçoit : %(public)s") % {"public": public_of(card)}


def _receives_age(card: ServiceCard, age: int | None) -> bool:
    return age is None or (card.age_min or 0) <= age <= (age if card.age_max is None else card.age_max)


def _receives_gender(card: ServiceCard, question: Question) -> bool:
    said = set(question.said("public")) & set(taxonomy.GENDERS.slugs)
    return card.gender not in ("femmes", "hommes") or not said or card.gender in said


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


def step_views(
    steps: Iterable[StepTaken], lines: dict[str, HelplineCard], question: Question
) -> Iterator[StepView]:
    """A service that two doors lead to is a card once: the second door names it (`already`)."""
    shown: set[int] = set()
    for step in steps:
        views = [result_view(result, lines, question) for result in step.results]
        new = tuple(view for view in views if view.card.pk not in shown)
        yield StepView(
            order=step.order,
            label=step.label,
            reason=step.reason,
            to_choose=step.to_choose,
            prepare=step.prepare,
            results=new,
            already=tuple(view for view in views if view.card.pk in shown),
            fallback=() if any(view.phone for view in views) else tuple(_not_on(new, step.fallback)),
            source=step.source,
        )
        shown.update(view.card.pk for view in views)


def _not_on(views: Iterable[ResultView], lines: Iterable[HelplineCard]) -> Iterator[HelplineCard]:
    """A number that a card of this door gives already is not said again under it."""
    given = {line.key for view in views for line in view.fallback}
    return (line for line in lines if line.key not in given)
