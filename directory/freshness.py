"""How fresh an entry is: computed from the date of verification, never stored. Saving is not verifying."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from directory.dates import long_date

# domain.md §3: up to date under 6 months, to confirm to 12, expired beyond.
MONTHS_UP_TO_DATE = 6
MONTHS_TO_EXPIRED = 12


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = [31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return date(year, month, min(day.day, last))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True)
class Freshness:
    """`slug` of taxonomy.FRESHNESS; `is_stale` when it ranks below the equally competent."""

    slug: str
    label: str
    is_stale: bool


def freshness_of(verified_on: date | None, today: date) -> Freshness:
    if verified_on is None:
        return Freshness("jamais-verifie", _("Jamais vérifié"), is_stale=True)
    if verified_on < stale_before(today):
        return Freshness("perime", _("Non vérifié depuis plus d’un an"), is_stale=True)
    label = _("Vérifié le %(day)s") % {"day": long_date(verified_on)}
    fresh = add_months(verified_on, MONTHS_UP_TO_DATE) > today
    return Freshness("a-jour" if fresh else "a-confirmer", label, is_stale=False)


def stale_before(today: date) -> date:
    """Entries verified before this day are stale: the limit that both engines compare with."""
    return add_months(today, -MONTHS_TO_EXPIRED)
