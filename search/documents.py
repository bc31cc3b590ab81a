"""What the index says of a service: built from its card, never from the model.

No contact, nothing hidden, public points only: `card_for_index` gives the public's card of any audience.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation

from directory import taxonomy
from directory.cards import Coordinates, ServiceCard
from directory.folding import fold
from directory.hours import Closure, HoursError, Schedule, WeekSlots, calendar_of, slots_of
from search import odd_hours
from search.words import content_words, root

# Part of the digest: raise it when the same card must give another document.
VERSION = 2

NO_REQUISITION = "Créneaux sans réquisition"
MAX_POSITION = 16_000  # PostgreSQL keeps no position beyond 16,383

# 8:45, or a night that ends after midnight: half-hours of a week cannot tell these exactly.
_ODD_MINUTES = re.compile(r"\d:(?!00|30)\d\d")
_RANGE = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")

Fields = Iterable[tuple[str, str]]  # (weight A to D, text)


@dataclass(frozen=True)
class Hours:
    """Half-hours when it is open: `slots` 0..335 of a week, `holiday_slots` 0..47 of a public holiday.

    `odd` is set instead when half-hours cannot tell ("second Tuesday", 8:45): OSM texts, judged when asked.
    """

    slots: tuple[int, ...] = ()
    holiday_slots: tuple[int, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One entry of the index, the same for every engine. Every list is sorted, so that equal is equal.

    `types`: its type and the virtual ones it belongs to. `publics`: the values of the `public` filter that it
    answers to; `focus`: those that it declares. `coverage`: codes of *Ground*. `clock`: of
    `directory.hours.calendars`. `closure`: the first day and the last. `called`: the roots
    of its name, when it is for perpetrators. `fields`: (weight A to D, text), that of its type first.
    """

    service: int
    organisation: int
    audience: str
    department: str
    sort_name: str
    types: tuple[str, ...]
    coverage: tuple[str, ...]
    points: tuple[Coordinates, ...]
    publics: tuple[str, ...]
    focus: tuple[str, ...]
    violences: tuple[str, ...]
    provisions: tuple[str, ...]
    languages: tuple[str, ...]
    hours: Hours
    clock: str
    closure: tuple[date, date] | None
    for_victims: bool
    called: tuple[str, ...]
    verified_on: date | None
    type_text: str
    fields: tuple[tuple[str, str], ...]

    @property
    def closed_from(self) -> date | None:
        return self.closure[0] if self.closure else None

    @property
    def closed_until(self) -> date | None:
        return self.closure[1] if self.closure else None

    @property
    def odd_hours(self) -> str:
        """ "" when half-hours tell all."""
        return odd_hours.key_of(self.hours.odd, self.clock)

    @property
    def digest(self) -> str:
        """Changes when, and only when, the entry would."""
        return sha256(f"{VERSION} {self!r}".encode()).hexdigest()

    @property
    def words(self) -> set[str]:
        """The folded words of its texts, those of its type included: what typos are compared with."""
        return words_of(self.fields)


