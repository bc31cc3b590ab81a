"""The doors of a situation resolved to the services of a commune, in the order of what answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from directory import taxonomy
from directory.hours import is_public_holiday, zone_of
from directory.models import ActorType
from search.backends.base import Hit, Leading, Territory
from search.doors import Door, Guidance
from search.leaving import BOUND_TO_RESIDENCE
from search.pinned import SAVING
from search.question import Question

_MOST_NAMED = 3
# Whichever was named, the one whose zone holds the commune answers (domain.md R7).
_UNITS = ("commissariat", "brigade-gendarmerie")
_SATURDAY, _OPENS, _CLOSES = 5, 8, 18


@dataclass(frozen=True)
class Step:
    """`hits`: the services of this door for the commune, those open then first."""

    door: Door
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Sought:
    """The `doors` of a situation, and of what was `named`, before an engine says who stands there."""

    doors: tuple[Door, ...]
    named: tuple[Door, ...]
    question: Question
    territory: Territory | None
    at: datetime
    home: str = ""

    @cached_property
    def near(self) -> Territory | None:
        """Where the doors are: around the place said, else in the reader's own department (one query)."""
        return self.territory or (Territory.of_department(self.home) if self.home else None)

    @cached_property
    def _asked(self) -> tuple[Door, ...]:
        return tuple(one for one in (*self.doors, *self.named) if _is_sought(one, self.near))

    @property
    def questions(self) -> list[Question]:
        """One for each door where services are looked for; none when no place is known."""
        return [_at_the_door(self.question, one) for one in self._asked]

    def steps(self, leading: Leading) -> tuple[list[Step], list[Step]]:
        """Both with the services that answered the `questions`; the doors in the order of what answers."""
        if not self._asked:
            return [Step(door) for door in self.doors], [Step(door) for door in self.named]
        # Before an engine answered, nobody is known.
        hits = dict(zip(self._asked, leading.hits, strict=True)) if leading.hits else {}
        opened = [_open_first(Step(door, hits.get(door, ())), leading.open_then) for door in self.doors]
        kept = [step for step in opened if step.hits or not step.door.is_only_if_it_answers]
        steps = [Step(door, hits.get(door, ())) for door in self.named]
        department = self.near.department if self.near else ""
        is_working_time = _is_working_time(self.at, department)
        return _in_order(kept, steps, self.question, leading.open_then, is_working_time), steps


def _is_sought(door: Door, territory: Territory | None) -> bool:
    """Of those who leave, who answers for residents is not sought elsewhere (domain.md R2), nor the unit of
    the commune, which its doors name: their numbers answer."""
    if territory is None or not door.types:
        return False
    return not (territory.away and BOUND_TO_RESIDENCE.union(_UNITS).issuperset(door.types))


def _open_first(step: Step, open_then: Collection[int]) -> Step:
    return Step(step.door, tuple(sorted(step.hits, key=lambda hit: hit.service not in open_then)))


def _is_working_time(at: datetime, department: str) -> bool:
    local = at.astimezone(zone_of(department))
    if local.weekday() >= _SATURDAY or is_public_holiday(local.date(), department):
        return False
    return _OPENS <= local.hour < _CLOSES


def _in_order(
    steps: Sequence[Step],
    named: Sequence[Step],
    question: Question,
    open_then: Collection[int],
    is_working_time: bool,
) -> list[Step]:
    """What was named leads, unless there is danger. A door where nobody answers does not lead, but for the
    number that saves in its place; nor one that is closed, at night, on Sunday or in danger: on a working day
    it may be written to, and opens again."""
    is_danger = "danger-immediat" in question.said("danger")
    answering = [] if is_danger else [one for one in named if one.hits]
    may_be_written_to = is_working_time and not is_danger

    def rank(step: Step) -> tuple[int, bool]:
        asked = (place for place, one in enumerate(answering) if _leads_to(step, one))
        return next(asked, len(answering)), _does_not_lead(step, open_then, may_be_written_to)

    found = [_named_first(step, answering) for step in steps]
    beside = [one for one in answering if steps and not any(_leads_to(step, one) for step in steps)]
    return sorted([*beside, *found], key=rank)


