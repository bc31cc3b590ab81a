"""Months and dates in French: « en juillet et août », « du 24 décembre au 2 janvier », « le 24/12 »."""

from dataclasses import replace

from django.utils.translation import gettext as _

from directory.hours.osm import checked
from directory.hours.reader import Reader
from directory.hours.rules import Date, Dates, HoursError, Months, Years


def starts_date(reader: Reader) -> bool:
    """Whether a month or a date comes: a rank or a number counts when a month follows."""
    if reader.peek("MONTH", "DATE"):
        return True
    if not reader.peek("RANK", "NUMBER"):
        return False
    following = reader.ahead()
    while following.take("RANK", "NUMBER", "TO", "AND"):
        pass
    return following.peek("MONTH") is not None


def read_dates(reader: Reader) -> tuple[tuple[Months | Dates, ...], tuple[Years, ...]]:
    """A month or a run of months with its year, or a list of days or a range of days."""
    if reader.peek("MONTH"):
        return _read_months(reader)
    first = _read_day(reader)
    if reader.take("TO"):
        return (_range(first, _read_day(reader)),), ()
    days = [first]
    while reader.peek("AND") and _day_follows(reader):
        reader.take("AND")
        days.append(_read_day(reader))
    last = days[-1]
    filled = [day if day.month else replace(day, month=last.month, year=last.year) for day in days]
    return tuple(Dates(day, day) for day in map(checked, filled)), ()


def _day_follows(reader: Reader) -> bool:
    following = reader.ahead()
    return not following.peek("MONTH") and starts_date(following)


def _read_months(reader: Reader) -> tuple[tuple[Months | Dates, ...], tuple[Years, ...]]:
    first = reader.take_any().value
    last = first
    if reader.at("TO", "MONTH"):
        reader.take("TO")
        last = reader.take_any().value
    year = reader.take("YEAR")
    return (Months(first, last),), (Years(year.value, year.value),) if year else ()


def _read_day(reader: Reader) -> Date:
    """A day; its month is 0 when it comes later (« du 1er au 15 août »)."""
    if token := reader.take("DATE"):
        return checked(Date(token.month, token.value, token.year or None))
    day = reader.take("RANK", "NUMBER")
    if day is None:
        raise HoursError(_incomplete())
    month = reader.take("MONTH")
    year = reader.take("YEAR") if month else None
    return Date(month.value if month else 0, day.value, year.value if year else None)


def _range(first: Date, last: Date) -> Dates:
    if not last.month:
        raise HoursError(_incomplete())
    first = first if first.month else replace(first, month=last.month)
    if last.year and not first.year:
        follows = (first.month, first.day) <= (last.month, last.day)
        first = replace(first, year=last.year if follows else last.year - 1)
    if first.year and not last.year:
        raise HoursError(_("Indiquez aussi l’année de la fin, par exemple « du 24/12/2026 au 02/01/2027 »."))
    if first.year and _key(first) > _key(last):
        raise HoursError(_("Ces dates sont à l’envers : vérifiez le début et la fin."))
    return Dates(checked(first), checked(last))


def _key(date: Date) -> tuple[int, int, int]:
    return date.year or 0, date.month, date.day


def _incomplete() -> str:
    return _("Cette date n’est pas complète : écrivez par exemple « fermé du 24 décembre au 2 janvier ».")
