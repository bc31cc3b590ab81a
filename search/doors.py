"""The doors of a situation: what the rules, which are data (DoorRule), say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.folding import fold
from directory.models import ActorType, DoorRule
from directory.visibility import Kind, Viewer
from search.held import Held, stamp_of
from search.pinned import VULNERABLE, Situation, standing_in
from search.question import Question

MOST_STEPS = 6


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
    def is_only_if_it_answers(self) -> bool:
        """A day centre « if open » (domain.md R17), who speaks a language: no number stands for them."""
        return self.when == "open" or self.in_their_language


@dataclass(frozen=True)
class Guidance:
    """What the rules say of a situation. `never_types`, `never_perpetrators`: what must not appear at all."""

    doors: tuple[Door, ...] = ()
    never_types: tuple[str, ...] = ()
    never_perpetrators: bool = False


_TRAINING = "formation-pros"
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
        doors=() if _TRAINING in situation.provisions else tuple(_doors(rules, viewer, situation)),
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


def _doors(rules: Iterable[DoorRule], viewer: Viewer, situation: Situation) -> Iterable[Door]:
    """In the order of the rules; the same types are not sent to twice."""
    seen: set[tuple[str | bool, ...]] = set()
    count = 0
    for rule in rules:
        for row in rule.steps:
            door = _door(rule, row, situation)
            key = (*door.types, *door.publics, door.in_their_language) if door.types else (door.label,)
            reserved = row.get("for") == "professionnel" and viewer.kind < Kind.PROFESSIONAL
            if key in seen or reserved or count == MOST_STEPS:
                continue
            seen.add(key)
            count += 1
            yield door


def _door(rule: DoorRule, row: Mapping[str, Any], situation: Situation) -> Door:
    return Door(
        rule=rule.key,
        label=row.get("label", rule.label),
        types=tuple(row.get("types", ())),
        limit=int(row.get("limit", 2)),
        fallback=standing_in(row.get("fallback", ()), situation),
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
