"""What is asked of the server together, and in how many trips: against the real one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from directory.visibility import ANONYMOUS
from search import indexing, national
from search.backends.base import Doors, Leading, Led
from search.backends.elastic import rounds
from search.backends.elastic.backend import ElasticBackend
from search.backends.elastic.client import Budget, Search
from search.backends.elastic.mapping import alias_of
from search.backends.elastic.rounds import Rounds, asked, together
from search.question import Question
from search.words import root
from tests.factories import ServiceFactory
from tests.search.library import Library

AT = datetime(2026, 11, 26, 10, tzinfo=timezone.get_default_timezone())


def trips(part: Rounds[Any]) -> Iterator[list[str]]:
    """The indexes asked at each trip; what the part makes is given by `yield from`."""
    try:
        searches = next(part)
        while True:
            yield [search.index for search in searches]
            searches = part.send([{"of": search.index} for search in searches])
    except StopIteration:
        return


def part_of(*names: str) -> Rounds[list[str]]:
    said = []
    for name in names:
        answer = yield from asked(Search(name, {}))
        said.append(answer["of"])
    return said


def test_parts_go_on_together_until_the_longest_is_answered() -> None:
    assert list(trips(together([part_of("a", "b", "c"), part_of(), part_of("d", "e")]))) == [
        ["a", "d"],
        ["b", "e"],
        ["c"],
    ]


def test_each_part_makes_something_of_its_own_answers() -> None:
    def all_of_it() -> Rounds[Any]:
        made.extend((yield from together([part_of("a", "b"), part_of(), part_of("c")])))

    made: list[Any] = []
    list(trips(all_of_it()))
    assert made == [["a", "b"], [], ["c"]]


def test_parts_within_parts_are_asked_together_too() -> None:
    inner = together([part_of("a", "b"), part_of("c")])
    assert list(trips(together([inner, part_of("d")]))) == [["a", "c", "d"], ["b"]]


@pytest.fixture
def sent(elastic: None, db: None, library: Library, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The indexes of each trip really made."""
    indexing.rebuild()
    national.sync()
    said: list[list[str]] = []
    send = rounds.search_together

    def counted(searches: list[Search], budget: Budget) -> list[dict[str, Any]]:
        said.append(["pages" if one.index == alias_of("pages") else "services" for one in searches])
        return send(searches, budget)

    monkeypatch.setattr(rounds, "search_together", counted)
    return said


def asking(*words: str, **values: Any) -> Question:
    return Question(terms=tuple((root(word),) for word in words), **values)


def led(question: Question, *doors: Question) -> Led:
    def behind(leading: Leading) -> Question:
        return replace(question, first=tuple(hit.service for hits in leading.hits for hit in hits))

    return ElasticBackend().find_led(Doors(doors, None, AT, behind), None, ANONYMOUS, AT, question, 4)


class TestTrips:
    def test_one_word_and_its_pages_are_one_trip(self, sent: list[list[str]]) -> None:
        question = asking("fugue")
        led(question)
        assert len(sent) == 1
        assert sent[0][-1] == "pages"
        assert set(sent[0][:-1]) == {"services"}

    def test_the_texts_of_the_pages_found_come_with_the_services(
        self, library: Library, sent: list[list[str]]
    ) -> None:
        page = library.add("Fugue et nuit", "Une fugue, une nuit.")
        national.sync()
        question = asking("fugue", "nuit")
        pages = led(question).pages
        assert [one.key for one in pages] == [page.key]
        assert pages[0].excerpt
        assert [one.count("pages") for one in sent] == [1, 1]

    def test_words_hours_and_pages_are_two_trips(self, sent: list[list[str]]) -> None:
        question = asking("fugue", "nuit", moment=(AT, AT))
        led(question)
        assert len(sent) == 2
        assert sorted(sent[0]) == ["pages", "services", "services"]

    def test_the_doors_are_two_trips_however_many_they_are(self, sent: list[list[str]]) -> None:
        doors = [asking("fugue", "nuit").change(types=(slug,)) for slug in ("crip", "cidff", "umj")]
        ElasticBackend().leading(doors, None, ANONYMOUS, AT)
        assert [len(one) for one in sent] == [4, 3]

    @pytest.mark.parametrize(
        ("words", "values", "expected"),
        [
            # Who is at the door, its hours; then which are open, the page, what it counts.
            ((), {}, [2, 3]),
            (("fugue", "nuit"), {}, [3, 3]),
            # The next page needs to know who is open, and in which order they lead.
            ((), {"page": 2}, [2, 1, 2]),
        ],
    )
    def test_a_list_takes_no_trip_of_its_own_beside_its_doors(
        self, sent: list[list[str]], words: tuple[str, ...], values: dict[str, Any], expected: list[int]
    ) -> None:
        ServiceFactory(type_slug="crip")
        national.sync()
        led(asking(*words, **values), Question(types=("crip",), limit=2))
        assert [one.count("services") for one in sent] == expected

    def test_doors_judged_at_an_hour_wait_for_the_hours_kept(self, sent: list[list[str]]) -> None:
        crip = ServiceFactory(type_slug="crip")
        national.sync()
        moment = (AT, AT)
        found = led(asking(moment=moment), Question(types=("crip",), limit=2, moment=moment)).found
        assert [one.count("services") for one in sent] == [2, 1, 3]
        assert found.hits[0].service == crip.pk
