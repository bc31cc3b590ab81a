"""An answer against what is required of it; and what many of them are worth together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.relevance.matching import Fact, matches
from tests.relevance.questions import Requirement

FIRST, ALL_AMONG, LOOKED_AT = 3, 5, 20
_SHEET = "sheet:"


@dataclass(frozen=True)
class Seen:
    """What an engine answered: the services in order, the rest as slugs and keys. `exposed`: services whose
    place is never shown (domain.md C4) and that came with a point, a commune or a distance all the same."""

    services: tuple[int, ...] = ()
    pins: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()


Engine = Callable[[Requirement], Seen]


@dataclass(frozen=True)
class Verdict:
    """`rank`: of the first service required, 0 when it is not among the first twenty, None when none is.
    `violations`: what must never appear and does, in words."""

    requirement: Requirement
    top: tuple[str, ...]
    rank: int | None
    found: bool
    pins: tuple[str, ...]
    missing_pins: tuple[str, ...]
    wrong_pins: tuple[str, ...]
    missing_pages: tuple[str, ...]
    violations: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        wrong = self.missing_pins or self.wrong_pins or self.missing_pages or self.violations
        return self.found and not wrong


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1; `violations`: how many questions have one."""

    questions: int
    success_at_1: float
    success_at_3: float
    mrr: float
    pins: float
    pages: float
    violations: int


def judge(requirement: Requirement, seen: Seen, facts: Mapping[int, Fact]) -> Verdict:
    services = [facts[pk] for pk in seen.services[:LOOKED_AT]]
    pages = {*seen.sheets, *seen.guides}
    return Verdict(
        requirement=requirement,
        top=tuple(f"{fact.label} [{fact.type}]" for fact in services[:ALL_AMONG]),
        rank=_rank(requirement, services),
        found=_found(requirement, services),
        pins=seen.pins,
        missing_pins=tuple(key for key in requirement.pins if key not in seen.pins),
        wrong_pins=tuple(key for key in requirement.not_pins if key in seen.pins),
        missing_pages=tuple(one for one in requirement.sheets + requirement.guides if one not in pages),
        violations=tuple(_violations(requirement, services, seen)),
    )


def _rank(requirement: Requirement, services: Sequence[Fact]) -> int | None:
    if not requirement.first_three:
        return None
    ranks = (
        rank
        for rank, fact in enumerate(services, start=1)
        if any(matches(one, fact) for one in requirement.first_three)
    )
    return next(ranks, 0)


def _found(requirement: Requirement, services: Sequence[Fact]) -> bool:
    """One of the first three is required; or each of them among the first five (`must_all`)."""
    if not requirement.first_three:
        return True
    if requirement.must_all:
        among = services[:ALL_AMONG]
        return all(any(matches(one, fact) for fact in among) for one in requirement.first_three)
    among = services[:FIRST]
    return any(matches(one, fact) for one in requirement.first_three for fact in among)


def _violations(requirement: Requirement, services: Sequence[Fact], seen: Seen) -> Iterable[str]:
    for matcher in requirement.never:
        if matcher.startswith(_SHEET):
            if matcher.removeprefix(_SHEET) in seen.sheets:
                yield f"never {matcher}"
            continue
        for fact in services:
            if matches(matcher, fact):
                yield f"never {matcher}: {fact.label}"
    for matcher in requirement.not_first:
        if services and matches(matcher, services[0]):
            yield f"not first {matcher}: {services[0].label}"
    for label in seen.exposed:
        yield f"a place that is never shown: {label}"


def score(verdicts: Sequence[Verdict]) -> Score:
    ranked = [one for one in verdicts if one.rank is not None]
    pinned = [one for one in verdicts if one.requirement.pins or one.requirement.not_pins]
    paged = [one for one in verdicts if one.requirement.sheets or one.requirement.guides]
    return Score(
        questions=len(verdicts),
        success_at_1=_share(one.rank == 1 for one in ranked),
        success_at_3=_share(one.found for one in ranked),
        mrr=_share(1 / one.rank if one.rank else 0.0 for one in ranked),
        pins=_share(not (one.missing_pins or one.wrong_pins) for one in pinned),
        pages=_share(not one.missing_pages for one in paged),
        violations=sum(bool(one.violations) for one in verdicts),
    )


def _share(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0