def _leads_to(step: Step, named: Step) -> bool:
    return not set(named.door.types).isdisjoint(step.door.types)


def _named_first(step: Step, named: Iterable[Step]) -> Step:
    """Of a door that several types open, the one that was named."""
    hits = {hit.service: hit for one in named if _leads_to(step, one) for hit in one.hits}
    return Step(step.door, (*hits.values(), *(hit for hit in step.hits if hit.service not in hits)))


def _does_not_lead(step: Step, open_then: Collection[int], may_be_written_to: bool) -> bool:
    if not step.hits:
        return bool(step.door.types) and SAVING.isdisjoint(step.door.fallback)
    return not may_be_written_to and not any(hit.service in open_then for hit in step.hits)


def led_by(
    steps: Iterable[Step], named: Iterable[Step], guidance: Guidance, told: Guidance, question: Question
) -> Question:
    """The question as the engine gets it: its doors first, what must not appear left out. `told`: what the
    words alone say. The doors of a filter lead too, and find nothing by themselves: all that passes a filter
    is found, as many as its count says."""
    steps, named = list(steps), list(named)
    leading = [*steps, *named]
    finding = [one.door for one in leading if one in named or one.door in told.doors] + list(told.doors)
    # A violence or a need that is chosen is a situation; an age is none.
    held_back = guidance if question.violences or question.provisions else told
    return replace(
        question,
        never_types=held_back.never_types,
        never_perpetrators=held_back.never_perpetrators,
        door_types=tuple(dict.fromkeys(slug for door in finding for slug in door.types)),
        first=tuple(dict.fromkeys(hit.service for step in leading for hit in step.hits)),
    )


def _at_the_door(question: Question, door: Door) -> Question:
    return question.change(
        types=door.types, terms=(), limit=door.limit, when="", sort="pertinence", radius=None,
        publics=(*_persons(question), *door.publics), violences=(), provisions=(),
        languages=question.other_languages if door.in_their_language else (),
        never_types=(), never_perpetrators=False,
        concepts=tuple(one for one in question.concepts if one.kind in ("public", "langue")),
    )  # fmt: skip


def _persons(question: Question) -> tuple[str, ...]:
    """Who is received: a door that excludes the age or the gender said is no door (domain.md R19). Of a
    couple's violence that says neither, 3919 is pinned: a place for men alone is not a door either."""
    said = question.said("public")
    known = tuple(slug for slug in said if taxonomy.public_facet(slug) in ("age", "gender"))
    is_gender_said = any(taxonomy.public_facet(slug) == "gender" for slug in known)
    if is_gender_said or "conjugales" not in question.said("violence") or "auteur" in said:
        return known
    return (*known, "femmes")


def named_doors(
    question: Question, types: Sequence[ActorType], ruled: Iterable[Door] = ()
) -> tuple[Door, ...]:
    """A structure that was named leads, before the doors of its situation (§4: exact sigle first).
    Of several, in the order of the `ruled` doors: « BAV » is the tribunal's, then the police's."""
    said = question.said("type")
    order = [slug for door in ruled for slug in door.types]
    named = sorted(
        (one for one in types if one.kind == "structure" and one.slug in said),
        key=lambda one: order.index(one.slug) if one.slug in order else len(order),
    )
    doors = {_in_its_place(one.slug): one.short_name for one in reversed(named)}
    return tuple(Door("", doors[slugs], slugs, 2, (), (), "", "") for slugs in reversed(doors))[:_MOST_NAMED]


def _in_its_place(slug: str) -> tuple[str, ...]:
    return _UNITS if slug in _UNITS else (slug,)
