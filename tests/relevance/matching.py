"""What is true of each service, read from the directory itself and never from the index, and the matchers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from directory.folding import fold
from directory.models import Area, Service

KINDS = frozenset(
    {
        "type",
        "name",
        "covers",
        "gender",
        "excludes",
        "situation",
        "language",
        "provision",
        "violence",
        "sheet",
    }
)


@dataclass(frozen=True)
class Fact:
    """A service. `ground`: the communes that it covers, of those that the questions name."""

    pk: int
    type: str
    department: str
    name: str
    label: str
    gender: str
    age_min: int | None
    age_max: int | None
    situations: frozenset[str]
    languages: frozenset[str]
    provisions: frozenset[str]
    violences: frozenset[str]
    ground: frozenset[str] = field(default_factory=frozenset)

    def has_not(self, age: int) -> bool:
        return age < (self.age_min or 0) or age > (150 if self.age_max is None else self.age_max)


def facts(matchers: Iterable[str]) -> dict[int, Fact]:
    """Every service by its key: a handful of queries."""
    grounds = _grounds(_communes_of(matchers))
    services = Service.objects.select_related("type", "organisation").prefetch_related(
        "coverage_areas", "coverage_communes"
    )
    return {service.pk: _fact(service, grounds) for service in services}


def _communes_of(matchers: Iterable[str]) -> set[str]:
    parts = (part.removeprefix("!") for matcher in matchers for part in matcher.split("+"))
    return {part.removeprefix("covers:") for part in parts if part.startswith("covers:")}


def _grounds(communes: set[str]) -> dict[str, set[int]]:
    """Each commune with the areas that hold it."""
    held = Area.communes.through.objects.filter(commune_id__in=communes)
    grounds: dict[str, set[int]] = {code: set() for code in communes}
    for commune, area in held.values_list("commune_id", "area_id"):
        grounds[commune].add(area)
    return grounds


def _fact(service: Service, grounds: Mapping[str, set[int]]) -> Fact:
    areas = {area.pk for area in service.coverage_areas.all()}
    own = {commune.pk for commune in service.coverage_communes.all()}
    return Fact(
        pk=service.pk,
        type=service.type.slug,
        department=service.department,
        name=fold(f"{service.name} {service.organisation.name}"),
        label=service.name,
        gender=service.gender,
        age_min=service.age_min,
        age_max=service.age_max,
        situations=frozenset(service.situations),
        languages=frozenset(service.languages),
        provisions=frozenset(service.provisions),
        violences=frozenset(service.violences),
        ground=frozenset(
            code for code, held in grounds.items() if service.is_national or code in own or held & areas
        ),
    )


# --- Matchers -----------------------------------------------------------------------------------------------


def matches(matcher: str, fact: Fact) -> bool:
    """Parts joined by "+" must all hold; a part that starts with "!" must not."""
    return all(
        not _holds(part[1:], fact) if part.startswith("!") else _holds(part, fact)
        for part in matcher.split("+")
    )


def _holds(part: str, fact: Fact) -> bool:
    kind, _colon, value = part.partition(":")
    if kind not in KINDS:
        raise ValueError(f"« {part} » is no matcher")
    if kind == "type":
        slug, _at, department = value.partition("@")
        return fact.type == slug and department in ("", fact.department)
    if kind == "name":
        return fold(value) in fact.name
    if kind == "excludes":
        return fact.has_not(int(value))
    if kind == "gender":
        return fact.gender == value
    return value in _lists(fact).get(kind, frozenset())


def _lists(fact: Fact) -> dict[str, frozenset[str]]:
    return {
        "covers": fact.ground,
        "situation": fact.situations,
        "language": fact.languages,
        "provision": fact.provisions,
        "violence": fact.violences,
    }
