"""Hours that half-hours of a week cannot tell: « le deuxième mardi », 8:45, a night that ends after 0:00.

In the index they are a key: the calendar that they follow and their OSM texts. Many entries share one:
each is judged once a day, whatever the number of entries.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from directory.hours import Interval, openings_on
from search.moments import Moment

ONE_DAY = timedelta(days=1)


def key_of(odd: Sequence[str], clock: str) -> str:
    """ "" when there is none."""
    return json.dumps([clock, *odd], ensure_ascii=False) if odd else ""


@lru_cache(maxsize=50_000)
def _openings(key: str, day: date) -> tuple[Interval, ...]:
    clock, *odd = json.loads(key)
    return tuple(interval for osm in odd for interval in openings_on(osm, day, clock))


def clock_of(key: str) -> str:
    return key[2 : key.index('"', 2)]


def opening_days(key: str, moment: Moment) -> list[date]:
    """The days whose hours are open at that moment; the day before it too, for a night that goes on."""
    days = [moment.days[0] - ONE_DAY, *moment.days]
    return [day for day in days if any(_covers(one, moment) for one in _openings(key, day))]


def _covers(interval: Interval, moment: Moment) -> bool:
    if moment.is_instant:
        return interval.start <= moment.start < interval.end
    return interval.start < moment.end and moment.start < interval.end
