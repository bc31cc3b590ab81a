"""The pages that a question is about: a request for what is held, one for the texts of what answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, prod
from typing import Any

from django.db.models import Q

from search import ranking
from search.backends import page_rules, rules
from search.backends.base import PageHit, subjects_of
from search.backends.elastic import rounds
from search.backends.elastic.client import Search
from search.backends.elastic.mapping import alias_of
from search.backends.elastic.rounds import Rounds
from search.backends.elastic.translating import constant, translated
from search.backends.worth import Factor
from search.excerpts import excerpt_of
from search.question import Question

MOST_HELD = 2000
_COLUMNS = ["source", "key", "part_of", "language", "types", "violences", "publics"]


@dataclass(frozen=True)
class _Page:
    """A page held. `words`: for each term, the weight of the best field that holds it."""

    row: Mapping[str, Any]
    words: tuple[float, ...]
    score: float = 0.0


def finding(question: Question, limit: int) -> Rounds[tuple[PageHit, ...]]:
    """`Backend.find_pages`: no request when nothing that pages answer was asked."""
    asked = subjects_of(question)
    if not (question.terms or asked):
        return ()
    found = yield from rounds.asked(Search(alias_of("pages"), held_body(question, asked)))
    held = [_Page(hit["_source"], _words(hit, len(question.terms))) for hit in found["hits"]["hits"]]
    best = list(_few(_scored(question, asked, held, found["aggregations"]["every"]["doc_count"]), limit))
    bodies = yield from _bodies(best)
    return tuple(
        PageHit(
            page.row["source"],
            page.row["key"],
            page.row["part_of"],
            page.row["language"],
            page.score,
            excerpt_of(bodies.get(_id(page), ""), question.terms),
        )
        for page in best
    )


def held_body(question: Question, asked: page_rules.Asked) -> dict[str, Any]:
    """What is held, and by which fields: each is a query with its name. `every`: how many pages there are."""
    fields = [
        constant(translated(condition), weight, f"{index}:{place}")
        for index, term in enumerate(question.terms)
        for place, (condition, weight) in enumerate(rules.fields_of(term))
    ]
    held = {"bool": {"filter": [translated(page_rules.held(question, asked))], "should": fields}}
    return {
        "query": held,
        "size": MOST_HELD,
        "_source": _COLUMNS,
        "sort": [{"rank": "asc"}],
        "aggs": {"every": {"global": {}}},
    }


def _words(hit: Mapping[str, Any], count: int) -> tuple[float, ...]:
    weights = list(ranking.FIELDS.values())
    best = [0.0] * count
    for name in hit.get("matched_queries", []):
        term, field = map(int, name.split(":"))
        best[term] = max(best[term], weights[field])
    return tuple(best)


def _scored(
    question: Question, asked: page_rules.Asked, held: Sequence[_Page], every: int
) -> Iterator[_Page]:
    """Those that answer, as `search.ranking` weighs them."""
    count = len(question.terms)
    holders = [sum(page.words[index] > 0 for page in held) for index in range(count)]
    rare = [1 + log(every / one) if one else 1.0 for one in holders]
    about, filters = page_rules.about(question), page_rules.filters_met(asked)
    said = []
    for page in held:
        if count:
            share = sum(word * one for word, one in zip(page.words, rare, strict=True)) / sum(rare)
        else:
            share = sum(_value(one, page.row) for one in filters)
        said.append(max(share, _value(about, page.row)))
    least = max(ranking.PAGE_FLOOR, ranking.PAGE_SHARE * max(said, default=0.0))
    for page, share in zip(held, said, strict=True):
        if share >= least:
            worth = prod(_value(one, page.row) for one in page_rules.factors(asked))
            yield replace(page, score=worth * (1 + ranking.TEXT * share))


def _value(factor: Factor, row: Mapping[str, Any]) -> float:
    return next((value for condition, value in factor.cases if _meets(condition, row)), factor.otherwise)


def _meets(condition: Q, row: Mapping[str, Any]) -> bool:
    """Whether a page meets what is said of its slugs."""
    found = []
    for one in condition.children:
        if isinstance(one, Q):
            found.append(_meets(one, row))
            continue
        column, _, lookup = one[0].partition("__")
        held, asked = set(row[column]), set(one[1])
        found.append(bool(held & asked) if lookup == "overlap" else held <= asked)
    met = all(found) if condition.connector == Q.AND else any(found)
    return met is not condition.negated


def _few(pages: Iterable[_Page], limit: int) -> Iterator[_Page]:
    """The best first, a few chapters of each guide."""

    def order(page: _Page) -> tuple[float, str, int, str]:
        return (-page.score, page.row["source"], len(page.row["key"]), page.row["key"])

    chapters: Counter[tuple[str, str]] = Counter()
    for page in sorted(pages, key=order):
        guide = (page.row["source"], page.row["part_of"])
        chapters[guide] += 1
        if guide[1] and chapters[guide] > ranking.MOST_CHAPTERS:
            continue
        yield page
        limit -= 1
        if not limit:
            return


def _id(page: _Page) -> str:
    return f"{page.row['source']}:{page.row['key']}"


def _bodies(pages: Sequence[_Page]) -> Rounds[dict[str, str]]:
    if not pages:
        return {}
    body = {
        "query": {"ids": {"values": [_id(page) for page in pages]}},
        "size": len(pages),
        "_source": ["body"],
    }
    found = yield from rounds.asked(Search(alias_of("pages"), body))
    return {hit["_id"]: hit["_source"]["body"] for hit in found["hits"]["hits"]}
