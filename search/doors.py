"""The ordered doors of a situation: rules that are data (DoorRule), resolved to the services of a commune."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from directory import taxonomy
from directory.folding import fold
from directory.hours import zone_of
from directory.models import ActorType, DoorRule
from directory.visibility import Kind, Viewer
from search.backends.base import Backend, Hit, Territory
from search.held import Held, stamp_of
from search.pinned import VULNERABLE, Situation
from search.question import Question

MOST_STEPS = 6
_MOST_NAMED = 3
# Whichever was named, the one whose zone holds the commune answers (domain.md R7).
_UNITS = ("commissariat", "brigade-gendarmerie")


@dataclass(frozen=True)
class Source:
    """Where a rule comes from. `dated`: as written, "2026-11"; `checked_on`: by a person, None until then."""

    text: str = ""
    dated: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class Door:
    """A step before it is resolved: what to do, which types answer, what to prepare. `reason` speaks of the
    kind of door: who is competent is each service's to say (`directory.competence`)."""

    rule: str
    label: str
    types: tuple[str, ...]
    limit: int
    fallback: tuple[str, ...]
    prepare: tuple[str, ...]
    reason: str
    when: str
    publics: tuple[str, ...] = ()  # only services that say they receive these (domain.md R19)
    in_their_language: bool = False  # only services that speak it (R19)
    sheets: tuple[str, ...] = ()  # the measures that it leads to: R3 → signalement, R15 → PSP
    source: Source = Source()

    @property
    def is_of_a_constraint(self) -> bool:
        """A language, signs, an animal: others, open, do not receive the person (R19)."""
        return bool(self.publics) or self.in_their_language


@dataclass(frozen=True)
class Guidance:
    """What the rules say of a situation. `never_types`, `never_perpetrators`: what must not appear at all."""

    doors: tuple[Door, ...] = ()
    never_types: tuple[str, ...] = ()
    never_perpetrators: bool = False


@dataclass(frozen=True)
class Step:
    """`hits`: the services of this door for the commune, those open then first."""

    door: Door
    hits: tuple[Hit, ...] = ()


_TRAINING = "formation-pros"
_SATURDAY, _OPENS, _CLOSES = 5, 8, 19
_STEERING = frozenset({"clav", "clspd", "cdpd", "dddfe", "cddf"})
_TOLD_BY_SOMEBODY = "agressee battue frappee harcelee m ma me mon viole violee"
_OF_SOMEBODY = frozenset(_TOLD_BY_SOMEBODY.split())
# Watched by exploiters: a house for children is nobody's answer unless it is asked for (domain.md §2, C12).
_ONLY_BY_NAME = ("mecs",)


RULES = Held(stamp_of(DoorRule), lambda: tuple(DoorRule.objects.filter(is_open=True)))


def guidance_for(
    question: Question, viewer: Viewer, types: Sequence[ActorType], rules: Sequence[DoorRule]
) -> Guidance:
    """By the `rules` in use. Nothing when nothing was understood; no door for a team that asks for training:
    what it speaks of is nobody's situation."""
    situation = Situation.of(question)
    if not _says_something(situation):
        return Guidance(never_types=_ONLY_BY_NAME if question.words else ())
    rules = [rule for rule in rules if applies(rule.when, situation)]
    if situation.types & _STEERING and not (situation.dangers or _is_of_somebody(question, situation)):
        # A council on violences is nobody's violence (domain.md R22).
        rules = [rule for rule in rules if not _STEERING.isdisjoint(rule.when.get("types", ()))]
    return Guidance(
        doors=() if _TRAINING in situation.provisions else tuple(_doors(rules, viewer)),
        never_types=tuple(sorted(_never_types(rules, types))),
        never_perpetrators=any(rule.never.get("perpetrators") for rule in rules),
    )


def _is_of_somebody(question: Question, situation: Situation) -> bool:
    """« mon mari me frappe, la déléguée m’a conseillée »: a council is named, and somebody suffers."""
    return situation.is_minor or not _OF_SOMEBODY.isdisjoint(fold(question.words).split())


def _says_something(situation: Situation) -> bool:
    return bool(
        situation.violences
        or situation.provisions
        or situation.types
        or situation.dangers
        or situation.contents
        or situation.publics
        or situation.is_not_understood
    )


# --- Conditions ------------------------------------------------------------------------------------------


