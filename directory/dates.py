"""Days in words: « 1er novembre 2026 » (Django's own formats know no « 1er » in French)."""

from datetime import date

from django.utils.formats import date_format

from directory.hours.wording import day_number


def long_date(day: date) -> str:
    return f"{day_number(day.day)} {date_format(day, 'F Y')}"


def day_and_month(day: date) -> str:
    return f"{day_number(day.day)} {date_format(day, 'F')}"
