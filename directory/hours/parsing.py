"""What a person typed → canonical OSM text."""

import re

from directory.hours.french import rules_in
from directory.hours.osm import MAX_LENGTH, rules_of
from directory.hours.rules import HoursError, to_osm

# Words that only OSM has; « Mar », « Sa » or « Dec » are French as well.
# Words that only OSM has; « Mar », « Sa » or « Dec » are French as well.
_OSM_WORDS = re.compile(
    r"\b(?:Mo|Tu|We|Th|Fr|Su|PH|SH|Jan|Feb|Apr|May|Jun|Jul|Aug|Sep|off|closed|unknown|week\s?\d+|sunrise|sunset"
    r"|easter)\b|\|\||\"|^24/7"
)
_CLOCK = re.compile(r"\d:\d\d")


def parse_hours(text: str) -> str:
    """OSM `opening_hours` of a text in plain French or OSM syntax; "" for an empty one.

    Nothing is added about public holidays: what is understood when the text is silent is for reading time.
    Parsing its own result gives it back. Raises HoursError with what to write instead.
    """
    text = text.strip()
    if not text:
        return ""
    if len(text) > MAX_LENGTH or _OSM_WORDS.search(text):
        return to_osm(rules_of(text))
    try:
        osm = to_osm(rules_in(text))
    except HoursError as error:
        return _osm_or(text, error)
    # Read back, so that nothing is kept which could not be shown.
    return to_osm(rules_of(osm))


def _osm_or(text: str, refusal: HoursError) -> str:
    """Not French: maybe OSM without any of its own words (« Dec 09:00-12:00 »); else the French refusal."""
    if not _CLOCK.search(text):
        raise refusal
    try:
        return to_osm(rules_of(text))
    except HoursError:
        raise refusal from None
