"""Conditions of the rules in the words of Elasticsearch, to the letter."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.gis.measure import D
from django.db.models import Q

from directory.models.service import make_point
from directory.visibility import ANONYMOUS, readable
from search.backends.elastic.translating import translated
from search.backends.rules import WordsHeld
from tests.search.elastic_bodies import any_of, none_of

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
EVERYTHING: dict[str, Any] = {"match_all": {}}
AROUND_EIGHT_KM = ["452,54", "452,55", "452,56", "453,54", "453,56", "454,54", "454,55", "454,56"]

# --- Conditions ---------------------------------------------------------------------------------------------

CONDITIONS = {
    "nothing": (Q(), EVERYTHING),
    "equal": (Q(audience="public"), {"term": {"audience": "public"}}),
    "key": (Q(pk__in=[3, 4]), {"terms": {"rank": [3, 4]}}),
    "organisation": (Q(organisation_id__in=[3]), {"terms": {"organisation": [3]}}),
    "among none": (Q(pk__in=[]), {"match_none": {}}),
    "overlap": (Q(types__overlap=["crip"]), {"terms": {"types": ["crip"]}}),
    "half-hours are tokens": (Q(slots__overlap=[17, 18]), {"terms": {"slots": ["17", "18"]}}),
    "no coverage": (Q(coverage=[]), {"term": {"has_coverage": False}}),
    "null": (Q(verified_on__isnull=True), none_of({"exists": {"field": "verified_on"}})),
    "not null": (Q(places__isnull=False), {"exists": {"field": "places"}}),
    "before": (Q(verified_on__lt=AT.date()), {"range": {"verified_on": {"lt": "2026-11-26"}}}),
    "near": (
        Q(undeclared_places__dwithin=(make_point(5.55, 45.35), D(km=8))),
        any_of(
            {"terms": {"undeclared_cells": ["453,55"]}},
            {
                "function_score": {
                    "query": {"terms": {"undeclared_cells": AROUND_EIGHT_KM}},
                    "functions": [
                        {
                            "linear": {
                                "places": {
                                    "origin": {"lon": 5.55, "lat": 45.35},
                                    "offset": "8km",
                                    "scale": "1km",
                                    "decay": 0.5,
                                }
                            }
                        }
                    ],
                    "boost_mode": "replace",
                    "min_score": 1,
                }
            },
        ),
    ),
    "near, for all entries": (
        Q(places__dwithin=(make_point(5.59, 45.36), D(km=20))),
        {"geo_distance": {"distance": "20km", "places": {"lon": 5.59, "lat": 45.36}}},
    ),
    "far": (
        Q(undeclared_places__dwithin=(make_point(5.59, 45.36), D(km=150))),
        {"geo_distance": {"distance": "150km", "places": {"lon": 5.59, "lat": 45.36}}},
    ),
    "in a name": (Q(called__overlap=["ecout"]), {"terms": {"called": ["ecout"]}}),
    "not among none": (~Q(pk__in=[]), EVERYTHING),
    "all but one impossible": (Q(audience="public") | Q(pk__in=[]), {"term": {"audience": "public"}}),
    "impossible": (Q(audience="public") & Q(pk__in=[]), {"match_none": {}}),
    "a word": (Q(text=WordsHeld([("ecout",)])), {"term": {"text": "ecout"}}),
    "a word of a title": (Q(text=WordsHeld([("ecout",)], "A")), {"term": {"text_a": "ecout"}}),
    "a phrase or a word": (
        Q(text=WordsHeld([("accueil jour", "laj")])),
        any_of({"match_phrase": {"text": "accueil jour"}}, {"term": {"text": "laj"}}),
    ),
    "not": (~Q(audience="public"), none_of({"term": {"audience": "public"}})),
    "both, not either": (
        Q(audience="public", for_victims=True) & ~(Q(pk__in=[1]) | Q(pk__in=[2])),
        {
            "bool": {
                "filter": [
                    {"term": {"audience": "public"}},
                    {"term": {"for_victims": True}},
                    none_of(any_of({"terms": {"rank": [1]}}, {"terms": {"rank": [2]}})),
                ]
            }
        },
    ),
}


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_conditions_are_translated(condition: Q, expected: Any) -> None:
    assert translated(condition) == expected


def test_a_condition_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="no query for name__regex"):
        translated(Q(name__regex="x"))


def test_the_public_counts_what_is_public() -> None:
    """`visibility.readable`, and nothing added."""
    assert translated(readable(ANONYMOUS)) == {"term": {"audience": "public"}}
