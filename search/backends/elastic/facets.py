"""How many: the total and the facets, what each value would give were it the only one of its facet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from search.backends import rules
from search.backends.base import FACETS
from search.backends.elastic.mapping import LETTERS
from search.backends.elastic.queries import Body, Kept
from search.backends.elastic.translating import all_of

MOST_VALUES = 500
MOST_SETS = 60_000
_BITS = 32
_MOST = (1 << _BITS) - 1
_PLACES = {letter: index * _BITS for index, letter in enumerate(LETTERS.values())}


def counts(held: Kept) -> list[Body]:
    """The total and the facets; then, for each filter in use, its own facet, counted without it. To be asked
    beside the page: what has no hit is kept by the server until the index changes, and nothing in it is of
    the day."""
    passed = held.passed
    facets = {name: _facet(name, column) for name, column in rules.counted(passed) if name not in passed}
    counted = {"query": held.query, "size": 0, "track_total_hits": True, "aggs": facets}
    return [counted, *_wider(held)]


def _wider(held: Kept) -> Iterator[Body]:
    for name, column in rules.counted(held.passed):
        if name in held.passed:
            others = [query for other, query in held.passed.items() if other != name]
            yield {
                "query": all_of([*held.among, *others]),
                "size": 0,
                "track_total_hits": False,
                "aggs": {name: _facet(name, column)},
            }


def _facet(name: str, column: str) -> Body:
    """A service answers to ten publics, but the same ten as many others: sets are counted, one a service."""
    if column == "publics":
        return {"terms": {"field": "publics_set", "size": MOST_SETS}}
    return {"terms": {"field": column, "size": MOST_VALUES}}


def facets_of(answers: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for name, counted in (one for answer in answers for one in answer.get("aggregations", {}).items()):
        values = {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}
        facet = rules.facet_of(name)
        found[facet] |= _by_public(values, rules.PUBLIC_FILTERS.get(name)) if facet == "public" else values
    return found


def _by_public(sets: Mapping[str, int], wanted: Collection[str] | None) -> dict[str, int]:
    """All the letters of a set at once: each counts in digits of its own of one great number."""
    counted = sum(count * _digits(letters) for letters, count in sets.items())
    counts = {slug: counted >> _PLACES[letter] & _MOST for slug, letter in LETTERS.items()}
    return {slug: held for slug, held in counts.items() if held and (wanted is None or slug in wanted)}


@lru_cache(maxsize=4096)
def _digits(letters: str) -> int:
    return sum(1 << _PLACES[letter] for letter in letters)
