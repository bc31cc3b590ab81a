"""OSM `opening_hours` text → rules. The library decides what is valid; we refuse what we cannot show."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

from directory.hours.rules import (
    DAY,
    MONTHS,
    WEEKDAYS,
    Date,
    Dates,
    Days,
    HoursError,
    Minutes,
    Months,
    Rule,
    Weeks,
    Years,
    arrange,
    merge_times,
)

MAX_LENGTH = 500
_DAY = "(?:" + "|".join(WEEKDAYS) + ")"
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_TIMES = r"\d\d:\d\d-\d\d:\d\d"
_DAYS = rf"(?:{_DAY}(?:-{_DAY})?(?:\[[-\d,]+\])?|PH)"

_KINDS: dict[str, Literal["open", "off", "unknown"]] = {"": "open", "closed": "off", "unknown": "unknown"}
_COMMENT = re.compile(r'\s*"([^"]*)"$')
_KIND = re.compile(r"\s*\b(closed|unknown)$")
_TIMES_END = re.compile(rf"(?:^|\s)({_TIMES}(?:,{_TIMES})*)$")
_DAYS_END = re.compile(rf"(?:^|\s)({_DAYS}(?:,{_DAYS})*)$")
_DAYS_ITEM = re.compile(rf"({_DAY})(?:-({_DAY}))?(?:\[([-\d,]+)\])?")
_DATES_ITEM = re.compile(rf"(?:(\d{{4}})\s?)?({_MONTH}) (\d+)(?:-(?:(\d{{4}})\s?)?({_MONTH}) (\d+))?")
_MONTHS_ITEM = re.compile(rf"({_MONTH})(?:-({_MONTH}))?")
_YEARS_ITEM = re.compile(r"(\d{4})(?:-(\d{4}))?")
_WEEKS_ITEM = re.compile(r"(?:week)?(\d\d)(?:-(\d\d))?(?:/(\d+))?")
# Holidays that fall on given days: the standard's « PH Mo-Fr », which the library reads as « PH,Mo-Fr ».
_HOLIDAY_ON = re.compile(rf"\bPH\s+(?={_DAY}\b)|(?<=\b{_DAY})\s+PH\b", re.IGNORECASE)
_APPOINTMENT = re.compile(r"rendez|r\.?d\.?v|appointment", re.IGNORECASE)
_UNSUPPORTED = re.compile(
    r"\|\||\b(?:SH|easter|sunrise|sunset|dawn|dusk)\b|:\d\d\+|\d\d:\d\d/|[+-]\d+ days?", re.I
)


@lru_cache(maxsize=4096)
def rules_of(osm: str) -> tuple[Rule, ...]:
    """The rules of an OSM text, the general first. Raises HoursError; no rule for an empty text."""
    text = osm.strip().rstrip(";").strip()
    if not text:
        return ()
    if len(text) > MAX_LENGTH:
        raise HoursError(_("Ces horaires sont trop longs : écrivez l’essentiel en moins de 500 caractères."))
    if _UNSUPPORTED.search(text):
        raise HoursError(_unsupported())
    rules: list[Rule] = []
    for sentence in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", _tighten(text)):
        rules += [_rule(piece, adds=bool(index)) for index, piece in enumerate(_split_added(sentence))]
    _refuse_never_open(rules)
    return arrange(tuple(rules))


def _tighten(text: str) -> str:
    """Join lists written with a space: « Mo, We 09:00-12:00 » would open the whole Monday."""
    text = re.sub(rf"\b({_DAYS}),\s+(?={_DAYS}(?:[\s,-]|$))", r"\1,", text, flags=re.IGNORECASE)
    text = re.sub(
        rf"\b({_MONTH}(?: \d+)?),\s+(?=(?:\d{{4}} ?)?{_MONTH}\b)", r"\1,", text, flags=re.IGNORECASE
    )
    text = re.sub(rf"\b({_DAY})\s*[-–—]\s*(?={_DAY}\b)", r"\1-", text, flags=re.IGNORECASE)
    text = re.sub(r"(\d:\d\d),\s+(?=\d{1,2}:)", r"\1,", text)
    return re.sub(r"\s*[-–—]\s*(?=\d{1,2}:\d\d)", "-", text)


def _split_added(sentence: str) -> list[str]:
    return re.split(r",\s+(?=[A-Za-z]|24/7|\d{4}\b)", sentence) if '"' not in sentence else [sentence]


def _rule(piece: str, *, adds: bool) -> Rule:
    holidays_on = _HOLIDAY_ON.search(piece)
    text = _canonical(_HOLIDAY_ON.sub(" ", piece) if holidays_on else piece)
    rule = _read(text)
    if holidays_on:
        rule = replace(rule, holidays="only")
    bare = rule == Rule(kind=rule.kind, times=rule.times, appointment=rule.appointment)
    if adds and bare and not rule.is_round_the_clock:
        raise HoursError(_unsupported())  # « Mo 09:00-10:00, unknown »: added to what?
    return replace(rule, adds=adds)


def _canonical(piece: str) -> str:
    """The library's spelling of one rule."""
    piece = " ".join(piece.split())
    if not piece:
        raise HoursError(_("Un point-virgule ne sépare rien : effacez-le."))
    try:
        return str(OpeningHours(piece))
    except ParserError as error:
        raise HoursError(_unreadable(piece)) from error


