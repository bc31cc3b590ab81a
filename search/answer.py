"""question → answer: what the pages and the JSON show, as finished values.

The backend recalls ids; `visible_services` loads them and thereby decides again; `card_for`
projects. Pages to read come beside, from their sources (`search.readings`). Nothing here holds a model once
`answer` has returned.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from directory.cards import PlaceCard, ServiceCard, TypeRef, card_for, coordinates_of, type_ref
from directory.competence import Competence, Ground, commune_to_choose, competence_of
from directory.helplines import HelplineCard, helplines_by_key, with_reason
from directory.models import ActorType, Commune
from directory.visibility import Viewer, visible_services
from search.asking import Asking, asking_of
from search.backends import current_backend
from search.backends.base import Backend, Found, Hit, Leading, Led
from search.doors import Source
from search.facets import Facet, FacetValue, facets_of
from search.knowledge import Knowledge
from search.ladder import Ways, widened
from search.moments import Moment
from search.notices import home_first, nobody_there, not_done
from search.pinned import pinned_or_general
from search.question import Question
from search.readings import MOST_HITS, Chapter, Reading, readings_of
from search.sphere import kilometres
from search.steps import Step
from search.understanding import UnknownWord

__all__ = [
    "Answer",
    "Chapter",
    "Facet",
    "FacetValue",
    "PlaceTaken",
    "Reading",
    "Result",
    "Ways",
    "answer",
]

_LEADING = 3


@dataclass(frozen=True)
class Result:
    """One service found. `number` is its marker in list and map, from 1 over all the pages."""

    number: int
    card: ServiceCard
    competence: Competence
    distance_km: float | None
    place: PlaceCard | None  # the nearest one, or the first; None when nothing of it is shown
    score: float


@dataclass(frozen=True)
class StepTaken:
    """A door of the situation. `fallback`: the numbers, when nobody is known, open then, or can be called.
    `reason`: of the kind of door, as its rule says; `to_choose`: what depends on a commune not known yet;
    `source`: of the rule."""

    order: int
    label: str
    reason: str
    to_choose: str
    prepare: tuple[str, ...]
    types: tuple[str, ...]
    results: tuple[Result, ...]
    fallback: tuple[HelplineCard, ...]
    source: Source


@dataclass(frozen=True)
class PlaceTaken:
    insee: str
    name: str
    department: str
    department_name: str
    postal_codes: tuple[str, ...]
    note: str  # "" or what was chosen among several, in words


@dataclass(frozen=True)
class Answer:
    """`at`: when opening is judged, now or the start of the `moment` asked for. `choices` and the note of
    `place` are the caller's, who read the text. `ways`: what would give something when nothing was found.
    `readings`: of the first page only."""

    question: Question
    at: datetime
    engine: str
    place: PlaceTaken | None
    choices: tuple[PlaceTaken, ...]
    messages: tuple[str, ...]
    helplines: tuple[HelplineCard, ...]
    sheets: tuple[TypeRef, ...]
    results: tuple[Result, ...]
    total: int
    facets: tuple[Facet, ...]
    has_next: bool
    moment: Moment | None = None
    ways: Ways = Ways()
    readings: tuple[Reading, ...] = ()
    understood: Question = Question()
    said: str = ""
    unknown: tuple[UnknownWord, ...] = ()
    steps: tuple[StepTaken, ...] = ()


def answer(
    question: Question,
    viewer: Viewer,
    at: datetime | None = None,
    *,
    with_readings: bool = True,
    knowledge: Knowledge | None = None,
) -> Answer:
    """Who answers `question`, for `viewer`, seen from `at` (aware; now); what to read, unless told not to.

    Eleven queries whatever the size of the page: what is known, words, commune, index, five for the cards,
    pages, numbers; two for the doors of the situation, what the sources of pages take when some are
    found, one more when hours are judged one by one, four when nothing was found; five more when a CRIP leads
    and a later moment was said.
    """
    seen_from = at or timezone.now()
    knowledge = knowledge or Knowledge()
    backend = current_backend()
    asking = asking_of(question, viewer, seen_from, knowledge)
    understood, ground, judged = asking.understood, asking.ground, asking.judged
    about = understood.question if with_readings and question.page == 1 else None
    led = _led(asking, backend, viewer, seen_from, about)
    asked = asking.led(led.leading)
    doors, _named = asking.sought.steps(led.leading)
    found, ways, said = widened(led.found, backend, asked, asking.territory, viewer, seen_from)
    results = tuple(_results(question, found.hits, ground, viewer, judged))
    pins = pinned_or_general(
        understood.question,
        is_dead_end=not (found.total or doors),
        is_crip_shut=_is_crip_shut(results, viewer, seen_from, judged),
    )
    lines = helplines_by_key([*pins, *(key for one in doors for key in one.door.fallback)])
    return Answer(
        question=question,
        at=judged,
        engine=backend.name,
        place=place_taken(ground.commune) if ground else None,
        choices=(),
        messages=(
            *not_done(question, ground),
            *home_first(asking.sought.home if asked.first else ""),
            *said,
            *nobody_there(asking.territory, viewer, {one.card.department for one in results}),
        ),
        helplines=tuple(with_reason(lines[key], str(pins[key])) for key in pins if key in lines),
        sheets=(*understood.types, *_sheets_of(doors, understood.types, knowledge.types)),
        results=results,
        total=found.total,
        facets=facets_of(question, found.facets, knowledge.types),
        has_next=question.page * question.limit < found.total,
        moment=asking.moment,
        ways=ways,
        readings=readings_of(understood.question, led.pages, viewer),
        understood=understood.question,
        said=understood.moment.label if understood.moment else "",
        unknown=understood.unknown,
        steps=tuple(_steps(asking, doors, results, lines, knowledge.types)) if question.page == 1 else (),
    )


def _led(
    asking: Asking, backend: Backend, viewer: Viewer, seen_from: datetime, about: Question | None
) -> Led:
    doors = asking.doors
    if asking.is_number_alone:
        at_the_doors = (
            backend.leading(doors.sought, doors.near, viewer, doors.at) if doors.sought else Leading()
        )
        return Led(at_the_doors, Found(0, ()))
    return backend.find_led(doors, asking.territory, viewer, seen_from, about, MOST_HITS)


def _sheets_of(
    doors: Iterable[Step], named: Iterable[TypeRef], types: Iterable[ActorType]
) -> Iterator[TypeRef]:
    """The measures that the doors lead to, beside those that were named."""
    wanted = {slug for one in doors for slug in one.door.sheets} - {one.slug for one in named}
    return (type_ref(one) for one in types if one.slug in wanted)


def _is_crip_shut(results: Sequence[Result], viewer: Viewer, seen_from: datetime, judged: datetime) -> bool:
    """A CRIP leads, and nobody answers there at the moment asked for (R4), or already now: whoever writes
    « demain » at night has a child in danger tonight."""
    cells = [one.card for one in results[:_LEADING] if one.card.type.slug == "crip"]
    if not cells:
        return False
    shut = all(card.open.state == "closed" for card in cells)
    return shut or (judged > seen_from and _are_shut(cells, viewer, seen_from))


def _are_shut(cards: Iterable[ServiceCard], viewer: Viewer, at: datetime) -> bool:
    services = visible_services(viewer).for_cards().in_order_of([card.pk for card in cards])
    return all(card_for(service, viewer, at).open.state == "closed" for service in services)


def _steps(
    asking: Asking,
    doors: Sequence[Step],
    results: Sequence[Result],
    lines: Mapping[str, HelplineCard],
    types: Iterable[ActorType],
) -> Iterator[StepTaken]:
    """The doors with what the database let through; the number that stands in when nobody is open. What was
    named and has no rule is a door by its services alone."""
    by_pk = {one.card.pk: one for one in results}
    territories = {one.slug: one.territory for one in types}
    shown = [one for one in doors if one.door.rule or any(hit.service in by_pk for hit in one.hits)]
    for order, step in enumerate(shown, start=1):
        sought = {territories.get(slug, "") for slug in step.door.types}
        is_department_known = bool(asking.understood.question.department)
        to_choose = commune_to_choose(sought, bool(asking.ground), is_department_known)
        yield _step(order, step, to_choose, by_pk, lines)


def _step(
    order: int, step: Step, to_choose: str, results: Mapping[int, Result], lines: Mapping[str, HelplineCard]
) -> StepTaken:
    found = tuple(results[hit.service] for hit in step.hits if hit.service in results)
    is_answered = any(one.card.open.state == "open" and one.card.phones for one in found)
    fallback = tuple(lines[key] for key in step.door.fallback if key in lines)
    return StepTaken(
        order=order,
        label=step.door.label,
        reason=step.door.reason,
        to_choose=to_choose,
        prepare=step.door.prepare,
        types=step.door.types,
        results=found,
        fallback=() if is_answered else fallback,
        source=step.door.source,
    )


def place_taken(commune: Commune, note: str = "") -> PlaceTaken:
    return PlaceTaken(
        insee=commune.insee,
        name=commune.name,
        department=commune.department,
        department_name=commune.department_name,
        postal_codes=tuple(commune.postal_codes),
        note=note,
    )


# --- Results -----------------------------------------------------------------------------------------------


def _results(
    question: Question, hits: Sequence[Hit], ground: Ground | None, viewer: Viewer, at: datetime
) -> Iterable[Result]:
    """The hits that the database lets `viewer` see, as cards, in their order."""
    by_id = {hit.service: hit for hit in hits}
    numbers = {hit.service: number for number, hit in enumerate(hits, start=_offset(question) + 1)}
    for service in visible_services(viewer).for_cards().in_order_of(by_id):
        hit, card = by_id[service.pk], card_for(service, viewer, at)
        distance = None if hit.distance_km is None else round(hit.distance_km, 1)
        yield Result(
            number=numbers[service.pk],
            card=card,
            # Far from here, a service is there for its own territory, not for this commune.
            competence=competence_of(card, None if question.away else ground, distance),
            distance_km=distance,
            place=_nearest(card, ground),
            score=hit.score,
        )


def _offset(question: Question) -> int:
    return (question.page - 1) * question.limit


def _nearest(card: ServiceCard, ground: Ground | None) -> PlaceCard | None:
    """The place to go to: the nearest one whose point is known, else the first."""
    start = coordinates_of(ground.commune.point) if ground else None
    located = [place for place in card.places if place.point]
    if start is None or not located:
        return card.places[0] if card.places else None
    return min(located, key=lambda place: kilometres(start, place.point or start))
