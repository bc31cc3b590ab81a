"""Opening hours: typed in plain French or OSM syntax, kept in OSM, said in French.

Pure functions: no model, no database. Hours that say nothing of public holidays are closed on them, except
round-the-clock ones.
"""

from directory.hours.describe import describe_hours
from directory.hours.evaluation import Interval
from directory.hours.holidays import (
    ASCENSION,
    EASTER_MONDAY,
    WHIT_MONDAY,
    calendar_of,
    calendars,
    easter,
    is_public_holiday,
    next_public_holiday,
    zone_of,
)
from directory.hours.parsing import parse_hours
from directory.hours.rules import HoursError
from directory.hours.state import Closure, OpenState, Schedule, open_state, openings_on
from directory.hours.week import WeekDay, WeekSlots, bars_of, slots_of, week_of
from directory.hours.wording import time_of_day

__all__ = [
    "ASCENSION",
    "EASTER_MONDAY",
    "WHIT_MONDAY",
    "Closure",
    "HoursError",
    "Interval",
    "OpenState",
    "Schedule",
    "WeekDay",
    "WeekSlots",
    "bars_of",
    "calendar_of",
    "calendars",
    "describe_hours",
    "easter",
    "is_public_holiday",
    "next_public_holiday",
    "open_state",
    "openings_on",
    "parse_hours",
    "slots_of",
    "time_of_day",
    "week_of",
    "zone_of",
]
