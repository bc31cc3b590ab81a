"""How times, days and dates are said. Spaces inside a time or before a French colon do not break."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.hours.rules import DAY, Minutes

NBSP = "\u00a0"


def weekday(number: int) -> str:
    """0 is Monday; in lower case."""
    names = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))
    return names[number]


def month(number: int) -> str:
    """1 is January; in lower case."""
    names = (
        _("janvier"), _("février"), _("mars"), _("avril"), _("mai"), _("juin"),
        _("juillet"), _("août"), _("septembre"), _("octobre"), _("novembre"), _("décembre"),
    )  # fmt: skip
    return names[number - 1]


def clock(minutes: int) -> str:
    """Minutes of the day → « 9 h », « 17 h 30 », « minuit » at its end."""
    if minutes == DAY:
        return _("minuit")
    return time_of_day(*divmod(minutes % DAY, 60))


def time_of_day(hour: int, minute: int) -> str:
    """« 9 h », « 17 h 30 »."""
    text = _("%(hour)d h %(minute)02d") if minute else _("%(hour)d h")
    return text.replace(" ", NBSP) % {"hour": hour, "minute": minute}


def labelled(label: str, text: str) -> str:
    """« Lundi : 9 h – 12 h », with the space that French wants before its colon."""
    return _("%(label)s : %(text)s").replace(" :", f"{NBSP}:") % {"label": label, "text": text}


def time_range(span: Minutes) -> str:
    return f"{clock(span[0])} – {clock(span[1])}"


def time_ranges(spans: tuple[Minutes, ...]) -> str:
    """« 9 h – 12 h, 14 h – 17 h 30 », « jour et nuit » for a whole day."""
    if spans == ((0, DAY),):
        return _("jour et nuit")
    return ", ".join(time_range(span) for span in spans)


def day_of(day: date, today: date | None = None) -> str:
    """« 3 janvier », « 1er mars 2028 » when it is not within the year that follows `today`."""
    text = f"{day_number(day.day)}{NBSP}{month(day.month)}"
    return text if today is None or abs((day - today).days) < 300 else f"{text} {day.year}"


def day_number(number: int) -> str:
    """« 1er », « 2 », as in « 1er mars »."""
    return pgettext("date", "1er") if number == 1 else str(number)


def closing_time(end: datetime, at: datetime) -> str:
    """When it closes, said at `at`, both in the place's zone: « à 17 h 30 », « vendredi à 18 h »."""
    midnight = end.hour == end.minute == 0
    day = date.fromordinal(end.toordinal() - midnight)
    hour = clock(DAY if midnight else end.hour * 60 + end.minute)
    tonight = (day - at.date()).days == 1 and end - at < timedelta(hours=12)
    return _at_hour("" if tonight else _day_from(day, at.date()), hour)


def opening_time(start: datetime, at: datetime) -> str:
    """When it opens again: « à 14 h », « demain à 9 h », « vendredi à 8 h 30 », « le 12 janvier à 9 h »."""
    return _at_hour(_day_from(start.date(), at.date()), clock(start.hour * 60 + start.minute))


def _at_hour(day: str, hour: str) -> str:
    if not day:
        return _("à %(hour)s") % {"hour": hour}
    return _("%(day)s à %(hour)s") % {"day": day, "hour": hour}


def _day_from(day: date, today: date) -> str:
    distance = (day - today).days
    if distance == 0:
        return ""
    if distance == 1:
        return _("demain")
    return weekday(day.weekday()) if 1 < distance < 7 else _("le %(day)s") % {"day": day_of(day, today)}


def join_words(words: list[str]) -> str:
    """« lundi, mardi et jeudi »."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