def applies(when: Mapping[str, Any], situation: Situation) -> bool:
    """All the conditions given hold; of a list, any value is enough. An unknown condition never holds."""
    facts: dict[str, bool] = {
        "danger": bool(situation.dangers),
        "minor": situation.is_minor,
        "adult": situation.is_adult,
        "perpetrator": situation.is_perpetrator,
        "shelter": situation.seeks_shelter,
        "another_language": bool(situation.languages - {"lsf"}),  # signs have a rule of their own
        "not_understood": situation.is_not_understood,
        "vulnerable": bool(situation.publics & VULNERABLE or "maltraitance-majeurs" in situation.violences),
    }
    lists: dict[str, frozenset[str]] = {
        "violences": situation.violences,
        "types": situation.types,
        "besoins": situation.provisions,
        "contents": situation.contents,
        "publics": situation.publics,
    }
    return all(_holds(name, value, facts, lists) for name, value in when.items())


def _holds(name: str, value: Any, facts: Mapping[str, bool], lists: Mapping[str, frozenset[str]]) -> bool:
    if name in facts:
        return facts[name] == bool(value)
    return name in lists and not lists[name].isdisjoint(value)


# --- What the rules say ----------------------------------------------------------------------------------


def _doors(rules: Iterable[DoorRule], viewer: Viewer) -> Iterable[Door]:
    """In the order of the rules; the same types are not sent to twice."""
    seen: set[tuple[str | bool, ...]] = set()
    count = 0
    for rule in rules:
        for row in rule.steps:
            door = _door(rule, row)
            key = (*door.types, *door.publics, door.in_their_language) if door.types else (door.label,)
            reserved = row.get("for") == "professionnel" and viewer.kind < Kind.PROFESSIONAL
            if key in seen or reserved or count == MOST_STEPS:
                continue
            seen.add(key)
            count += 1
            yield door


def _door(rule: DoorRule, row: Mapping[str, Any]) -> Door:
    return Door(
        rule=rule.key,
        label=row.get("label", rule.label),
        types=tuple(row.get("types", ())),
        limit=int(row.get("limit", 2)),
        fallback=tuple(row.get("fallback", ())),
        prepare=tuple(row.get("prepare", ())),
        reason=row.get("reason", ""),
        when=row.get("when", ""),
        publics=tuple(row.get("publics", ())),
        in_their_language=bool(row.get("in_their_language")),
        sheets=tuple(row.get("sheets", ())),
        source=Source(rule.source, rule.source_date, rule.checked_on),
    )


def _never_types(rules: Iterable[DoorRule], types: Sequence[ActorType]) -> set[str]:
    never = set(_ONLY_BY_NAME)
    for rule in rules:
        never.update(rule.never.get("types", ()))
        if rule.never.get("victims"):
            never.update(one.slug for one in types if one.family in ("ecoute", "hebergement"))
    return never


# --- Resolved for a commune ------------------------------------------------------------------------------


def doors_at(
    doors: Sequence[Door],
    named: Sequence[Door],
    question: Question,
    territory: Territory | None,
    backend: Backend,
    viewer: Viewer,
    at: datetime,
) -> tuple[list[Step], list[Step]]:
    """Both with their services, none when no place is known. Closed `doors` do not lead: those open at `at`,
    and numbers, come before; but the few that receive the person do, on a working day, while they may be
    written to. The engine is asked once."""
    sought = [door for door in (*doors, *named) if door.types] if territory else []
    if not sought:
        return [Step(door) for door in doors], [Step(door) for door in named]
    found = backend.leading([_at_the_door(question, door) for door in sought], territory, viewer, at)
    hits = dict(zip(sought, found.hits, strict=True))
    opened = [_open_first(Step(door, hits.get(door, ())), found.open_then) for door in doors]
    kept = [step for step in opened if step.hits or not step.door.in_their_language]
    is_by_day = _is_working_time(at, territory.department if territory else "")
    in_order = sorted(
        kept,
        key=lambda step: _is_shut(step, found.open_then) and not (is_by_day and step.door.is_of_a_constraint),
    )
    return in_order, [Step(door, hits.get(door, ())) for door in named]


def _open_first(step: Step, open_then: Collection[int]) -> Step:
    return Step(step.door, tuple(sorted(step.hits, key=lambda hit: hit.service not in open_then)))


def _is_working_time(at: datetime, department: str) -> bool:
    local = at.astimezone(zone_of(department))
    return local.weekday() < _SATURDAY and _OPENS <= local.hour < _CLOSES


def _is_shut(step: Step, open_then: Collection[int]) -> bool:
    return bool(step.hits) and not any(hit.service in open_then for hit in step.hits)


def led_by(
    steps: Iterable[Step], named: Iterable[Step], guidance: Guidance, told: Guidance, question: Question
) -> Question:
    """The question as the engine gets it: its doors first, what must not appear left out. `told`: what the
    words alone say. The doors of a filter lead too, and find nothing by themselves: all that passes a filter
    is found, as many as its count says."""
    steps, named = list(steps), list(named)
    leading = [*named, *steps] if "danger-immediat" not in question.said("danger") else [*steps, *named]
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
