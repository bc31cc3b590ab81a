"""The results page as finished values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.cards import ContactCard, ServiceCard, TypeRef
from directory.competence import kilometres
from directory.dates import day_and_month
from directory.helplines import HelplineCard, helplines_by_key
from directory.hours import time_of_day, zone_of
from search import links
from search.answer import Answer, Facet, FacetValue, Result
from search.forms import RADII, Asked
from search.links import Link
from search.question import SORTS, WHENS

_SHOWN_VALUES = 6
_MOST_PINNED = 4
_DANGER = "17"
_SORTS = {
    "pertinence": gettext_lazy("Pertinence"),
    "distance": gettext_lazy("Distance"),
    "nom": gettext_lazy("Nom"),
    "verification": gettext_lazy("Date de vérification"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetView:
    facet: Facet
    more_is_open: bool

    @property
    def first(self) -> tuple[FacetValue, ...]:
        return self.facet.values[:_SHOWN_VALUES]

    @property
    def more(self) -> tuple[FacetValue, ...]:
        return self.facet.values[_SHOWN_VALUES:]


@dataclass(frozen=True)
class ResultView:
    """One card of the list. `longitude` and `latitude` are "" when nothing of it is on the map."""

    number: int
    card: ServiceCard
    kind: str
    where: str
    reason: str
    phone: ContactCard | None
    fallback: tuple[HelplineCard, ...]
    longitude: str
    latitude: str
    department: str
    is_approximate: bool

    @property
    def is_closed(self) -> bool:
        return self.card.open.state == "closed"

    @property
    def phone_css(self) -> str:
        """Loud when somebody answers; when it is closed, the number that stands in is the one to press."""
        return "m-phone--s m-phone--line" if self.is_closed and self.fallback else "m-phone--s"


@dataclass(frozen=True)
class ResultsPage:
    asked: Asked
    found: Answer
    title: str
    status: str
    place: str
    place_value: str
    chips: tuple[Link, ...]
    choices: tuple[Link, ...]
    messages: tuple[str, ...]
    facets: tuple[FacetView, ...]
    whens: tuple[Option, ...]
    radii: tuple[Option, ...]
    sorts: tuple[Option, ...]
    results: tuple[ResultView, ...]
    strip: tuple[HelplineCard, ...]
    hints: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    pages: str
    sheets: tuple[TypeRef, ...]
    kept: tuple[tuple[str, str], ...]

    @property
    def has_points(self) -> bool:
        return any(one.longitude for one in self.results)

    @property
    def has_approximate_points(self) -> bool:
        return any(one.longitude and one.is_approximate for one in self.results)

    @property
    def map_departments(self) -> tuple[str, ...]:
        codes = [one.department for one in self.results if one.longitude]
        own = [self.asked.question.department] if self.asked.question.department else []
        return tuple(dict.fromkeys([*own, *codes]))


def results_page(asked: Asked, found: Answer) -> ResultsPage:
    """One query at most: the out-of-hours numbers of the closed services shown."""
    commune = asked.place.commune
    lines = _helplines(found)
    return ResultsPage(
        asked=asked,
        found=found,
        title=_("Qui répond pour %(commune)s") % {"commune": commune.name} if commune else _("Qui répond"),
        status=_status(asked, found),
        place=asked.place_text,
        place_value=f"insee:{commune.insee}" if commune else asked.place_text,
        chips=tuple(links.chips(asked, found)),
        choices=tuple(links.choices(asked)),
        messages=(*asked.messages, *([asked.place.note] if asked.place.note else []), *found.messages),
        facets=tuple(_facet_view(facet) for facet in found.facets if facet.values),
        whens=tuple(_whens(asked)),
        radii=tuple(_radii(asked)),
        sorts=tuple(_sorts(asked)),
        results=tuple(_result_view(result, lines) for result in found.results),
        strip=_strip(found, lines),
        hints=tuple(links.hints(asked, found)) if not found.total else (),
        previous=links.page_link(asked, -1) if asked.question.page > 1 else None,
        next=links.page_link(asked, 1) if found.has_next else None,
        pages=_pages(asked, found),
        sheets=found.sheets if asked.question.page == 1 else (),
        kept=tuple(_kept(asked)),
    )


# --- What was asked -----------------------------------------------------------------------------------


def _status(asked: Asked, found: Answer) -> str:
    count = ngettext("%(count)d service répond", "%(count)d services répondent", found.total)
    text = (count % {"count": found.total}) if found.total else _("Aucun service ne répond")
    if asked.place.commune:
        text = _("%(count)s pour %(commune)s") % {"count": text, "commune": asked.place.commune.name}
    return f"{text}, {moment(found.at, asked.question.department or '')}."


def moment(at: datetime, department: str) -> str:
    """ "jeudi 12 novembre à 21 h 40", at the place."""
    local = at.astimezone(zone_of(department))
    day, time = f"{date_format(local, 'l')} {day_and_month(local)}", time_of_day(local.hour, local.minute)
    return _("%(day)s à %(hour)s") % {"day": day, "hour": time}


def _kept(asked: Asked) -> Iterable[tuple[str, str]]:
    """What the filter panel posts again without showing it."""
    for name in ("q", "sans", "loin", "limit"):
        for value in asked.params.get(name, []):
            yield name, value


# --- Filters ---------------------------------------------------------------------------------------------


def _facet_view(facet: Facet) -> FacetView:
    return FacetView(facet, any(value.is_chosen for value in facet.values[_SHOWN_VALUES:]))


def _whens(asked: Asked) -> Iterable[Option]:
    return (Option(when, links.when_label(when), when == asked.question.when) for when in WHENS)


def _radii(asked: Asked) -> Iterable[Option]:
    chosen = asked.question.radius
    yield Option("", _("Toute distance"), chosen is None)
    for km in sorted({*RADII, *([chosen] if chosen else [])}):
        yield Option(str(km), _("%(km)d km") % {"km": km}, km == chosen)


def _sorts(asked: Asked) -> Iterable[Option]:
    return (Option(sort, str(_SORTS[sort]), sort == asked.question.sort) for sort in SORTS)


# --- Results ---------------------------------------------------------------------------------------------


def _helplines(found: Answer) -> dict[str, HelplineCard]:
    """The number of danger, and those that stand in for the closed services shown."""
    keys = [key for result in found.results if _needs_fallback(result.card) for key in result.card.fallback]
    return helplines_by_key([_DANGER, *keys])


def _strip(found: Answer, lines: dict[str, HelplineCard]) -> tuple[HelplineCard, ...]:
    """The pinned numbers, after the one of danger, which is always there."""
    pinned = [line for line in found.helplines if line.key != _DANGER]
    danger = [lines[_DANGER]] if _DANGER in lines else []
    return tuple([*danger, *pinned][:_MOST_PINNED])


def _needs_fallback(card: ServiceCard) -> bool:
    return card.open.state != "open"


def result_views(found: Answer) -> tuple[ResultView, ...]:
    """The results alone, for a page that shows them among other things: one query at most."""
    lines = _helplines(found)
    return tuple(_result_view(result, lines) for result in found.results)


def _result_view(result: Result, lines: dict[str, HelplineCard]) -> ResultView:
    card, place = result.card, result.place
    fallback = [lines[key] for key in card.fallback if key in lines] if _needs_fallback(card) else []
    point = place.point if place and place.point else None
    return ResultView(
        number=result.number,
        card=card,
        kind=kind_of(card),
        where=where_of(result),
        reason=result.competence.reason,
        phone=next(iter(card.phones), None),
        fallback=tuple(fallback[:1]),
        longitude=f"{point[0]:.5f}" if point else "",
        latitude=f"{point[1]:.5f}" if point else "",
        department=place.commune.department if place else "",
        is_approximate=bool(place and place.precision == "commune"),
    )


def kind_of(card: ServiceCard) -> str:
    """ "Cellule de recueil des informations préoccupantes, CRIP"."""
    return ", ".join(part for part in (card.type.name, card.type.acronym) if part)


def where_of(result: Result) -> str:
    """ "Embrun, 1,2 km"; the commune alone without a distance; empty when no place is shown."""
    place = result.place
    if place is None:
        return ""
    if result.distance_km is None:
        return place.commune.name
    return f"{place.commune.name}, {distance_text(result.distance_km)}"


def distance_text(km: float) -> str:
    if km < 1:
        return _("moins de 1 km")
    return _("%(km)s km") % {"km": kilometres(km)}


def _pages(asked: Asked, found: Answer) -> str:
    last = -(-found.total // asked.question.limit)
    return _("Page %(page)d sur %(last)d") % {"page": asked.question.page, "last": last} if last > 1 else ""
