"""Conditions of the rules, said in the words of each engine."""

from typing import Any

import pytest
from django.db.models import Q

from search.backends.elastic import translating as elastic
from search.backends.postgres import translating as postgres

TOLD: dict[str, tuple[Q, Any, Any]] = {
    "everything": (Q(), {"match_all": {}}, ("true", [])),
    "nothing": (Q(pk__in=[]), {"match_none": {}}, ("false", [])),
    "all but nothing": (~Q(pk__in=[]), {"match_all": {}}, ("true", [])),
    "nothing else": (Q(audience="public") & Q(pk__in=[]), {"match_none": {}}, ("false", [])),
    "a single way": (
        Q(audience="public") | Q(pk__in=[]),
        {"term": {"audience": "public"}},
        ("audience = %s", ["public"]),
    ),
    "its key": (Q(pk__in=[3]), {"terms": {"rank": [3]}}, ("service_id = ANY(%s)", [[3]])),
    "what is unknown is not met": (
        ~Q(audience="public"),
        {"bool": {"must_not": [{"term": {"audience": "public"}}]}},
        ("(audience = %s) IS NOT TRUE", ["public"]),
    ),
}


@pytest.mark.parametrize(("condition", "query", "sql"), TOLD.values(), ids=TOLD.keys())
def test_each_engine_says_it_in_its_words(condition: Q, query: Any, sql: Any) -> None:
    assert elastic.translated(condition) == query
    assert postgres.translated(condition) == sql


@pytest.mark.parametrize("engine", [elastic, postgres])
def test_a_condition_that_is_not_known_is_refused(engine: Any) -> None:
    with pytest.raises(ValueError, match="no query for name__regex"):
        engine.translated(Q(audience="public") & Q(name__regex="x"))
