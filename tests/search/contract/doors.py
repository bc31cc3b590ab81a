"""A list with the doors that lead it, asked together: as if they had been asked before it."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from directory.visibility import ANONYMOUS
from search.backends.base import Doors, Leading, Led, Territory
from search.question import Question
from tests.factories import ServiceFactory
from tests.search.contract.base import ContractBase

CRIP, CIDFF, NOBODY = (Question(types=(slug,), limit=2) for slug in ("crip", "cidff", "umj"))


class DoorsContract(ContractBase):
    def led(self, asked: Question, *doors: Question, about: Question | None = None) -> Led:
        """`asked` behind who is found at `doors`, once it is what they give one after the other."""
        self._held()
        here, now = Territory.of_department("38"), timezone.now()

        def behind(leading: Leading) -> Question:
            first = tuple(hit.service for hits in leading.hits for hit in hits)
            return replace(asked, first=first, door_types=("cidff", "crip", "leao"))

        leading = self.backend.leading(doors, here, ANONYMOUS, now)
        together = self.backend.find_led(
            Doors(doors, here, now, behind), here, ANONYMOUS, now, about, limit=2
        )
        assert together.leading == leading
        assert together.found == self.backend.find(behind(leading), here, ANONYMOUS, now)
        return together

    def _held(self) -> None:
        for number in range(4):
            ServiceFactory(type_slug="leao", name=f"LEAO {number}")
        for slug in ("crip", "cidff"):
            for number in range(2):
                ServiceFactory(type_slug=slug, name=f"{slug} {number}", stale=True, gender="hommes")
        self.index()

    def test_who_is_found_at_the_doors_is_in_front(self) -> None:
        led = self.led(Question(), CIDFF, CRIP)
        assert self.names_of(led.found)[:4] == ["cidff 0", "cidff 1", "crip 0", "crip 1"]
        assert led.found.total == 8

    @pytest.mark.parametrize("limit", range(1, 9))
    def test_a_page_is_as_long_as_asked(self, limit: int) -> None:
        led = self.led(Question(limit=limit), CIDFF, CRIP)
        assert len(led.found.hits) == limit

    @pytest.mark.parametrize(
        "values",
        [
            {"page": 2, "limit": 3},
            {"page": 3, "limit": 3},
            {"sort": "nom"},
            {"types": ("leao", "crip")},
            {"types": ("leao",)},
            {"publics": ("femmes",)},
            {"publics": ("femmes",), "limit": 1},
        ],
    )
    def test_they_are_as_when_asked_one_after_the_other(self, values: dict[str, Any]) -> None:
        self.led(Question(**values), CIDFF, CRIP)

    def test_when_nobody_is_found_the_doors_order_the_list(self) -> None:
        led = self.led(Question(), NOBODY)
        assert self.names_of(led.found)[0].startswith("cidff")

    def test_without_doors_it_is_a_list(self) -> None:
        assert self.led(Question()).leading == Leading()

    def test_no_page_is_read_unless_asked_for(self) -> None:
        assert self.led(Question(), CRIP).pages == ()
