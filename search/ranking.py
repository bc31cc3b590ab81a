"""The weights of the search, in one place, for every engine.

A score is a product, so that no single match outweighs a wrong public:

    (1 + TYPE_NAMED · its type was named) · (1 + TEXT · text) · public · specificity · distance
    · stale · suspended · perpetrators' services that nobody asked for

`text` goes from 0 to 1: over the words asked, the weight of the best field that holds each, a rare word
counting more than a common one. Each step of SPECIFICITY is wider than STALE, so that staleness reorders
only the equally competent (design.md §5).
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

TYPE_NAMED = 8.0
TEXT = 5.0

# What a word weighs by the field that holds it: A type and name, B organisation and communes,
# C summary, publics, violences and provisions, D description.
FIELDS: Mapping[str, float] = MappingProxyType({"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.3})

# A result whose words weigh less than this share of the best one's is left out: a long sentence is answered
# by any of its words, but not by everything that says « femme ».
TEXT_FLOOR = 0.25

SPECIFICITY: Mapping[str, float] = MappingProxyType(
    {"commune": 3.05, "area": 2.1, "department": 1.45, "region": 1.0, "national": 1.0, "proximity": 1.0}
)
# What was understood of the situation: a service that names it counts more than one that helps everybody.
VIOLENCE_SAID = 1.0
NEED_SAID = 1.5
# Too old, too young, of the other gender: they are not received (domain.md R19).
PERSON_EXCLUDED = 0.2
# Who receives men alone, or women alone, does not lead when nothing says who asks.
MEN_ONLY_UNASKED = 0.5
WOMEN_ONLY_UNASKED = 0.7
LANGUAGE_SPOKEN = 2.0
# The types of the first doors of a situation, when no place is known: less from door to door.
DOOR_SAID = 2.0
DOORS = 4
# Closed at the moment said.
SHUT_THEN = 0.35

STALE = 0.7
SUSPENDED = 0.5
PERPETRATORS_UNASKED = 0.1

# The publics asked for are declared by the service, or merely accepted like all others.
PUBLIC_DECLARED = 1.8
PUBLIC_ACCEPTED = 1.2

# Distance: nothing is lost within NEAR_KM; half of what can be is lost every HALF_KM; FAR stays at the end.
NEAR_KM, HALF_KM, FAR = 1.0, 20.0, 0.4
# A service without a place neither leads nor vanishes.
NO_PLACE = 0.6

# For those who must leave: who does not receive people from elsewhere, unless asked for, does not lead.
NOT_RECEIVING = 0.2
# What has no place, by how many departments are nearer: less than what has one, which is far already.
DEPARTMENTS_AWAY = ((3, 0.7), (10, 0.65))
FAR_DEPARTMENT = 0.6

# How far a service that declares no coverage may be; then, when nothing was found.
PROXIMITY_KM = 50
WIDER_PROXIMITY_KM = 150

# Pages (guides, sheets, measures) are weighed apart, and never mixed with services:
#
#     (1 + TEXT · text) · a type asked · a violence asked · a public asked
#
# `text` is as above, over all pages. A word that no page holds counts as one that all of them hold: the name
# of a town takes a little of what « CRIP » gives, no more. Without words, it is the share of the filters met.
# A page whose text is under PAGE_FLOOR does not answer: it mentions once what others are about. Nor does one
# under PAGE_SHARE of the best one's. One that is about a type that was named holds at least PAGE_ABOUT of the
# words, whatever it says; one that is about no other holds them all.
PAGE_FLOOR = 0.25
PAGE_SHARE = 0.45
PAGE_ABOUT = 0.5
PAGE_ASKED: Mapping[str, float] = MappingProxyType({"types": 2.0, "violences": 1.5, "publics": 1.3})
# A public is what most pages have in common: alone, it does not make one that is about another violence.
PAGE_FILTERS: Mapping[str, float] = MappingProxyType({"types": 1.0, "violences": 1.0, "publics": 0.5})

# What is shown: so many pages, and so many chapters of each.
MOST_READINGS = 4
MOST_CHAPTERS = 3

PERPETRATOR_ROLE = "auteur"
PERPETRATOR_PROVISION = "prise-en-charge-auteur"
PERPETRATOR_ROOTS = frozenset({"auteur", "autric", "agres"})


def specificity(level: str) -> float:
    return SPECIFICITY[level]


def asks_for_perpetrators(
    publics: Collection[str], provisions: Collection[str], roots: Collection[str]
) -> bool:
    """Whether the filters or the words ask for those who take care of perpetrators (domain.md R16)."""
    return (
        PERPETRATOR_ROLE in publics
        or PERPETRATOR_PROVISION in provisions
        or not PERPETRATOR_ROOTS.isdisjoint(roots)
    )
