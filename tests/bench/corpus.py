"""A reproducible directory of any size: real communes by their population, every type, from one seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.utils import timezone

from directory import taxonomy
from directory.models import ActorType, Area, Commune, Contact, Organisation, Place, Service
from directory.models.service import make_point

SEED = 20_26
BATCH = 2000
HOURS = (
    "",
    "24/7",
    "Mo-Fr 09:00-12:00,14:00-17:00",
    "Mo-Fr 08:30-17:30",
    "Tu,Th 09:00-12:00",
    "Mo-Fr 08:45-12:15",
    "Tu[2] 09:00-12:00",
    "Mo-Sa 10:00-18:00",
)
TOPICS = (
    "écoute et soutien psychologique",
    "information sur les droits et démarches juridiques",
    "accueil de jour sans rendez-vous",
    "accompagnement au dépôt de plainte",
    "mise à l’abri en urgence",
    "hébergement des femmes et de leurs enfants",
    "groupes de parole pour les mères",
    "protection des enfants témoins",
    "consultations médicales et certificats",
    "aide aux personnes âgées maltraitées",
    "interprètes en langue des signes",
    "suivi des auteurs de violences",
    "prévention dans les collèges et lycées",
    "permanences dans les mairies rurales",
    "soutien à la parentalité",
    "signalement des situations préoccupantes",
    "sortie de la prostitution",
    "violences en ligne et cyberharcèlement",
    "logement et relogement après la séparation",
)


@dataclass(frozen=True)
class Draws:
    """What services are drawn from."""

    types: Sequence[ActorType]
    communes: Sequence[Commune]
    weights: Sequence[int]
    departments: dict[str, Area]
    epcis: dict[str, Area]
    others: Sequence[Area]


def make(entries: int, seed: int = SEED) -> None:
    """Write `entries` services with organisations, places, contacts and coverage. Communes must be there."""
    chance = random.Random(seed)
    draws = _draws()
    for start in range(0, entries, BATCH):
        _make_batch(chance, draws, range(start, min(start + BATCH, entries)))


def _draws() -> Draws:
    communes = list(Commune.objects.filter(population__gt=0, town_hall__isnull=False).order_by("insee"))
    areas = Area.objects.order_by("pk")
    return Draws(
        types=list(ActorType.objects.filter(kind="structure").order_by("slug")),
        communes=communes,
        weights=list(accumulate(commune.population for commune in communes)),
        departments={area.code: area for area in areas if area.kind == "department"},
        epcis={area.code: area for area in areas if area.kind == "epci"},
        others=[area for area in areas if area.kind not in ("department", "epci")],
    )


def _make_batch(chance: random.Random, draws: Draws, numbers: range) -> None:
    seats = chance.choices(draws.communes, cum_weights=draws.weights, k=len(numbers))
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"Association {made_up_word(chance)} {number} (exemple)", department=seat.department
        )
        for number, seat in zip(numbers, seats, strict=True)
    )
    services = Service.objects.bulk_create(
        _service(chance, draws, organisation, seat)
        for organisation, seat in zip(organisations, seats, strict=True)
    )
    _link(chance, draws, services, seats)
    Place.objects.bulk_create(list(_places(chance, draws, services, seats)))
    Contact.objects.bulk_create(
        Contact(service=service, value=f"+33465710{chance.randrange(1000):03d}", label="Accueil")
        for service in services
    )


def made_up_word(chance: random.Random) -> str:
    return "".join(chance.choice(pair) for pair in ("bcdflmnprst", "aeiou") * 3).capitalize()


def _service(chance: random.Random, draws: Draws, organisation: Organisation, seat: Commune) -> Service:
    actor_type = chance.choice(draws.types)
    topics = chance.sample(TOPICS, 4)
    age_min, age_max = chance.choice([(None, None)] * 5 + [(18, None), (None, 17), (60, None), (3, 21)])
    return Service(
        organisation=organisation,
        type=actor_type,
        name=f"{actor_type.short_name} {seat.name} {made_up_word(chance)}",
        department=seat.department,
        summary=f"Propose : {topics[0]}, {topics[1]}.",
        description=f"{made_up_word(chance)} reçoit pour {topics[2]}. " * 3 + f"Aussi : {topics[3]}.",
        audience=chance.choices(("public", "professionnels", "equipe"), (85, 12, 3))[0],
        age_min=age_min,
        age_max=age_max,
        gender=chance.choices(("tous", "femmes", "hommes"), (70, 28, 2))[0],
        roles=chance.choice([[], ["victime"], ["victime", "proche-temoin"], ["professionnel"]]),
        situations=chance.sample(taxonomy.SITUATIONS.slugs, chance.randrange(3)),
        violences=chance.sample(taxonomy.VIOLENCES.slugs, chance.randrange(6)),
        provisions=chance.sample(taxonomy.PROVISIONS.slugs, chance.randrange(1, 6)),
        languages=["fr", *chance.sample(taxonomy.LANGUAGES.slugs[1:], chance.choice((0, 0, 0, 1, 3)))],
        hours=chance.choice(HOURS),
        is_national=chance.random() < 0.005,
        state=chance.choices(("actif", "suspendu"), (97, 3))[0],
        verified_on=_verified(chance),
    )


def _verified(chance: random.Random) -> date | None:
    days = chance.randrange(700)
    return timezone.localdate() - timedelta(days=days) if chance.random() < 0.9 else None


def _link(chance: random.Random, draws: Draws, services: Sequence[Service], seats: Sequence[Commune]) -> None:
    """Half cover their department, a quarter their EPCI, some a few communes, a tenth nothing."""
    areas, communes = [], []
    for service, seat in zip(services, seats, strict=True):
        kind = chance.choices(("department", "epci", "communes", "none"), (50, 25, 15, 10))[0]
        if kind == "department":
            areas.append((service.pk, draws.departments[seat.department].pk))
        elif kind == "epci" and seat.epci in draws.epcis:
            areas.append((service.pk, draws.epcis[seat.epci].pk))
        elif kind == "communes":
            communes.append((service.pk, seat.pk))
    by_area, by_commune = Service.coverage_areas.through, Service.coverage_communes.through
    by_area.objects.bulk_create(by_area(service_id=one, area_id=area) for one, area in areas)
    by_commune.objects.bulk_create(by_commune(service_id=one, commune_id=code) for one, code in communes)


def _places(
    chance: random.Random, draws: Draws, services: Sequence[Service], seats: Sequence[Commune]
) -> Iterator[Place]:
    for service, seat in zip(services, seats, strict=True):
        if service.type.address in ("jamais", "aucune"):
            continue
        for number in range(chance.choice((1, 1, 1, 2, 4))):
            commune = seat if number == 0 else chance.choices(draws.communes, cum_weights=draws.weights)[0]
            point = commune.town_hall
            shift = (chance.uniform(-0.01, 0.01), chance.uniform(-0.01, 0.01))
            yield Place(
                service=service,
                commune=commune,
                street=f"{chance.randrange(1, 90)} rue {made_up_word(chance)}",
                postal_code=commune.postal_codes[0] if commune.postal_codes else "",
                point=make_point(point.x + shift[0], point.y + shift[1]),
                address_visibility=chance.choices(("publique", "sur-appel", "commune"), (80, 10, 10))[0],
                sort_order=number,
            )
