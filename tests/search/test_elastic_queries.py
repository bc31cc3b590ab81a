"""What Elasticsearch is asked, to the letter: pure functions, no server."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from directory.visibility import Kind, Viewer
from search.backends import rules
from search.backends.base import Away, EngineDown, Territory
from search.backends.elastic import facets, mapping, pages, queries, translating, weighing
from search.backends.elastic.weighing import Weighing
from search.backends.worth import Factor
from search.question import Concept, Question
from tests.search.elastic_bodies import any_of, none_of

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
HERE = Territory({"38563": "commune", "dep-38": "department"}, "38", True, (5.59, 45.36))
EVERYTHING: dict[str, Any] = {"match_all": {}}
NO_PUBLIC = {"key": "", "doc_count": 1}
EVERYBODY = queries.candidates(Question(), None, Viewer(Kind.ADMINISTRATOR))


def body_of(question: Question, territory: Territory | None = None, weighing: Weighing | None = None) -> Any:
    return bodies_of(question, territory, weighing)[0]


def bodies_of(
    question: Question,
    territory: Territory | None = None,
    weighing: Weighing | None = None,
    at: datetime = AT,
    is_open_then: Q | None = None,
) -> Any:
    weighing = weighing or Weighing()
    kept = queries.kept(question, EVERYBODY, weighing)
    return [queries.page(question, territory, kept, weighing, at, is_open_then), *facets.counts(kept)]


def set_of(*publics: str) -> str:
    return "".join(mapping.LETTERS[slug] for slug in publics)


# --- Where --------------------------------------------------------------------------------------------------


def left(km: int | None) -> Any:
    away = Away(km, departments=("04", "38"), areas=("area:4", "area:38"), near_areas=("area:5",))
    codes = {"05061": "commune", "area:5": "department", "area:93": "region", "national": "national"}
    here = Territory(codes, "05", True, (6.08, 44.56), away=away)
    return translating.translated(rules.answering(here, None))


def elsewhere(is_there: Any) -> Any:
    return {
        "bool": {
            "filter": [
                any_of(
                    {"bool": {"filter": [{"exists": {"field": "places"}}, *is_there]}},
                    {
                        "bool": {
                            "filter": [
                                none_of({"exists": {"field": "places"}}),
                                any_of(
                                    {"terms": {"department": ["04", "38"]}},
                                    {"terms": {"coverage": ["area:4", "area:38"]}},
                                ),
                                none_of({"terms": {"coverage": ["05061", "area:5", "area:93", "national"]}}),
                            ]
                        }
                    },
                ),
                none_of({"terms": {"coverage": ["national"]}}),
            ]
        }
    }


def test_who_must_leave_is_sent_so_many_kilometres_away() -> None:
    circle = {"geo_distance": {"distance": "50km", "places": {"lon": 6.08, "lat": 44.56}}}
    assert left(50) == elsewhere([none_of(circle)])


def test_or_to_what_another_department_keeps_and_that_does_not_answer_here() -> None:
    kept_here, answers_here = {"term": {"department": "05"}}, {"terms": {"coverage": ["05061", "area:5"]}}
    assert left(None) == elsewhere([none_of(kept_here), none_of(answers_here)])


# --- Scores -------------------------------------------------------------------------------------------------


def test_each_case_of_a_factor_multiplies_alone() -> None:
    factor = Factor(((Q(a=1), 3.0), (Q(b=2), 2.0)), 0.5)
    first, second = {"term": {"a": 1}}, {"term": {"b": 2}}
    assert list(queries._functions(factor)) == [
        {"filter": first, "weight": 3.0},
        {"filter": {"bool": {"filter": [second, none_of(first)]}}, "weight": 2.0},
        {"filter": none_of(any_of(first, second)), "weight": 0.5},
    ]
    assert list(queries._functions(Factor(((Q(a=1), 1.0),)))) == []


def test_distance_takes_half_of_what_it_may_every_twenty_kilometres() -> None:
    scored = body_of(Question(), HERE)["query"]["function_score"]["query"]["function_score"]
    assert (scored["score_mode"], scored["boost_mode"]) == ("sum", "multiply")
    decay = {"origin": {"lon": 5.59, "lat": 45.36}, "offset": "1km", "scale": "20km", "decay": 0.5}
    assert scored["functions"] == [{"weight": 0.4}, {"exp": {"places": decay}, "weight": 0.6}]


def test_what_has_no_place_neither_leads_nor_vanishes() -> None:
    no_place = {"filter": none_of({"exists": {"field": "places"}}), "weight": 0.6}
    assert no_place in body_of(Question(), HERE)["query"]["function_score"]["functions"]
    without_point = Territory(HERE.codes, "38", False)
    assert no_place not in body_of(Question(), without_point)["query"]["function_score"]["functions"]


def test_words_are_worth_their_best_field_by_their_rarity() -> None:
    question = Question(terms=(("ecout",), ("laj",)))
    said = body_of(question, None, Weighing((1.0, 3.0), 0.8))["query"]["function_score"]["query"]["bool"]
    boosts = [
        [one["constant_score"]["boost"] for one in term["dis_max"]["queries"]] for term in said["should"]
    ]
    assert boosts == [pytest.approx([1.25, 1.0, 0.625, 0.375]), pytest.approx([3.75, 3.0, 1.875, 1.125])]
    floor = said["must"][0]["constant_score"]["filter"]["function_score"]
    assert floor["min_score"] == pytest.approx(0.2, rel=1e-4)


def test_a_number_tells_which_field_holds_each_word_best() -> None:
    body = weighing.counted_body(EVERYBODY, (("ecout",), ("laj",)))
    assert (body["size"], body["query"]["bool"]["filter"]) == (0, [EVERYBODY])
    boosts = [
        [one["constant_score"]["boost"] for one in term["dis_max"]["queries"]]
        for term in body["query"]["bool"]["should"]
    ]
    assert boosts == [[4, 3, 2, 1], [20, 15, 10, 5]]
    assert body["aggs"]["numbers"]["terms"]["script"] == {"source": "_score.longValue()"}


def test_rarities_and_the_best_text_are_read_in_those_numbers() -> None:
    """49 hold the first word in their name, one both: the first in its description, the other in its name."""
    buckets = [(0, 50), (4, 49), (4 * 5 + 1, 1)]
    answer = {"aggregations": {"numbers": {"buckets": [{"key": key, "doc_count": n} for key, n in buckets]}}}
    counted = weighing.counted_of(answer, 2)
    assert counted.rarities == pytest.approx((1.0986, 4.6151), abs=1e-4)
    assert counted.best == pytest.approx((0.3 * 1.0986 + 1.0 * 4.6151) / 5.7137, abs=1e-4)
    assert weighing.counted_of({"aggregations": {"numbers": {"buckets": []}}}, 2) == Weighing((0.0, 0.0))


def test_the_greatest_number_is_exact_in_simple_precision() -> None:
    assert 5**weighing.MOST_DIGITS < 2**24


def test_rarity_is_counted_among_the_candidates() -> None:
    body = weighing.rarities_body(EVERYBODY, (("ecout",), ("laj",)))
    assert body["size"] == 0
    assert body["aggs"] == {
        "words": {"filters": {"filters": {"0": {"term": {"text": "ecout"}}, "1": {"term": {"text": "laj"}}}}}
    }
    buckets = {"0": {"doc_count": 50}, "1": {"doc_count": 0}}
    answer = {"hits": {"total": {"value": 100}}, "aggregations": {"words": {"buckets": buckets}}}
    assert weighing.rarities_of(answer, 2) == pytest.approx((1.0986, 0.0), abs=1e-4)


# --- Hours --------------------------------------------------------------------------------------------------


def test_odd_hours_are_counted_all_or_left_to_the_other_engine() -> None:
    counted = {"buckets": [{"key": '["75", "Tu[2] 09:00-12:00"]'}], "sum_other_doc_count": 0}
    answer = {"aggregations": {"odd_hours": counted}}
    assert queries.odd_hours_of(answer) == ['["75", "Tu[2] 09:00-12:00"]']
    counted["sum_other_doc_count"] = 1
    with pytest.raises(EngineDown, match="too-many-hours"):
        queries.odd_hours_of(answer)


# --- Pages, orders, facets ----------------------------------------------------------------------------------


def test_the_page_asked_and_no_source() -> None:
    body = body_of(Question(page=3, limit=10))
    assert (body["from"], body["size"], body["stored_fields"]) == (20, 10, "_none_")
    assert body["track_total_hits"] is False
    assert "aggs" not in body


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("pertinence", ["_score", "_geo_distance", "rank"]),
        ("distance", ["_geo_distance", "_score", "rank"]),
        ("nom", ["sort_name", "rank", "_geo_distance"]),
        ("verification", ["verified_on", "sort_name", "rank", "_geo_distance"]),
    ],
)
def test_every_order_ends_in_the_key(sort: Any, keys: list[str]) -> None:
    assert [next(iter(one)) for one in body_of(Question(sort=sort), HERE)["sort"]] == keys
    assert [next(iter(one)) for one in body_of(Question(sort=sort))["sort"]] == [
        key for key in keys if key != "_geo_distance"
    ]


def test_of_those_that_lead_who_is_open_is_asked_by_their_keys() -> None:
    assert queries.open_among([7, 4], Q(slots__overlap=[3])) == {
        "query": {"bool": {"filter": [{"terms": {"rank": [7, 4]}}, {"terms": {"slots": ["3"]}}]}},
        "sort": [{"rank": "asc"}],
        "track_total_hits": False,
        "size": 2,
        "stored_fields": "_none_",
    }


def test_what_is_counted_is_the_same_whatever_the_page_the_order_and_the_day() -> None:
    """The server keeps it until the index changes."""
    said = {"terms": (("plaint",), ("ecout",)), "concepts": (Concept("public", "femmes", "femmes", "femme"),)}
    _page, counted = bodies_of(Question(**said), HERE, Weighing((1.0, 3.0), 0.8))
    assert (counted["size"], counted["track_total_hits"]) == (0, True)
    later = Question(**said, page=2, sort="nom", first=(4,))
    weighing, in_a_month = Weighing((1.0, 3.0), 0.8), AT + timedelta(days=30)
    assert bodies_of(later, HERE, weighing, in_a_month, Q(slots__overlap=[3]))[1] == counted


def test_the_services_of_the_doors_lead_the_usual_order_only() -> None:
    [lead, *_others] = body_of(Question(first=(9, 4)))["sort"]
    assert lead["_script"]["script"]["params"] == {"ranks": {"9": 0, "4": 1}}
    assert body_of(Question(first=(9, 4), sort="nom"))["sort"] == body_of(Question(sort="nom"))["sort"]


def test_a_facet_is_counted_under_the_others() -> None:
    page, counted, *wider = bodies_of(Question(types=("crip",), publics=("femmes",)))
    crip, women = {"terms": {"types": ["crip"]}}, {"terms": {"publics": ["femmes"]}}
    scored = page["query"]["function_score"]["query"]
    assert scored["constant_score"]["filter"] == {"bool": {"filter": [crip, women]}}
    assert counted["query"] == {"bool": {"filter": [crip, women]}}
    assert list(counted["aggs"]) == ["age", "role", "situation", "violence", "besoin", "langue"]
    assert [(body["query"], list(body["aggs"]), body["size"]) for body in wider] == [
        (women, ["type"], 0),
        (crip, ["gender"], 0),
    ]
    assert wider[1]["aggs"] == {"gender": {"terms": {"field": "publics_set", "size": 60_000}}}


def test_publics_are_counted_by_their_sets() -> None:
    sets = [
        {"key": set_of("adulte", "femmes", "victime"), "doc_count": 3},
        {"key": set_of("adulte", "hommes"), "doc_count": 2},
        NO_PUBLIC,
    ]
    page = {
        "aggregations": {"public": {"buckets": sets}, "type": {"buckets": [{"key": "crip", "doc_count": 5}]}}
    }
    found = facets.facets_of([page])
    assert found["public"] == {"adulte": 5, "femmes": 3, "hommes": 2, "victime": 3}
    assert found["type"] == {"crip": 5}
    wider = {"aggregations": {"gender": {"buckets": sets}}}
    assert facets.facets_of([{}, wider])["public"] == {"femmes": 3, "hommes": 2}


def test_without_a_public_chosen_it_is_one_facet() -> None:
    _page, body = bodies_of(Question())
    assert list(body["aggs"]) == ["type", "violence", "besoin", "langue", "public"]
    assert body["aggs"]["public"] == {"terms": {"field": "publics_set", "size": 60_000}}


def test_pages_are_told_by_the_fields_that_hold_each_word() -> None:
    question = Question(terms=(("plaint",),), concepts=(Concept("type", "crip", "CRIP", "crip"),))
    body = pages.held_body(question, {"types": ["crip"]})
    names = [one["constant_score"]["_name"] for one in body["query"]["bool"]["should"]]
    assert names == ["0:0", "0:1", "0:2", "0:3"]
    assert body["query"]["bool"]["filter"] == [
        any_of({"term": {"text": "plaint"}}, {"terms": {"types": ["crip"]}})
    ]


# --- The index ----------------------------------------------------------------------------------------------


def test_the_mapping_takes_nothing_that_it_does_not_know() -> None:
    for kind in mapping.KINDS:
        assert mapping.mapping_of(kind)["dynamic"] is False
        logs = json.dumps(mapping.body_of(kind)["settings"])
        assert logs.count('"-1"') >= 8  # both slow logs, at each level


def test_an_index_has_the_name_of_its_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mapping.alias_of("services")
    assert before == mapping.alias_of("services")
    monkeypatch.setattr(mapping, "VERSION", mapping.VERSION + 1)
    assert mapping.alias_of("services") != before
