"""The index follows the directory, in few queries, and tells when it does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.events import announce
from directory.models import ActorType, Service
from search import indexing, vocabulary
from search.models import SearchEntry, SearchWord
from tests.factories import ServiceFactory
from tests.territory import GRENOBLE, VOIRON, department

pytestmark = pytest.mark.django_db


def test_refresh_puts_what_is_searchable_whatever_its_audience() -> None:
    kept = [
        ServiceFactory(),
        ServiceFactory(reserved=True),
        ServiceFactory(team=True),
        ServiceFactory(suspended=True),
    ]
    dropped = [
        ServiceFactory(draft=True),
        ServiceFactory(closed=True),
        ServiceFactory(organisation__closed=True),
    ]
    assert indexing.refresh([one.pk for one in kept + dropped]) == len(kept)
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == {one.pk for one in kept}


def test_refresh_again_changes_nothing() -> None:
    service = ServiceFactory()
    indexing.refresh([service.pk])
    before = SearchEntry.objects.values().get()
    indexing.refresh([service.pk])
    assert SearchEntry.objects.values().get() == before


def test_refresh_of_nothing_and_of_the_unknown() -> None:
    assert indexing.refresh([]) == 0
    assert indexing.refresh([987654]) == 0


def test_the_number_of_queries_does_not_grow_with_the_services(
    communes: dict, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    services = [
        ServiceFactory(
            at=[VOIRON, GRENOBLE], coverage=[department("38"), communes[VOIRON]], phone="+33465710012"
        )
        for _number in range(12)
    ]
    with django_assert_max_num_queries(16):
        indexing.refresh([service.pk for service in services])


def test_a_change_announced_is_indexed_after_the_commit(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    service = ServiceFactory(name="Baobab")
    with django_capture_on_commit_callbacks(execute=True):
        announce([service.pk])
        assert not SearchEntry.objects.exists()
    assert SearchEntry.objects.get().sort_name == "baobab"


class TestDrift:
    def test_none_once_rebuilt(self) -> None:
        for _number in range(3):
            ServiceFactory()
        assert indexing.drift() == 3
        indexing.rebuild()
        assert indexing.drift() == 0

    def test_missing_extra_and_outdated_are_counted_and_synced(self) -> None:
        renamed, withdrawn, _same = ServiceFactory(), ServiceFactory(), ServiceFactory()
        indexing.rebuild()
        missing = ServiceFactory()
        Service.objects.filter(pk=renamed.pk).update(name="Autre")
        Service.objects.filter(pk=withdrawn.pk).update(live=False)
        found = indexing.differences()
        assert (found.missing, found.extra, found.outdated) == ({missing.pk}, {withdrawn.pk}, {renamed.pk})
        assert indexing.sync().services == 3
        assert indexing.drift() == 0

    def test_a_type_that_changes_changes_its_services(self) -> None:
        ServiceFactory(type_slug="leao")
        ServiceFactory(type_slug="cidff")
        indexing.rebuild()
        ActorType.objects.filter(slug="leao").update(aliases=["maison bleue"])
        assert indexing.drift() == 1

    def test_the_command(self) -> None:
        ServiceFactory()
        out = StringIO()
        with pytest.raises(CommandError) as raised:
            call_command("search_index", "drift", stdout=out)
        assert raised.value.returncode == 1
        assert out.getvalue() == "1\n"
        call_command("search_index", "sync", stdout=StringIO())
        call_command("search_index", "rebuild", stdout=out)
        assert "1 / 1" in out.getvalue()
        out = StringIO()
        call_command("search_index", "drift", stdout=out)
        assert out.getvalue() == "0\n"


class TestVocabulary:
    def test_words_of_public_entries_and_of_types_only(self) -> None:
        ServiceFactory(name="Baobab", type_slug="leao")
        ServiceFactory(name="Cachette", reserved=True, type_slug="cidff")
        indexing.rebuild()
        words = set(SearchWord.objects.values_list("word", flat=True))
        assert {"baobab", "leao", "cidff", "ecoute"} <= words
        assert "cachette" not in words

    @pytest.mark.parametrize("change", [{"name": "Autre"}, {"audience": "professionnels"}, {"live": False}])
    def test_a_word_that_nobody_holds_any_more_is_forgotten(self, change: dict[str, object]) -> None:
        service = ServiceFactory(name="Baobab", summary="Partagé", type_slug="leao")
        ServiceFactory(name="Témoin", summary="Partagé")
        indexing.rebuild()
        Service.objects.filter(pk=service.pk).update(**change)
        indexing.refresh([service.pk])
        words = set(SearchWord.objects.values_list("word", flat=True))
        assert "baobab" not in words
        assert {"partage", "leao"} <= words

    def test_the_words_of_a_type_without_service_are_known(self) -> None:
        ServiceFactory(type_slug="tgd").delete()
        indexing.rebuild()
        assert vocabulary.corrections(["telephnoe"]) == {"telephnoe": ("telephone",)}

    def test_one_query(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        ServiceFactory(name="Médiation psychologue")
        indexing.rebuild()
        with django_assert_num_queries(1):
            found = vocabulary.corrections(["medaition", "psychologue", "xyz", "38"])
        assert found == {"medaition": ("mediation",)}
