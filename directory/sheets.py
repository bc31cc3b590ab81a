"""The page of one service as finished values: cards in, words out."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.db.models.functions import Distance
from django.db.models import F, Min, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory import wording
from directory.cards import ContactCard, PlaceCard, ServiceCard, card_for
from directory.competence import competence_of
from directory.dates import day_and_month
from directory.helplines import HelplineCard, helplines_by_key
from directory.hours import HoursError, WeekDay, bars_of, describe_hours, time_of_day, week_of, zone_of
from directory.models import Area, Place, Service
from directory.visibility import Viewer, visible_services

_NEARBY = 4
# Areas that a drawing outlines as one shape; the others are shown by their communes.
_OUTLINED = ("department", "epci")


@dataclass(frozen=True)
class DayView:
    name: str
    text: str
    is_today: bool
    bars: tuple[tuple[str, str], ...]  # (x, width) on a scale of 0 to 120, from 8 h to 20 h


@dataclass(frozen=True)
class HoursView:
    """`summary` says the rule in words; `days` is this week; both are empty when the hours are not known."""

    caption: str
    days: tuple[DayView, ...]
    summary: str
    note: str
    by_appointment: bool

    @property
    def has_bars(self) -> bool:
        return any(day.bars for day in self.days)


@dataclass(frozen=True)
class PlaceView:
    number: int
    title: str
    address: str
    note: str
    accessibility: str
    complement: str
    hours: HoursView | None
    place: PlaceCard
    longitude: str  # written for a machine: a French number has a comma
    latitude: str


@dataclass(frozen=True)
class ContactView:
    contact: ContactCard
    trace: str
    icon: str
    is_phone: bool


@dataclass(frozen=True)
class ZoneView:
    """What the map draws in colour: INSEE codes of departments and communes, SIREN of EPCIs."""

    departments: tuple[str, ...] = ()
    epcis: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.departments or self.epcis or self.communes)


@dataclass(frozen=True)
class NearbyView:
    card: ServiceCard
    where: str
    reason: str


@dataclass(frozen=True)
class ServiceSheet:
    card: ServiceCard
    title: str
    notice: str
    now: str
    facts: tuple[wording.Fact, ...]
    practical: tuple[wording.Fact, ...]
    contacts: tuple[ContactView, ...]
    hours: HoursView | None
    places: tuple[PlaceView, ...]
    coverage: str
    coverage_note: str
    zone: ZoneView
    verified: str
    fallback: tuple[HelplineCard, ...]
    nearby: tuple[NearbyView, ...]

    @property
    def has_map(self) -> bool:
        return not self.zone.is_empty or any(view.place.point for view in self.places)

    @property
    def map_departments(self) -> tuple[str, ...]:
        """Those that the map needs to draw, the service's own first."""
        codes = [
            self.card.department,
            *self.zone.departments,
            *(v.place.commune.department for v in self.places),
        ]
        return tuple(dict.fromkeys(codes))

    @property
    def has_approximate_point(self) -> bool:
        return any(view.place.precision == "commune" for view in self.places)


def service_sheet(public_id: str, viewer: Viewer, at: datetime) -> ServiceSheet:
    """The sheet of a service at `at`: ten queries at most. Raises Service.DoesNotExist when not visible."""
    service = visible_services(viewer).select_related("type", "organisation").get(public_id=public_id)
    near = _nearby_ids(service, viewer)
    cards = _cards([service.pk, *near], viewer, at)
    card = cards.pop(service.pk)
    return sheet_of(card, at, tuple(_nearby_view(cards[pk], km) for pk, km in near.items() if pk in cards))


def sheet_of(card: ServiceCard, at: datetime, nearby: tuple[NearbyView, ...] = ()) -> ServiceSheet:
    """The sheet that shows `card`: of a published service, or of a draft in preview."""
    return ServiceSheet(
        card=card,
        title=wording.discreet_title(card),
        notice=wording.state_notice(card),
        now=_now(card, at),
        facts=wording.key_facts(card),
        practical=wording.practical_facts(card),
        contacts=tuple(_contact_view(contact) for contact in card.contacts),
        hours=_own_hours(card, at),
        places=tuple(_place_view(number, place, card, at) for number, place in enumerate(card.places, 1)),
        coverage=wording.coverage_of(card),
        coverage_note=wording.coverage_note(card),
        zone=_zone(card),
        verified=wording.verified_of(card),
        fallback=tuple(helplines_by_key(card.fallback).values()),
        nearby=nearby,
    )


def _cards(pks: list[int], viewer: Viewer, at: datetime) -> dict[int, ServiceCard]:
    services = visible_services(viewer).for_cards().in_order_of(pks)
    return {service.pk: card_for(service, viewer, at) for service in services}


def _now(card: ServiceCard, at: datetime) -> str:
    local = at.astimezone(zone_of(card.places[0].commune.department if card.places else card.department))
    return f"{date_format(local, 'l')}, {time_of_day(local.hour, local.minute)}"


# --- Contacts, places, hours ------------------------------------------------------------------------------

_ICONS = {"telephone": "phone", "sms": "message", "courriel": "mail", "chat": "message"}