def document_for(card: ServiceCard) -> Document:
    """The document of a card made by `card_for_index`; the same whatever language its editor reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return _document(card)


def _document(card: ServiceCard) -> Document:
    return Document(
        service=card.pk,
        organisation=card.organisation.pk,
        audience=card.audience,
        department=card.department,
        sort_name=fold(card.name)[:200],
        types=_sorted(_types(card)),
        coverage=_sorted(ref.code for ref in card.coverage),
        points=_sorted(place.point for place in card.places if place.point),
        publics=_sorted(_publics(card)),
        focus=_sorted(_focus(card)),
        violences=_sorted(card.violences),
        provisions=_sorted(card.provisions),
        languages=_sorted(card.languages or ("fr",)),
        hours=hours_of(card.schedules),
        clock=calendar_of(card.places[0].commune.department if card.places else card.department),
        closure=Closure(card.closed_from, card.closed_until, card.state == "suspendu").days,
        for_victims=card.type.for_victims,
        called=() if card.type.for_victims else _sorted(root(word) for word in content_words(card.name)),
        verified_on=card.verified_on,
        type_text=_type_text(card),
        fields=_fields(card),
    )


def _sorted(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set(values)))


def _types(card: ServiceCard) -> Iterator[str]:
    yield card.type.slug
    if card.type.slug in ("commissariat", "brigade-gendarmerie"):
        yield "commissariat-brigade"
    if card.type.slug == "umj" and any(label == NO_REQUISITION for label, _text in card.details):
        yield "umj-sans-requisition"
    if "lsf" in card.languages:
        yield "service-lsf"


# --- Publics --------------------------------------------------------------------------------------------


def _publics(card: ServiceCard) -> Iterator[str]:
    """A service for all genders answers women and men; one that names no role, everybody but perpetrators."""
    yield from card.age_bands
    yield from taxonomy.GENDERS.slugs if card.gender == "tous" else (card.gender,)
    yield from card.roles or _default_roles(card)
    yield from card.situations


def _default_roles(card: ServiceCard) -> tuple[str, ...]:
    return ("victime", "proche-temoin", "professionnel") if card.type.for_victims else ("auteur",)


def _focus(card: ServiceCard) -> Iterator[str]:
    if set(card.age_bands) != set(taxonomy.AGE_BANDS.slugs):
        yield from card.age_bands
    if card.gender != "tous":
        yield card.gender
    yield from card.situations
    if len(card.roles) == 1:
        yield from card.roles


# --- Hours ----------------------------------------------------------------------------------------------


def hours_of(schedules: Iterable[Schedule]) -> Hours:
    """Half-hours when they tell exactly, else the schedules themselves; unreadable hours say nothing."""
    known = [(schedule, slots) for schedule in schedules if (slots := _slots(schedule.osm))]
    if any(slots.irregular or _is_odd(schedule.osm) for schedule, slots in known):
        return Hours(odd=_sorted(schedule.osm for schedule, _slots in known))
    return Hours(
        slots=_sorted(slot for _schedule, slots in known for slot in slots.regular),
        holiday_slots=_sorted(slot for _schedule, slots in known for slot in slots.on_holidays),
    )


def _slots(osm: str) -> WeekSlots | None:
    try:
        return slots_of(osm)
    except HoursError:
        return None


def _is_odd(osm: str) -> bool:
    past_midnight = any(start >= end or end > "24:00" for start, end in _RANGE.findall(osm))
    return past_midnight or "unknown" in osm or bool(_ODD_MINUTES.search(osm))


# --- Text -----------------------------------------------------------------------------------------------


def _type_text(card: ServiceCard) -> str:
    return " · ".join([card.type.acronym, card.type.name, *card.type.aliases])


def _fields(card: ServiceCard) -> tuple[tuple[str, str], ...]:
    """Weight and text, the heaviest first (`ranking.FIELDS`)."""
    communes = dict.fromkeys(place.commune.name for place in card.places)
    labels = [
        *taxonomy.PUBLICS.labels(card.situations),
        *taxonomy.VIOLENCES.labels(card.violences),
        *taxonomy.PROVISIONS.labels(card.provisions),
        *([] if card.gender == "tous" else taxonomy.GENDERS.labels([card.gender])),
    ]
    texts = [
        ("A", _type_text(card)),
        ("A", card.name),
        ("B", f"{card.organisation.name} · {card.organisation.acronym}"),
        ("B", " · ".join(communes)),
        ("C", card.summary),
        ("C", " · ".join(labels)),
        ("D", card.description),
        ("D", card.how),
    ]
    return tuple((weight, text) for weight, text in texts if text)


def words_of(fields: Fields) -> set[str]:
    """The folded words of these texts: what typos are compared with."""
    return {word for _weight, text in fields for word in content_words(text)}


def vector_of(fields: Fields) -> str:
    """Texts as a `tsvector` literal: roots with positions and weights; fields do not touch each other."""
    positions: dict[str, list[str]] = {}
    position = 0
    for weight, text in fields:
        for word in content_words(text):
            position = min(position + 1, MAX_POSITION)
            positions.setdefault(root(word), []).append(f"{position}{weight}")
        position += 1
    return " ".join(f"'{word}':{','.join(places[:200])}" for word, places in sorted(positions.items()))
