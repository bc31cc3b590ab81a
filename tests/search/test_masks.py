"""Masks say what their lists say, whoever writes, and whatever the taxonomy becomes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from django.db.models import F
from django.utils import timezone

from directory import taxonomy
from directory.models import Commune, Service
from directory.visibility import ANONYMOUS
from search import indexing
from search.backends.base import Found
from search.backends.postgres import PostgresBackend, masks
from search.models import SearchEntry
from search.question import Question
from tests.factories import ServiceFactory
from tests.territory import department

VOCABULARIES = {
    "publics": taxonomy.PUBLICS.slugs,
    "focus": taxonomy.PUBLICS.slugs,
    "violences": taxonomy.VIOLENCES.slugs,
    "provisions": taxonomy.PROVISIONS.slugs,
}


@pytest.mark.parametrize("column", VOCABULARIES)
def test_every_value_has_its_bit(column: str) -> None:
    """A new slug: at the end of its list in `masks`, and in a migration as its docstring says."""
    numbered = masks.NUMBERED[column]
    assert set(VOCABULARIES[column]) <= set(numbered)
    assert len(set(numbered)) == len(numbered) <= 63


@pytest.mark.django_db
@pytest.mark.parametrize("column", VOCABULARIES)
def test_the_database_gives_the_same_bits(column: str) -> None:
    numbered = masks.NUMBERED[column]
    lists: list[Sequence[str]] = [*([slug] for slug in numbered), numbered, [], ["unheard-of", numbered[-1]]]
    SearchEntry.objects.bulk_create(
        SearchEntry(service_id=-number, organisation_id=1, text="", **{column: slugs})
        for number, slugs in enumerate(lists, 1)
    )
    kept = dict(SearchEntry.objects.values_list("pk", masks.name_of(column)))
    known = [[slug for slug in slugs if slug in numbered] for slugs in lists]
    assert kept == {-number: masks.mask_of(column, slugs) for number, slugs in enumerate(known, 1)}


@pytest.mark.django_db
def test_every_writer_keeps_them(communes: dict[str, Commune]) -> None:
    services = [
        ServiceFactory(violences=["inceste", "conjugales"], provisions=["ecoute"]),
        ServiceFactory(gender="femmes", situations=["enceinte"]),
    ]
    for write in (indexing.rebuild, indexing.sync, lambda: indexing.refresh([services[0].pk])):
        write()
        for column in VOCABULARIES:
            assert masks_of(column) == [masks.mask_of(column, slugs) for slugs in lists_of(column)]
        Service.objects.filter(pk=services[0].pk).update(violences=["sexuelles"])
    assert masks_of("violences")[0] == masks.mask_of("violences", ["sexuelles"])
    SearchEntry.objects.update(focus=F("publics"))
    assert masks_of("focus") == masks_of("publics")


def masks_of(column: str) -> list[int]:
    return list(SearchEntry.objects.order_by("pk").values_list(masks.name_of(column), flat=True))


def lists_of(column: str) -> list[list[str]]:
    return list(SearchEntry.objects.order_by("pk").values_list(column, flat=True))


def test_values_are_counted_three_by_three() -> None:
    column = "violences"
    told = {slug: 1_999_999 - place for place, slug in enumerate(masks.NUMBERED[column])}
    groups = [list(told.values())[first : first + 3] for first in range(0, len(told), 3)]
    packed = " ".join(str(sum(held << 21 * place for place, held in enumerate(group))) for group in groups)
    assert dict(masks.counts(column, packed)) == told


@pytest.mark.django_db
class TestASlugWithoutItsBit:
    """Between the commit that adds it to the taxonomy and the migration that numbers it."""

    @pytest.fixture(autouse=True)
    def services(self, communes: dict[str, Commune]) -> None:
        isere = department("38")
        ServiceFactory(coverage=[isere], violences=["inceste"], situations=["enceinte"], gender="femmes")
        ServiceFactory(coverage=[isere], violences=["inceste", "sexuelles"], provisions=["ecoute"])
        ServiceFactory(coverage=[isere], violences=["autre-infraction"], situations=["handicap", "enceinte"])
        indexing.rebuild()

    @pytest.mark.parametrize(
        "question",
        [
            Question(),
            Question(violences=("inceste",)),
            Question(publics=("enceinte", "femmes"), violences=("inceste",)),
            Question(terms=(("ecout",),)),
        ],
    )
    def test_is_found_weighed_and_counted(self, question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
        with_bits = self.find(question)
        numbered = {column: self.forgotten(slugs) for column, slugs in masks.NUMBERED.items()}
        monkeypatch.setattr(masks, "NUMBERED", numbered)
        with self.nothing_kept():
            assert masks.without_bit("violences") == ["inceste"]
            found = self.find(question)
        assert (found.total, found.hits) == (with_bits.total, with_bits.hits)
        assert found.facets["violence"]["inceste"] > 0 < found.facets["public"]["enceinte"]
        assert {name: self.real(counts) for name, counts in found.facets.items()} == with_bits.facets

    @contextmanager
    def nothing_kept(self) -> Iterator[None]:
        kept = (masks.without_bit, masks.counters)
        for one in kept:
            one.cache_clear()
        yield
        for one in kept:
            one.cache_clear()

    def forgotten(self, numbered: Sequence[str]) -> list[str]:
        """The other slugs keep their places."""
        return [f"no-{slug}" if slug in ("inceste", "enceinte") else slug for slug in numbered]

    def find(self, question: Question) -> Found:
        return PostgresBackend().find(question, None, ANONYMOUS, timezone.now())

    def real(self, counts: dict[str, int]) -> dict[str, int]:
        return {slug: held for slug, held in counts.items() if not slug.startswith("no-")}