def _contact_view(contact: ContactCard) -> ContactView:
    icon = _ICONS.get(contact.kind, "link")
    return ContactView(contact, wording.trace_of(contact), icon, contact.kind == "telephone")


def _place_view(number: int, place: PlaceCard, card: ServiceCard, at: datetime) -> PlaceView:
    title = f"{place.commune.name}, {wording.lowered(place.label)}" if place.label else place.commune.name
    return PlaceView(
        number=number,
        title=title,
        address=wording.address_of(place),
        note=wording.address_note(place),
        accessibility=place.accessibility,
        complement=place.complement,
        hours=_place_hours(place, card, at),
        place=place,
        longitude=f"{place.point[0]:.5f}" if place.point else "",
        latitude=f"{place.point[1]:.5f}" if place.point else "",
    )


def _own_hours(card: ServiceCard, at: datetime) -> HoursView | None:
    """Said apart when they are not those of the only place."""
    is_apart = len(card.places) != 1 or card.places[0].hours not in ("", card.hours)
    return hours_view(card.hours, card, None, at) if is_apart and (card.hours or not card.places) else None


def _place_hours(place: PlaceCard, card: ServiceCard, at: datetime) -> HoursView | None:
    if place.hours or not card.hours:
        return hours_view(place.hours, card, place, at)
    return hours_view(card.hours, card, place, at) if len(card.places) == 1 else None


def hours_view(osm: str, card: ServiceCard, place: PlaceCard | None, at: datetime) -> HoursView:
    """The week of `at`, of a place or of the service itself."""
    department = place.commune.department if place else card.department
    days = week_of(
        osm,
        at,
        department,
        suspended_from=card.closed_from,
        suspended_until=card.closed_until,
        suspended=card.state != "actif",
    )
    if days and not any(day.slots for day in days):
        days = []  # seven times the same closing: the usual hours say more
    monday = day_and_month(days[0].date) if days else ""
    return HoursView(
        caption=_("Semaine du %(day)s") % {"day": monday} if days else "",
        days=tuple(_day_view(day) for day in days),
        summary=_described(osm),
        note=place.hours_note if place and (place.hours or place.hours_note) else card.hours_note,
        by_appointment=place.by_appointment if place else card.by_appointment,
    )


def _described(osm: str) -> str:
    try:
        return describe_hours(osm)
    except HoursError:
        return ""


def _day_view(day: WeekDay) -> DayView:
    bars = tuple((f"{x:g}", f"{width:g}") for x, width in bars_of(day))
    return DayView(day.name, day.text, day.is_today, bars)


# --- Zone ------------------------------------------------------------------------------------


def _zone(card: ServiceCard) -> ZoneView:
    """Two queries at most: the codes of the areas, and the communes of those that no drawing outlines."""
    communes = [ref.code.removeprefix("commune:") for ref in card.coverage if ref.kind == "commune"]
    pks = wording.zone_codes(card.coverage)
    if not pks:
        return ZoneView(communes=tuple(communes))
    areas = list(Area.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "kind", "code"))
    others = [pk for pk, kind, _code in areas if kind not in _OUTLINED]
    if others:
        through = Area.communes.through.objects.filter(area_id__in=others)
        communes += through.order_by("commune_id").values_list("commune_id", flat=True).distinct()
    return ZoneView(
        departments=tuple(code for _pk, kind, code in areas if kind == "department"),
        epcis=tuple(code for _pk, kind, code in areas if kind == "epci"),
        communes=tuple(communes),
    )


# --- Others that do the same -------------------------------------------------------------------


def _nearby_ids(service: Service, viewer: Viewer) -> dict[int, float | None]:
    """Primary key → km of the nearest of the same type and department; town hall to town hall.

    Never from an exact point: a distance that may be asked for again and again must not locate anybody (C4).
    """
    if service.type.hides_address:
        return {}
    shown = Place.objects.exclude(address_visibility="jamais").filter(service=service.pk)
    # As `Commune.point` does: its centroid when no town hall is known.
    spot = Coalesce("commune__town_hall", "commune__centroid")
    origin = shown.order_by("sort_order", "pk").annotate(spot=spot).values("spot")[:1]
    others = (
        visible_services(viewer).searchable().filter(type_id=service.type_id, department=service.department)
    )
    there = Coalesce("places__commune__town_hall", "places__commune__centroid")
    distance = Distance(there, Subquery(origin))
    ranked = others.exclude(pk=service.pk).annotate(
        m=Min(distance, filter=~Q(places__address_visibility="jamais"))
    )
    rows = ranked.order_by(F("m").asc(nulls_last=True), "name", "pk").values_list("pk", "m")[:_NEARBY]
    return {pk: m.km if m is not None else None for pk, m in rows}


def _nearby_view(card: ServiceCard, km: float | None) -> NearbyView:
    names = list(dict.fromkeys(place.commune.name for place in card.places))
    where = ", ".join(names[:2]) + ("…" if len(names) > 2 else "")
    if where and km is not None and km >= 1:
        where = _("%(place)s, à environ %(km)d km") % {"place": where, "km": round(km)}
    return NearbyView(card, where, competence_of(card, None, None).reason)
