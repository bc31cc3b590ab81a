"""What each word weighs, by its rarity among the candidates, and the text of the best of them.

One request tells it: the score of each candidate is made a number whose digits say which field holds each
word best, and the server counts the candidates by that number. A long sentence takes two requests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from search import ranking
from search.backends import rules
from search.backends.elastic.translating import Query, constant, translated, words_held
from search.question import Term

Body = dict[str, Any]

# A digit for each word: 0 when nothing holds it, then the fields, the lightest first.
_WEIGHTS = (0.0, *sorted(ranking.FIELDS.values()))
_DIGITS = len(_WEIGHTS)
# The server counts scores in simple precision: 24 bits.
MOST_DIGITS = 10
MOST_NUMBERS = 60_000


@dataclass(frozen=True)
class Weighing:
    """`rarities`: in the order of the terms; `best`: the text of the best candidate."""

    rarities: tuple[float, ...] = ()
    best: float = 0.0

    def share(self, index: int) -> float:
        whole = sum(self.rarities)
        return self.rarities[index] / whole if whole else 0.0


# Whichever field holds a single word, it weighs more than what is left out (`ranking.TEXT_FLOOR`).
OF_ONE_WORD = Weighing((1.0,))


def texts(terms: Sequence[Term], weighing: Weighing, factor: float = 1.0) -> Iterator[Query]:
    """For each term, the weight of the best field that holds it, by its rarity; their sum is `text`."""
    for index, term in enumerate(terms):
        if share := weighing.share(index) * factor:
            yield _best_field(term, lambda weight, share=share: weight * share)


def _best_field(term: Term, worth: Callable[[float], float]) -> Query:
    fields = rules.fields_of(term)
    return {"dis_max": {"queries": [constant(translated(held), worth(weight)) for held, weight in fields]}}


def _rarity(total: int, holding: int) -> float:
    """A rare word counts more, as rare as it is among what this reader may count."""
    return log(1 + total / holding) if holding else 0.0


# --- In one request -----------------------------------------------------------------------------------------


def counted_body(among: Query, terms: Sequence[Term]) -> Body:
    """How many candidates hold the words alike. At most MOST_DIGITS terms."""
    digits = [
        _best_field(term, lambda weight, index=index: _WEIGHTS.index(weight) * _DIGITS**index)
        for index, term in enumerate(terms)
    ]
    script = {"source": "_score.longValue()"}
    numbers = {"script": script, "value_type": "long", "size": MOST_NUMBERS}
    return {
        "query": {"bool": {"filter": [among], "should": digits}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {"numbers": {"terms": numbers}},
    }


def counted_of(answer: Mapping[str, Any], count: int) -> Weighing:
    buckets = answer["aggregations"]["numbers"]["buckets"]
    alike = [(_weights(int(bucket["key"]), count), bucket["doc_count"]) for bucket in buckets]
    total = sum(held for _weights, held in alike)
    holding = [sum(held for weights, held in alike if weights[index]) for index in range(count)]
    weighing = Weighing(_rarities(total, holding))
    best = max((_text(weights, weighing) for weights, _held in alike), default=0.0)
    return Weighing(weighing.rarities, best)


def _weights(number: int, count: int) -> tuple[float, ...]:
    return tuple(_WEIGHTS[number // _DIGITS**index % _DIGITS] for index in range(count))


def _rarities(total: int, holding: Sequence[int]) -> tuple[float, ...]:
    return tuple(_rarity(total, one) for one in holding)


def _text(weights: Sequence[float], weighing: Weighing) -> float:
    return sum(weight * weighing.share(index) for index, weight in enumerate(weights))


# --- In two -------------------------------------------------------------------------------------------------


def rarities_body(among: Query, terms: Sequence[Term]) -> Body:
    """How many candidates there are, and how many hold each term."""
    holders = {str(index): words_held([term]) for index, term in enumerate(terms)}
    return {
        "query": among,
        "size": 0,
        "track_total_hits": True,
        "aggs": {"words": {"filters": {"filters": holders}}},
    }


def rarities_of(answer: Mapping[str, Any], count: int) -> tuple[float, ...]:
    held = answer["aggregations"]["words"]["buckets"]
    return _rarities(
        answer["hits"]["total"]["value"], [held[str(index)]["doc_count"] for index in range(count)]
    )


def best_body(among: Query, terms: Sequence[Term], weighing: Weighing) -> Body:
    """The text of the best candidate is the greatest score."""
    query = {"bool": {"filter": [among], "should": list(texts(terms, weighing)), "minimum_should_match": 1}}
    return {"query": query, "size": 1, "_source": False, "track_total_hits": False}
