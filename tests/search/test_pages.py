"""Pages in the index: put and dropped, counted when they differ, their words known; what signals refresh."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail import signals
from wagtail.models import Page, PageViewRestriction

from search import indexing, sources, vocabulary
from search.models import SearchEntry, SearchPage, SearchWord
from tests.directory.admin_tools import keep_page_tree
from tests.factories import ServiceFactory
from tests.search.library import Library

pytestmark = pytest.mark.django_db


def indexed() -> list[str]:
    return list(SearchPage.objects.order_by("key").values_list("key", flat=True))


def words() -> set[str]:
    return set(SearchWord.objects.values_list("word", flat=True))


class TestSources:
    def test_the_same_name_takes_the_place_of_the_first(self, library: Library) -> None:
        other, again = Library("autre"), Library("library")
        sources.register(other)
        sources.register(again)
        assert sources.sources() == (other, again)
        assert sources.source_named("library") is again
        assert sources.source_named("inconnue") is None


class TestRefresh:
    def test_it_puts_what_anybody_may_read_and_drops_the_rest(self, library: Library) -> None:
        kept, hidden = library.add("Un"), library.add("Deux")
        library.hidden = {hidden.key}
        assert indexing.refresh_pages("library", library.keys()) == 1
        assert indexed() == [kept.key]
        library.hidden = {kept.key}
        assert indexing.refresh_pages("library", ["1", "2", "2", "999"]) == 1
        assert indexed() == [hidden.key]

    def test_again_changes_nothing(self, library: Library) -> None:
        library.add("Un", "Texte.", types=("crip", "ase"), part_of="7")
        indexing.refresh_pages("library", ["1"])
        before = SearchPage.objects.values().get()
        indexing.refresh_pages("library", ["1"])
        assert SearchPage.objects.values().get() == before
        assert (before["types"], before["part_of"], before["body"]) == (["ase", "crip"], "7", "Texte.")

    def test_another_source_is_left_alone(self, library: Library) -> None:
        other = Library("autre")
        sources.register(other)
        library.add("Un")
        other.add("Un")
        indexing.rebuild()
        indexing.refresh_pages("autre", ["1"])
        other.pages.clear()
        indexing.refresh_pages("autre", ["1"])
        assert list(SearchPage.objects.values_list("source", "key")) == [("library", "1")]

    @pytest.mark.parametrize("size", [1, 12])
    def test_the_number_of_queries_does_not_grow(
        self, library: Library, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(size):
            library.add(f"Page {number}", "Un texte.")
        with django_assert_max_num_queries(10):
            indexing.refresh_pages("library", library.keys())


class TestDrift:
    def test_missing_extra_outdated_and_orphans_are_counted_and_synced(self, library: Library) -> None:
        changed, gone, _same = library.add("Un"), library.add("Deux"), library.add("Trois")
        other = Library("autre")
        sources.register(other)
        other.add("D’une source qui n’est plus là")
        assert indexing.rebuild() == (0, 4)
        assert indexing.drift() == 0
        ServiceFactory()
        library.add("Quatre")
        library.change(changed, text="Autre texte.")
        library.remove(gone)
        sources._registered.pop("autre")
        expected = {("library", "1"), ("library", "2"), ("library", "4"), ("autre", "1")}
        assert indexing.differences().pages == expected
        assert indexing.drift() == 5
        assert indexing.sync() == (1, 4)
        assert indexing.drift() == 0

    @pytest.mark.parametrize(
        "change",
        [
            {"fields": ()},
            {"types": ("crip",)},
            {"violences": ("inceste",)},
            {"publics": ("femmes",)},
            {"part_of": "7"},
            {"kind": "page"},
            {"language": "en"},
            {"text": "x"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_whatever_changes_counts(self, library: Library, change: dict[str, object]) -> None:
        page = library.add("Un")
        indexing.rebuild()
        library.change(page, **change)
        assert indexing.drift() == 1

    def test_the_command_says_both(self, library: Library) -> None:
        ServiceFactory()
        library.add("Un")
        out = StringIO()
        call_command("search_index", "rebuild", stdout=out)
        assert "1 fiche(s) et 1 page(s) dans l’index." in out.getvalue()
        library.add("Deux")
        out = StringIO()
        call_command("search_index", "sync", stdout=out)
        assert "0 fiche(s) et 1 page(s) mise(s) à jour dans l’index." in out.getvalue()
        assert SearchEntry.objects.count() == 1


class TestVocabulary:
    def test_the_words_of_pages_are_known_until_none_holds_them(self, library: Library) -> None:
        page = library.add("Michetonnage", "Un baobab.")
        library.add("Autre", "Partagé.")
        ServiceFactory(name="Baobab")
        indexing.rebuild()
        assert {"michetonnage", "partage", "baobab"} <= words()
        assert vocabulary.corrections(["mihcetonnage"]) == {"mihcetonnage": ("michetonnage",)}
        library.remove(page)
        indexing.refresh_pages("library", [page.key])
        assert "michetonnage" not in words()
        assert {"partage", "baobab"} <= words()

    def test_a_word_that_a_page_holds_outlives_its_services(self, library: Library) -> None:
        service = ServiceFactory(name="Baobab séquoia")
        library.add("Un", "Des baobabs.")
        indexing.rebuild()
        type(service).objects.filter(pk=service.pk).update(live=False)
        indexing.refresh([service.pk])
        assert "baobab" in words()
        assert "sequoia" not in words()


class TestSignals:
    """What Wagtail tells reaches the index after the commit, through what each source says is touched."""

    @pytest.fixture
    def page(self, library: Library) -> Page:
        keep_page_tree()
        page = Page.objects.get(depth=1).add_child(instance=Page(title="Un", slug="un", live=True))
        library.pages[str(page.pk)] = replace(library.add("Un"), key=str(page.pk))
        del library.pages["1"]
        self.library = library
        return page

    @pytest.mark.parametrize(
        "signal",
        [
            signals.page_published,
            signals.page_unpublished,
            signals.post_page_move,
            signals.page_slug_changed,
        ],
    )
    def test_it_is_put_after_the_commit(
        self, page: Page, signal: object, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            signal.send(sender=Page, instance=page)  # type: ignore[attr-defined]
            assert indexed() == []
        assert indexed() == [str(page.pk)]

    def test_a_page_deleted_is_gone(
        self, page: Page, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        indexing.rebuild()
        assert indexed() == [str(page.pk)]
        self.library.pages = {}
        with django_capture_on_commit_callbacks(execute=True):
            page.delete()
        assert indexed() == []

    def test_a_page_made_private_is_gone_and_comes_back(
        self, page: Page, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        indexing.rebuild()
        self.library.hidden = {str(page.pk)}
        with django_capture_on_commit_callbacks(execute=True):
            kept = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert indexed() == []
        self.library.hidden = set()
        with django_capture_on_commit_callbacks(execute=True):
            kept.delete()
        assert indexed() == [str(page.pk)]

    def test_what_is_none_of_its_business_refreshes_nothing(
        self, page: Page, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        self.library.affected = lambda instance: []  # type: ignore[method-assign]
        with django_capture_on_commit_callbacks() as callbacks:
            signals.page_published.send(sender=Page, instance=page)
        assert [one for one in callbacks if "refresh_pages" in repr(one)] == []
