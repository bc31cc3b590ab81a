"""Documents of an index of any size, without the directory behind: what engines hold, from one seed."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from directory import taxonomy
from directory.folding import fold
from directory.hours import Schedule, calendar_of
from directory.models import ActorType, Area, Commune
from search.documents import Document, Hours, hours_of
from search.words import content_words, root
from tests.bench.corpus import HOURS, SEED, TOPICS, made_up_word

TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class _Draws:
    types: Sequence[ActorType]
    communes: Sequence[Commune]
    weights: Sequence[int]
    hours: Sequence[Hours]
    codes: Mapping[tuple[str, str], str]  # kind and code of an area → its coverage code


def documents(entries: int, seed: int = SEED) -> Iterator[Document]:
    """Real communes by their population, every type; as `tests.bench.corpus` draws services."""
    chance = random.Random(seed)
    communes = list(Commune.objects.filter(population__gt=0, town_hall__isnull=False).order_by("insee"))
    draws = _Draws(
        types=list(ActorType.objects.filter(kind="structure").order_by("slug")),
        communes=communes,
        weights=list(accumulate(commune.population for commune in communes)),
        hours=[_hours(osm) for osm in HOURS],
        codes={
            **{(area.kind, area.code): f"area:{area.pk}" for area in Area.objects.all()},
            **{("commune", one.insee): f"commune:{one.insee}" for one in communes},
        },
    )
    for number in range(1, entries + 1):
        yield _document(chance, draws, number)


def departments() -> list[str]:
    return sorted(set(Commune.objects.values_list("department", flat=True)))


def _hours(osm: str) -> Hours:
    return hours_of([Schedule(osm, False)] if osm else [])


def _document(chance: random.Random, draws: _Draws, number: int) -> Document:
    seat = chance.choices(draws.communes, cum_weights=draws.weights)[0]
    kind = chance.choice(draws.types)
    name = f"{kind.short_name} {seat.name} {made_up_word(chance)}"
    publics = _publics(chance)
    return Document(
        service=number,
        organisation=number,
        audience=chance.choices(("public", "professionnels", "equipe"), (85, 12, 3))[0],
        department=seat.department,
        sort_name=fold(name)[:200],
        types=(kind.slug,),
        coverage=_coverage(chance, draws, seat),
        points=_points(chance, draws, kind, seat),
        publics=publics,
        focus=publics[:1],
        violences=_some(chance, taxonomy.VIOLENCES.slugs, chance.randrange(6)),
        provisions=_some(chance, taxonomy.PROVISIONS.slugs, chance.randrange(1, 6)),
        languages=("fr",),
        hours=chance.choice(draws.hours),
        clock=calendar_of(seat.department),
        closure=(date.min, date.max) if chance.random() < 0.03 else None,
        for_victims=kind.for_victims,
        called=() if kind.for_victims else tuple(sorted({root(word) for word in content_words(name)})),
        verified_on=TODAY - timedelta(days=chance.randrange(700)) if chance.random() < 0.9 else None,
        type_text=kind.name,
        fields=_fields(chance, kind, seat, name),
    )


def _some(chance: random.Random, slugs: Sequence[str], count: int) -> tuple[str, ...]:
    return tuple(sorted(chance.sample(slugs, count)))


def _publics(chance: random.Random) -> tuple[str, ...]:
    ages = chance.choice([taxonomy.AGE_BANDS.slugs] * 4 + [["adulte", "senior"], ["enfant", "adolescent"]])
    genders = chance.choices((taxonomy.GENDERS.slugs, ["femmes"]), (72, 28))[0]
    situations = chance.sample(taxonomy.SITUATIONS.slugs, chance.randrange(3))
    return tuple(sorted({*ages, *genders, "victime", "professionnel", *situations}))


def _coverage(chance: random.Random, draws: _Draws, seat: Commune) -> tuple[str, ...]:
    """Half cover their department, a quarter their EPCI, some their commune, a tenth nothing."""
    kind = chance.choices(("department", "epci", "commune", "none"), (50, 25, 15, 10))[0]
    code = {"department": seat.department, "epci": seat.epci, "commune": seat.insee}.get(kind, "")
    return (draws.codes[kind, code],) if (kind, code) in draws.codes else ()


def _points(
    chance: random.Random, draws: _Draws, kind: ActorType, seat: Commune
) -> tuple[tuple[float, float], ...]:
    if kind.address in ("jamais", "aucune"):
        return ()
    found = []
    for number in range(chance.choice((1, 1, 1, 2, 4))):
        commune = seat if number == 0 else chance.choices(draws.communes, cum_weights=draws.weights)[0]
        town_hall = commune.town_hall
        found.append((town_hall.x + chance.uniform(-0.01, 0.01), town_hall.y + chance.uniform(-0.01, 0.01)))
    return tuple(sorted(found))


def _fields(chance: random.Random, kind: ActorType, seat: Commune, name: str) -> tuple[tuple[str, str], ...]:
    topics = chance.sample(TOPICS, 4)
    return (
        ("A", f"{kind.acronym} · {kind.name}"),
        ("A", name),
        ("B", f"Association {made_up_word(chance)} (exemple)"),
        ("B", seat.name),
        ("C", f"Propose : {topics[0]}, {topics[1]}."),
        ("D", f"{made_up_word(chance)} reçoit pour {topics[2]}. " * 3 + f"Aussi : {topics[3]}."),
    )
