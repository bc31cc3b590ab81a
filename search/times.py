"""Moments in a text: « ce soir », « samedi matin », « jeudi à 14h », « la nuit », on the clock of a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory.hours import zone_of
from search.days_said import WEEK, DaySaid, day_at, holiday_at, part_at
from search.hours_said import HourSaid, hour_at
from search.moments import MORNING, Moment, moment_of
from search.times_asked import is_asked, is_told
from search.words import word_set

_PARTS = {
    "matin": (time(9), time(12)),
    "midi": (time(12), time(14)),
    "apres midi": (time(14), time(18)),
    "soir": (time(18), time(22)),
    "nuit": (time(22), time(23, 59)),
}
_WHOLE_DAY = (time(10), time(18))
# « en ce moment » tells of a danger more often than of an hour: the lexicon reads it.
_NOW = ("maintenant", "tout de suite", "immediatement", "a l instant")
_BLOWS = frozenset({"bat", "cogne", "etrangle", "frappe", "gifle", "menace", "tabasse", "tape", "viole"})
_TONIGHT = ("tonight", "this evening", "ce soir", "cette nuit", "cet apres midi tard", "pour la nuit")
_MAY_BE_OVER = frozenset({"cette nuit", "ce week end", "ce weekend", "le week end", "le weekend"})
_WEEK_END = ("ce week end", "ce weekend", "le week end", "le weekend", "week end", "weekend")
_NIGHTS = {
    "nuit": ("la nuit", "les nuits", "nuit", "nuits"),
    "soir": ("le soir", "les soirs", "en soiree", "soir", "soirs"),
}
_NIGHT_WORDS = frozenset(one.split()[0] for phrases in _NIGHTS.values() for one in phrases)
# « toute la nuit », « boîte de nuit », « hier soir ».
_OTHER_NIGHTS = word_set("""
    autre boite cette chaque d de deux du en la le les mi par premiere tous toute toutes trois un une""")
# Words are read without their accents, and said with them.
_ACCENTS = {
    "a": "à", "apres": "après", "aout": "août", "decembre": "décembre", "fevrier": "février",
    "ferie": "férié", "feries": "fériés", "noel": "Noël", "paques": "Pâques", "soiree": "soirée",
    "matinee": "matinée", "aujourd": "aujourd’", "journee": "journée",
}  # fmt: skip
_ONE_DAY = timedelta(days=1)
_ONE_HOUR = timedelta(hours=1)
_NOON = 12 * 60  # minutes
_SMALL_HOURS = 6 * 60


@dataclass(frozen=True)
class Said:
    """A moment said in a text; `start` and `end` are its tokens, `label` its own words.
    `is_told`: of something that happened then."""

    moment: Moment
    label: str
    start: int
    end: int
    is_told: bool = False


@dataclass(frozen=True)
class Times:
    """`asked`: the first moment at which somebody is asked for. `told`: those said before it at which
    something happened: no moment to be received at, and no words to look for."""

    asked: Said | None
    told: tuple[Said, ...] = ()


def times_said(tokens: Sequence[str], at: datetime, department: str = "") -> Times:
    """What the text says of time, seen from `at` (aware), on the clock of a department."""
    here = at.astimezone(zone_of(department or "75"))
    told: list[Said] = []
    index = 0
    while index < len(tokens):
        found = (
            _holiday_at(tokens, index, here, department or "75")
            or _day_at(tokens, index, here, is_story=bool(told))
            or _phrase_at(tokens, index, here, department)
            or _hour_at(tokens, index, here, is_story=bool(told))
            or _night_at(tokens, index, here)
        )
        if found and not found.is_told:
            return Times(found, tuple(told))
        told += [found] if found else []
        index = found.end if found else index + 1
    return Times(None, tuple(told))


def _said(tokens: Sequence[str], index: int, end: int, moment: Moment, *, is_told: bool = False) -> Said:
    words = " ".join(_ACCENTS.get(token, token) for token in tokens[index:end])
    words = (
        words.replace("’ ", "’").replace("après midi", "après-midi").replace("après demain", "après-demain")
    )
    return Said(moment, words, index, end, is_told)


def _day_at(tokens: Sequence[str], index: int, here: datetime, *, is_story: bool) -> Said | None:
    """ "dimanche", "samedi matin", "demain soir", "lundi prochain à 9h30", "ce soir vers 20h"."""
    day = day_at(tokens, index, here)
    if day is None:
        return None
    hour = hour_at(tokens, day.end)
    if hour is None and day.needs_hour:
        return None
    start, end = _instant(day, hour, here) if hour else _span(day.day, day.part, here)
    if day.comes_back and end <= here:
        start, end = start + WEEK, end + WEEK
    after = hour.end if hour else day.end
    happened = end <= here or (not day.is_ahead and is_told(tokens, index, after, is_story=is_story))
    start = start if happened else max(start, here)
    moment = Moment("", start, start if hour else end)
    return _said(tokens, index, after, moment, is_told=happened)


def _span(day: date, part: str, here: datetime) -> tuple[datetime, datetime]:
    first, last = _PARTS.get(part, _WHOLE_DAY)
    return datetime.combine(day, first, here.tzinfo), datetime.combine(day, last, here.tzinfo)


def _instant(day: DaySaid, hour: HourSaid, here: datetime) -> tuple[datetime, datetime]:
    """From then, for an hour. « cette nuit à 3h » is of the next day, « ce soir à 8h » is 20:00."""
    minutes = hour.minutes
    if not hour.is_set and day.part in ("soir", "nuit"):
        minutes += 2 * _NOON if minutes < _SMALL_HOURS else _NOON if minutes < _NOON else 0
    elif not hour.is_set and day.part == "apres midi" and minutes < _NOON:
        minutes += _NOON
    later, minutes = divmod(minutes, 2 * _NOON)
    clock = time(minutes // 60, minutes % 60)
    start = datetime.combine(day.day + later * _ONE_DAY, clock, here.tzinfo)
    return start, start + _ONE_HOUR


def _phrase_at(tokens: Sequence[str], index: int, here: datetime, department: str) -> Said | None:
    for phrases, when in ((_NOW, "maintenant"), (_TONIGHT, "ce-soir"), (_WEEK_END, "week-end")):
        for phrase in phrases:
            end = index + len(phrase.split())
            if " ".join(tokens[index:end]) == phrase and not (when == "maintenant" and _hits(tokens, index)):
                moment = moment_of(when, here, department)  # type: ignore[arg-type]
                assert moment is not None
                may_be_over = phrase in _MAY_BE_OVER or (when == "ce-soir" and moment.start == here)
                happened = may_be_over and is_told(tokens, index, end)
                return _said(tokens, index, end, moment, is_told=happened)
    return None


def _hits(tokens: Sequence[str], index: int) -> bool:
    """« il la frappe maintenant », « tape sa femme maintenant »: a danger, which the lexicon reads."""
    return not _BLOWS.isdisjoint(tokens[max(0, index - 3) : index])


def _hour_at(tokens: Sequence[str], index: int, here: datetime, *, is_story: bool) -> Said | None:
    """ "à 3 h du matin", "à 23h", "7h du soir", "2h du mat": the next time that the clock says it.
    « après 18h » is asked of a service: people come home after an hour, too."""
    hour = hour_at(tokens, index)
    if hour is None or not (hour.is_exact or (hour.is_near and is_asked(tokens, index, hour.end))):
        return None
    later, minutes = divmod(hour.minutes, 2 * _NOON)
    start = here.replace(hour=minutes // 60, minute=minutes % 60, second=0, microsecond=0) + later * _ONE_DAY
    start = start if start >= here else start + _ONE_DAY
    happened = is_told(tokens, index, hour.end, is_hour=True, is_story=is_story)
    return _said(tokens, index, hour.end, Moment("", start, start), is_told=happened)


def _night_at(tokens: Sequence[str], index: int, here: datetime) -> Said | None:
    """ "police ouverte la nuit", "ouvert le soir": the coming one, or what is left of it."""
    if tokens[index] not in _NIGHT_WORDS:
        return None
    for part, phrases in _NIGHTS.items():
        for phrase in phrases:
            end = index + len(phrase.split())
            if " ".join(tokens[index:end]) != phrase:
                continue
            is_clear = _OTHER_NIGHTS.isdisjoint(tokens[max(0, index - 1) : index])
            if not is_asked(tokens, index, end, is_clear=is_clear):
                return None
            if part == "nuit" and here.time() < MORNING:
                return _said(tokens, index, end, Moment("", here, here.replace(hour=MORNING.hour, minute=0)))
            start, last = _span(here.date(), part, here)
            if last <= here:
                start, last = start + _ONE_DAY, last + _ONE_DAY
            return _said(tokens, index, end, Moment("", max(start, here), last))
    return None


def _holiday_at(tokens: Sequence[str], index: int, here: datetime, department: str) -> Said | None:
    """ "jour férié", "le jour de Noël à 14h": the coming one; all day long once it has begun."""
    holiday = holiday_at(tokens, index, here.date(), department)
    if holiday is None:
        return None
    part, end = part_at(tokens, holiday.end)
    hour = hour_at(tokens, end)
    end = hour.end if hour else end
    if not is_asked(tokens, index, end, is_clear=holiday.is_clear):
        return None
    day = DaySaid(holiday.day, part, end)
    start, last = _instant(day, hour, here) if hour else _span(day.day, part, here)
    start = max(start, here)
    return _said(tokens, index, end, Moment("", start, start if hour else max(start, last)))
