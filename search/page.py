"""The results page as finished values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.cards import TypeRef
from directory.dates import day_and_month
from directory.helplines import HelplineCard
from directory.hours import time_of_day, zone_of
from directory.place_names import from_commune
from search import links
from search.answer import Answer, Facet, FacetValue
from search.door_sources import SourceView, source_views
from search.forms import AWAYS, RADII, Asked
from search.links import Link
from search.numbers_said import is_number_alone
from search.question import ANOTHER_DEPARTMENT, SORTS, WHENS
from search.result_views import (
    Numbers,
    ResultView,
    StepView,
    helplines_of,
    result_view,
    step_views,
    strip_of,
)
from search.tokens import seal

_SHOWN_VALUES = 6
_FIRST_CHIPS = 6
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
class ResultsPage:
    asked: Asked
    found: Answer
    title: str
    status: str
    place: str
    place_value: str
    chips: tuple[Link, ...]
    not_understood: Link | None
    taken_back: tuple[Link, ...]
    choices: tuple[Link, ...]
    messages: tuple[str, ...]
    facets: tuple[FacetView, ...]
    whens: tuple[Option, ...]
    radii: tuple[Option, ...]
    aways: tuple[Option, ...]
    sorts: tuple[Option, ...]
    results: tuple[ResultView, ...]
    strip: tuple[Numbers, ...]
    offers: tuple[Link, ...]
    hints: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    pages: str
    sheets: tuple[TypeRef, ...]
    kept: tuple[tuple[str, str], ...]
    steps: tuple[StepView, ...] = ()
    sources: tuple[SourceView, ...] = ()

    @property
    def numbers(self) -> tuple[HelplineCard, ...]:
        """Those that were asked for, when nothing else was."""
        return self.found.helplines if is_number_alone(self.found.understood) else ()

    @property
    def first_chips(self) -> tuple[Link, ...]:
        """On a phone more of them would push the number of danger off the screen."""
        return self.chips[:_FIRST_CHIPS]

    @property
    def more_chips(self) -> tuple[Link, ...]:
        return self.chips[_FIRST_CHIPS:]

    @property
    def asks_place(self) -> bool:
        """Not when a national number was asked for: no list follows."""
        return not (self.asked.has_place or is_number_alone(self.found.understood))

    @property
    def is_answer(self) -> bool:
        """A page that the rapid access leads into."""
        return bool(self.steps or self.results)

    @property
    def shown(self) -> tuple[ResultView, ...]:
        """Those of the doors, then the others."""
        return (*(one for step in self.steps for one in step.results), *self.results)

    @property
    def has_points(self) -> bool:
        return any(one.longitude for one in self.shown)

    @property
    def has_approximate_points(self) -> bool:
        return any(one.longitude and one.is_approximate for one in self.shown)

    @property
    def map_address(self) -> str:
        """Where the map asks for what the other pages hold; empty when this one holds everything."""
        if self.found.total <= len(self.shown):
            return ""
        return f"{reverse('api:map')}?{urlencode({'recherche': seal(self.asked.params_with())})}"

    @property
    def map_departments(self) -> tuple[str, ...]:
        codes = [one.department for one in self.shown if one.longitude]
        own = [self.asked.question.department] if self.asked.question.department else []
        return tuple(dict.fromkeys([*own, *codes]))


def results_page(asked: Asked, found: Answer) -> ResultsPage:
    """One query at most: the out-of-hours numbers of the closed services shown."""
    commune = asked.place.commune
    lines = helplines_of(found)
    steps = tuple(step_views(found.steps, lines, found.understood))
    led = {one.card.pk for step in steps for one in step.results}
    return ResultsPage(
        asked=asked,
        found=found,
        title=_title(asked),
        status=_status(asked, found),
        place=asked.place_text,
        place_value=f"insee:{commune.insee}" if commune else asked.place_text,
        chips=tuple(links.chips(asked, found)),
        not_understood=links.not_understood(asked, found),
        taken_back=tuple(links.put_back(asked)),
        choices=tuple(links.choices(asked)),
        messages=tuple(_messages(asked, found)),
        facets=tuple(_facet_view(facet) for facet in found.facets if facet.values),
        whens=tuple(_whens(asked)),
        radii=tuple(_radii(asked)),
        aways=tuple(_aways(asked)),
        sorts=tuple(_sorts(asked)),
        results=tuple(
            result_view(result, lines, found.understood)
            for result in found.results
            if result.card.pk not in led
        ),
        strip=tuple(strip_of(found, lines)),
        offers=tuple(one.link for one in links.offers(asked)),
        hints=tuple(links.hints(asked, found)) if not found.total else (),
        previous=links.page_link(asked, -1) if asked.question.page > 1 else None,
        next=links.page_link(asked, 1) if found.has_next else None,
        pages=_pages(asked, found),
        sheets=found.sheets if asked.question.page == 1 else (),
        kept=tuple(_kept(asked)),
        steps=steps,
        sources=source_views(steps),
    )


def _messages(asked: Asked, found: Answer) -> Iterable[str]:
    yield from asked.messages
    if asked.place.note:
        yield asked.place.note
    for word in found.unknown:
        text = _("Sigle inconnu : %(sigle)s.") % {"sigle": word.text}
        if word.close:
            text += " " + _("Vouliez-vous dire : %(close)s ?") % {"close": ", ".join(word.close)}
        yield text
    yield from found.messages


# --- What was asked -----------------------------------------------------------------------------------


def _title(asked: Asked) -> str:
    commune = asked.place.commune
    if not commune:
        return _("Qui répond")
    if asked.question.away:
        return _("Qui accueille loin %(here)s") % {"here": from_commune(commune.name)}
    return _("Qui répond pour %(commune)s") % {"commune": commune.name}


def _status(asked: Asked, found: Answer) -> str:
    if found.helplines and is_number_alone(found.understood):
        return _("Le numéro demandé, et qui y répond.")
    count = ngettext("%(count)d service trouvé", "%(count)d services trouvés", found.total)
    text = (count % {"count": found.total}) if found.total else _("Aucun service trouvé")
    commune, away = asked.place.commune, asked.question.away
    if away == ANOTHER_DEPARTMENT and asked.question.department:
        text = _("%(count)s hors du département %(code)s") % {
            "count": text, "code": asked.question.department,
        }  # fmt: skip
    elif commune and away:
        text = _("%(count)s, à plus de %(km)d km %(here)s") % {
            "count": text, "km": away, "here": from_commune(commune.name),
        }  # fmt: skip
    elif commune:
        text = _("%(count)s pour %(commune)s") % {"count": text, "commune": commune.name}
    when = moment(found.at, asked.question.department or "")
    if found.said:
        return _("%(count)s. Ouvert ou fermé : %(said)s, %(when)s.") % {
            "count": text, "said": found.said, "when": when,
        }  # fmt: skip
    return f"{text}, {when}."


def moment(at: datetime, department: str) -> str:
    """ "jeudi 12 novembre à 21 h 40", at the place."""
    local = at.astimezone(zone_of(department))
    day, time = f"{date_format(local, 'l')} {day_and_month(local)}", time_of_day(local.hour, local.minute)
    return _("%(day)s à %(hour)s") % {"day": day, "hour": time}


def _kept(asked: Asked) -> Iterable[tuple[str, str]]:
    """What the filter panel posts again without showing it."""
    for name in ("q", "sans", "limit"):
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


def _aways(asked: Asked) -> Iterable[Option]:
    chosen = asked.question.away
    yield Option("", _("Ici"), chosen is None)
    if asked.place.commune:
        for km in sorted({*AWAYS, *([chosen] if isinstance(chosen, int) else [])}):
            yield Option(str(km), links.away_label(km), km == chosen)
    yield Option(ANOTHER_DEPARTMENT, _("Autre département"), chosen == ANOTHER_DEPARTMENT)


def _sorts(asked: Asked) -> Iterable[Option]:
    return (Option(sort, str(_SORTS[sort]), sort == asked.question.sort) for sort in SORTS)


def _pages(asked: Asked, found: Answer) -> str:
    last = -(-found.total // asked.question.limit)
    return _("Page %(page)d sur %(last)d") % {"page": asked.question.page, "last": last} if last > 1 else ""