def _read(text: str) -> Rule:
    text, comment = _cut(_COMMENT, text)
    text, kind = _cut(_KIND, text)
    if comment and not _APPOINTMENT.search(comment):
        raise HoursError(
            _("N’écrivez que des jours et des heures : les précisions vont dans la description.")
        )
    text, times = _cut(_TIMES_END, "" if text == "24/7" else text)
    text, days = _cut(_DAYS_END, text)
    rule = _calendar(text)
    named = tuple(_days(match) for match in _DAYS_ITEM.finditer(days))
    minutes = _times(times, whole_day=kind != "closed")
    if comment and not times:
        raise HoursError(only_appointment())
    return replace(
        rule,
        kind=_KINDS[kind],
        times=minutes,
        days=named,
        holidays=("also" if named else "only") if "PH" in days else "",
        appointment=bool(comment) and kind != "closed",
    )


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    return (text[: match.start()].rstrip(), match[1]) if match else (text, "")


def _times(text: str, *, whole_day: bool) -> tuple[Minutes, ...]:
    if not text:
        return ((0, DAY),) if whole_day else ()
    return merge_times(tuple(_span(span) for span in text.split(",")))


def _span(text: str) -> Minutes:
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    if start == end and start:
        raise HoursError(
            _("L’heure de début et l’heure de fin sont les mêmes : écrivez par exemple 09:00-12:00.")
        )
    end += DAY if end <= start else 0
    if end - start > DAY or start >= DAY:
        raise HoursError(_("Une plage horaire dure au plus 24 heures : écrivez par exemple 22:00-06:00."))
    return start, end


def _days(match: re.Match[str]) -> Days:
    first = WEEKDAYS.index(match[1])
    nth = tuple(int(number) for number in match[3].split(",")) if match[3] else ()
    return Days(first, WEEKDAYS.index(match[2]) if match[2] else first, nth)


def _calendar(text: str) -> Rule:
    """Years, dates and weeks, in that order; anything left over is not ours."""
    years: list[Years] = []
    dates: list[Months | Dates] = []
    weeks: list[Weeks] = []
    position = 0
    while position < len(text):
        if match := _DATES_ITEM.match(text, position):
            dates.append(_dates(match))
        elif match := _YEARS_ITEM.match(text, position):
            years.append(Years(int(match[1]), int(match[2] or match[1])))
        elif match := _MONTHS_ITEM.match(text, position):
            dates.append(Months(_month(match[1]), _month(match[2] or match[1])))
        elif (match := _WEEKS_ITEM.match(text, position)) and (weeks or match[0].startswith("week")):
            weeks.append(Weeks(int(match[1]), int(match[2] or match[1]), int(match[3] or 1)))
        else:
            raise HoursError(_unsupported())
        position = len(text) - len(text[match.end() :].lstrip(" ,"))
    rule = Rule(years=tuple(years), dates=tuple(dates), weeks=tuple(weeks))
    _check_calendar(rule)
    return rule


def _check_calendar(rule: Rule) -> None:
    """Refuse the combinations whose meaning is not certain."""
    spans = [item for item in rule.dates if isinstance(item, Dates)]
    dated = [span for span in spans if span.first.year]
    mixed = len(dated) not in (0, len(rule.dates))
    odd_years = rule.years and (spans or len(rule.dates) > 1)
    odd_weeks = any(week.step > 2 or (week.step == 2 and week.last < 52) for week in rule.weeks)
    if mixed or odd_years or odd_weeks:
        raise HoursError(_unsupported())


def _dates(match: re.Match[str]) -> Dates:
    first = _date(match[1], match[2], match[3])
    if not match[5]:
        return Dates(first, first)
    last = _date(match[4], match[5], match[6])
    if first.year and not last.year:
        follows = (last.month, last.day) >= (first.month, first.day)
        last = replace(last, year=first.year + (0 if follows else 1))
    if last.year and not first.year:
        raise HoursError(_unsupported())
    return Dates(first, last)


def _date(year: str | None, month: str, day: str) -> Date:
    return checked(Date(_month(month), int(day), int(year) if year else None))


def checked(date: Date) -> Date:
    """The date, or HoursError when no year has it."""
    leap = 29 if not date.year or (date.year % 4 == 0 and (date.year % 100 or date.year % 400 == 0)) else 28
    lasts = (31, leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= date.month <= 12 and 1 <= date.day <= lasts[date.month - 1]):
        raise HoursError(_("Une de ces dates n’existe pas : vérifiez le jour et le mois."))
    return date


def _month(name: str) -> int:
    return MONTHS.index(name) + 1


def _refuse_never_open(rules: list[Rule]) -> None:
    if all(rule.kind == "off" for rule in rules):
        raise HoursError(
            _("Ces horaires n’ouvrent jamais. Pour une fermeture, changez l’état du service ; "
              "sinon écrivez les jours et les heures d’ouverture.")
        )  # fmt: skip


def only_appointment() -> str:
    return _(
        "N’écrivez ici que des jours et des heures : pour un accueil sur rendez-vous, cochez la case "
        "« Sur rendez-vous » et laissez ce champ vide si les heures varient."
    )


def _unreadable(piece: str) -> str:
    return _(
        "« %(text)s » n’est pas compris. Écrivez par exemple « lun-ven 9h-12h, 14h-17h ; mer 9h-12h »."
    ) % {"text": piece[:40]}


def _unsupported() -> str:
    return _(
        "Cette écriture n’est pas acceptée. Écrivez des jours et des heures, par exemple "
        "« lun-ven 9h-12h, 14h-17h ; fermé en août »."
    )
