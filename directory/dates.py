"""Days in words: « 1er novembre 2026 » (Django's own formats know no « 1er » in French)."""

import re
from datetime import date

from django.utils.formats import date_format

from directory.hours.wording import day_number

_WRITTEN = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


def long_date(day: date) -> str:
    return f"{day_number(day.day)} {date_format(day, 'F Y')}"


def written_date(text: str) -> str:
    """ "2026-11" → « novembre 2026 », "2026-11-27" → « 27 novembre 2026 »; "" for anything else."""
    if not _WRITTEN.fullmatch(text):
        return ""
    is_a_month = len(text) == len("2026-11")
    try:
        day = date.fromisoformat(f"{text}-01" if is_a_month else text)
    except ValueError:
        return ""
    return date_format(day, "F Y") if is_a_month else long_date(day)


def day_and_month(day: date) -> str:
    return f"{day_number(day.day)} {date_format(day, 'F')}"
