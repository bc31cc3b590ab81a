"""From the form of a page to the search box: what is published is found, what is withdrawn is not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from search.models import SearchPage
from tests.pages import make_chapter, make_guide, make_reflex

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Callable[[], Any]:
    """Each `with committed():` ends as a request does: what waits for the commit is run."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def guides(words: str) -> list[dict[str, Any]]:
    response = Client().get("/api/v1/search", {"q": words})
    assert response.status_code == 200
    return response.json()["guides"]


def found(words: str) -> list[str]:
    """The titles found, those of chapters after their guide."""
    return [
        title
        for one in guides(words)
        for title in [one["title"], *(part["title"] for part in one["chapters"])]
    ]


def test_a_page_is_found_once_it_is_published(committed: Callable[[], Any]) -> None:
    with committed():
        page = make_reflex(title="Quand il rentre", summary="Après une fugue.", live=False)
    assert found("fugue") == []
    with committed():
        page.get_latest_revision().publish()
    assert found("fugue") == ["Quand il rentre"]
    (told,) = guides("fugue")
    assert told["url"].endswith(page.address)
    assert told["kind"] == "fiche-reflexe"
    assert told["excerpt"] == "Après une fugue."


def test_a_page_is_not_found_once_it_is_withdrawn(committed: Callable[[], Any]) -> None:
    with committed():
        page = make_reflex(title="Quand il rentre", summary="Après une fugue.")
    assert found("fugue") == ["Quand il rentre"]
    with committed():
        page.unpublish()
    assert found("fugue") == []
    assert not SearchPage.objects.exists()


def test_a_change_is_found_when_it_is_published_and_not_before(committed: Callable[[], Any]) -> None:
    with committed():
        page = make_reflex(title="Quand il rentre", summary="Après une fugue.")
    page.summary = "Après une disparition."
    with committed():
        revision = page.save_revision()
    assert (found("disparition"), found("fugue")) == ([], ["Quand il rentre"])
    with committed():
        revision.publish()
    assert (found("disparition"), found("fugue")) == (["Quand il rentre"], [])


def test_withdrawing_a_guide_withdraws_its_chapters(committed: Callable[[], Any]) -> None:
    with committed():
        guide = make_guide(title="Le guide")
        make_chapter(guide, "retour", title="Le retour", summary="Après une fugue.")
    assert found("fugue") == ["Le guide", "Le retour"]
    with committed():
        guide.unpublish()
    assert found("fugue") == []
    assert not SearchPage.objects.exists()
    with committed():
        Page.objects.get(pk=guide.pk).specific.save_revision().publish()
    assert found("fugue") == ["Le guide", "Le retour"]


def test_a_page_deleted_is_found_no_more(committed: Callable[[], Any]) -> None:
    with committed():
        guide = make_guide(title="Le guide", summary="La fugue.")
        make_chapter(guide, "retour", title="Le retour", summary="Après une fugue.")
    with committed():
        Page.objects.get(pk=guide.pk).delete()
    assert found("fugue") == []
    assert not SearchPage.objects.exists()


def test_a_page_made_private_is_found_no_more_until_it_is_opened(committed: Callable[[], Any]) -> None:
    with committed():
        guide = make_guide(title="Le guide")
        make_chapter(guide, "retour", title="Le retour", summary="Après une fugue.")
    with committed():
        kept = PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    assert found("fugue") == []
    with committed():
        kept.delete()
    assert found("fugue") == ["Le guide", "Le retour"]


def test_a_page_that_moves_is_found_at_its_new_address(committed: Callable[[], Any]) -> None:
    with committed():
        first, second = make_guide("premier"), make_guide("second", live=False)
        chapter = make_chapter(first, "retour", title="Le retour", summary="Après une fugue.")
    with committed():
        Page.objects.get(pk=chapter.pk).move(Page.objects.get(pk=second.pk), pos="last-child")
    assert found("fugue") == []
    with committed():
        Page.objects.get(pk=chapter.pk).move(Page.objects.get(pk=first.pk), pos="last-child")
    assert "/guides/premier/retour/" in str(guides("fugue"))


@pytest.mark.parametrize("words", ["escorting", "escorting lycée", "Escorting"])
def test_the_words_that_people_type_find_the_guide(words: str, committed: Callable[[], Any]) -> None:
    with committed():
        make_guide(title="Le guide", summary="Repérer et protéger, au lycée.", keywords=["escorting"])
    assert found(words) == ["Le guide"]
    assert "escorting" not in str(guides(words)).lower()


def test_a_draft_is_found_nowhere(committed: Callable[[], Any]) -> None:
    with committed():
        make_reflex(title="Brouillon secret", summary="Une fugue.", keywords=["fugue"], live=False)
    page = Client().post("/recherche/", {"q": "fugue"}, follow=True).content.decode()
    for read in (
        page,
        Client().get("/guides/").content.decode(),
        Client().get("/sitemap.xml").content.decode(),
    ):
        assert "Brouillon secret" not in read
        assert "fiche-essai" not in read
    assert Client().get("/guides/fiche-essai/").status_code == 404
