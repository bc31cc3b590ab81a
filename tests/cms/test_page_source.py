"""The pages as the search knows them: what is indexed of them, what is told, and what a draft never is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from cms.page_source import PageSource, document_of
from directory.visibility import ANONYMOUS, Kind, Viewer
from search.models import SearchPage
from tests.factories import ActorTypeFactory, HelplineFactory
from tests.pages import (
    make_chapter,
    make_guide,
    make_home,
    make_measure,
    make_reflex,
    make_shelf,
    make_standard,
)

pytestmark = pytest.mark.django_db

SIGNED_IN = Viewer(Kind.PROFESSIONAL)
SOURCE = PageSource()
Commit = Callable[..., AbstractContextManager[Any]]

TREE = {
    "title": "Arbre",
    "questions": [
        {
            "question": "Danger ?",
            "answers": [
                {"label": "Oui", "advice": "Le {17}.", "next": 0},
                {"label": "Non", "advice": "B", "next": 0},
            ],
        }
    ],
}
TABLE = {"data": [["Signe", None], ["Fugue", "Alerter"]], "table_caption": "Du signe au geste"}
SERVICES = {
    "title": "Qui contacter", "intro": "", "types": ["crip"], "publics": ["enfant"], "violences": [],
    "needs": [], "territory": "05", "fallback": ["119"], "limit": 3,
}  # fmt: skip
LAW = {
    "reference": "Article L221-1", "title": "À retenir", "text": "<p>Le texte.</p>", "sanction": "",
    "source_label": "Légifrance", "source_url": "https://www.legifrance.gouv.fr/", "doubt": "",
    "checked_on": "2026-01-15", "checked_by": "Parquet",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_number() -> None:
    HelplineFactory(key="119")


# --- What is indexed of a page ----------------------------------------------------------------------------


def fields_of(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for weight, text in document_of(page).fields:
        found.setdefault(weight, []).append(text)
    return found


def test_titles_and_keywords_weigh_most_then_the_summary_the_subjects_and_the_text() -> None:
    page = make_reflex(
        title="Fiche fugue",
        heading="Quand un enfant part",
        summary="Que faire le premier soir.",
        keywords=["escorting", "michetonnage"],
        violences=["enfants"],
        publics=["enfant"],
        body=[("text", "<p>Appelez.</p>")],
    )
    fields = fields_of(page)
    assert fields["A"] == ["Fiche fugue · Quand un enfant part", "escorting · michetonnage"]
    assert fields["B"] == ["Que faire le premier soir."]
    assert fields["D"] == ["Appelez."]
    assert len(fields["C"][0].split(" · ")) == 2
    assert "enfants" not in fields["C"][0].split(" · ")


def test_what_is_empty_has_no_field() -> None:
    assert fields_of(make_reflex(title="Fiche")) == {"A": ["Fiche · "]}


def test_keywords_are_searched_and_never_shown() -> None:
    page = make_reflex(keywords=["escorting"], summary="Un résumé.")
    document = document_of(page)
    assert "escorting" not in document.text
    assert "escorting" not in repr(SOURCE.cards([str(page.pk)], ANONYMOUS))
    assert "escorting" not in Client().get(page.address).content.decode()


def test_the_text_is_that_of_the_page_in_its_order_with_numbers_by_key() -> None:
    page = make_reflex(
        summary="Le {119} conseille.",
        body=[
            ("heading", "Agir"),
            ("text", "<p>Un <b>mot</b> &amp; un autre.</p><ul><li>Le {3919}</li></ul>"),
            ("tree", TREE),
            ("table", TABLE),
        ],
    )
    lines = document_of(page).text.split("\n")
    assert lines[0] == "Le 119 conseille."
    assert lines[1] == "Agir"
    assert lines[2] == "Un mot & un autre. Le 3919"
    assert lines[3:] == [
        *("Arbre", "Danger ?", "Oui", "Le 17.", "Non", "B"),
        *("Du signe au geste", "Signe", "Fugue", "Alerter"),
    ]
    assert "{" not in repr(document_of(page))


def test_choices_addresses_and_dates_are_no_text() -> None:
    page = make_reflex(body=[("services", SERVICES), ("law", LAW), ("helplines", {"title": "", "lines": []})])
    text = document_of(page).text
    assert text.split("\n") == [
        "Qui contacter",
        "Article L221-1",
        "À retenir",
        "Le texte.",
        "Légifrance",
        "Parquet",
    ]


def test_a_page_is_about_the_types_it_names_and_those_of_its_live_blocks() -> None:
    page = make_reflex(
        types=["tgd", "crip"], body=[("services", SERVICES), ("services", SERVICES | {"types": ["ase"]})]
    )
    assert document_of(page).types == ("tgd", "crip", "ase", page.slug)  # it is found by its own slug too


def test_a_measure_is_about_its_own_sheet_and_says_its_facts() -> None:
    page = make_measure(
        actor_type=ActorTypeFactory(slug="tgd"), what="Un téléphone.", who_to_ask="L’avocat, au {119}."
    )
    document = document_of(page)
    assert document.types == ("tgd", "fiche-tgd")
    assert document.kind == "mesure"
    assert document.text.split("\n") == ["Un téléphone.", "L’avocat, au 119."]


def test_a_chapter_belongs_to_its_guide() -> None:
    guide = make_guide()
    chapter = make_chapter(guide, "un")
    assert document_of(chapter).part_of == str(guide.pk)
    assert document_of(guide).part_of == ""
    assert (document_of(chapter).kind, document_of(guide).kind) == ("chapitre", "guide")


# --- Which pages ------------------------------------------------------------------------------------------


def private(page: Page, kind: str = PageViewRestriction.LOGIN) -> Page:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    return page


def test_only_what_anybody_may_read_is_indexed() -> None:
    guide, draft = make_guide(), make_guide("brouillon", live=False)
    chapter = make_chapter(guide, "un")
    make_chapter(draft, "sous-un-brouillon")
    make_chapter(guide, "chapitre-brouillon", live=False)
    closed = private(make_guide("ferme"))
    make_chapter(closed, "sous-un-ferme")
    private(make_reflex("a-mot-de-passe"), PageViewRestriction.PASSWORD)
    assert SOURCE.keys() == [str(guide.pk), str(chapter.pk)]
    every = [str(key) for key in Page.objects.values_list("pk", flat=True)]
    assert [document.key for document in SOURCE.documents(every)] == SOURCE.keys()


def test_shelves_and_pages_about_the_site_are_no_results() -> None:
    pages = [make_home(), make_shelf(), make_standard()]
    keys = [str(page.pk) for page in pages]
    assert SOURCE.keys() == []
    assert SOURCE.documents(keys) == []
    assert SOURCE.cards(keys, ANONYMOUS) == {}


@pytest.mark.parametrize("keys", [[], ["0"], ["abc"], ["-1"], ["1 OR 1=1"], ["99999999"]])
def test_keys_that_are_none_find_nothing(keys: list[str]) -> None:
    make_reflex()
    assert SOURCE.documents(keys) == []
    assert SOURCE.cards(keys, ANONYMOUS) == {}


def test_cards_decide_again_for_each_reader() -> None:
    page, closed, draft = (
        make_reflex("ouverte"),
        private(make_reflex("fermee")),
        make_reflex("non", live=False),
    )
    keys = [str(one.pk) for one in (page, closed, draft)]
    assert set(SOURCE.cards(keys, ANONYMOUS)) == {str(page.pk)}
    assert set(SOURCE.cards(keys, SIGNED_IN)) == {str(page.pk), str(closed.pk)}


def test_a_page_kept_for_a_group_or_by_a_password_opens_to_nobody() -> None:
    for kind in (PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS):
        page = private(make_reflex(kind), kind)
        for viewer in (ANONYMOUS, SIGNED_IN, Viewer(Kind.ADMINISTRATOR)):
            assert SOURCE.cards([str(page.pk)], viewer) == {}


def test_a_card_tells_what_the_list_shows() -> None:
    page = make_reflex(title="Fiche fugue", heading="Violences", summary="Le premier soir.")
    card = SOURCE.cards([str(page.pk)], ANONYMOUS)[str(page.pk)]
    assert (card.title, card.summary, card.kind) == ("Fiche fugue", "Le premier soir.", "fiche-reflexe")
    assert (card.url, card.slug) == ("/guides/fiche-essai/", "fiche-essai")
    assert (card.kind_label, card.language) == ("Fiche réflexe", "fr")
    assert card.updated_on == page.last_published_at.date()


def test_no_key_is_left_where_pages_are_listed() -> None:
    page = make_reflex(summary="Le {119} conseille.")
    make_standard("liste", [("pages", {"title": "À lire", "pages": [page.pk]})])
    assert SOURCE.cards([str(page.pk)], ANONYMOUS)[str(page.pk)].summary == "Le 119 conseille."
    for address in ("/guides/", "/liste/", page.address):
        html = Client().get(address).content.decode()
        assert "conseille" in html
        assert "{119}" not in html


def test_twenty_cards_of_every_kind_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    guide = make_guide()
    pages = [guide, make_measure(), *(make_chapter(guide, f"c-{number}") for number in range(9))]
    pages += [make_reflex(f"fiche-{number}") for number in range(9)]
    keys = [str(page.pk) for page in pages]
    SOURCE.cards(keys, ANONYMOUS)
    with django_assert_num_queries(1):
        assert len(SOURCE.cards(keys, ANONYMOUS)) == 20


def test_what_changes_with_a_page_is_itself_and_what_stands_under_it() -> None:
    guide = make_guide()
    chapter = make_chapter(guide, "un")
    other = make_guide("autre")
    assert set(SOURCE.affected(guide)) == {str(guide.pk), str(chapter.pk)}
    assert SOURCE.affected(chapter) == [str(chapter.pk)]
    restriction = PageViewRestriction(page=guide, restriction_type="login")
    assert set(SOURCE.affected(restriction)) == {str(guide.pk), str(chapter.pk)}
    assert str(other.pk) in SOURCE.affected(make_shelf())
    assert SOURCE.affected(object()) == []


def test_a_type_leads_to_its_pages_the_measure_first_then_sheets_guides_and_chapters(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    tgd = ActorTypeFactory(slug="tgd")
    with django_capture_on_commit_callbacks(execute=True):
        guide = make_guide(title="Guide", types=["tgd"])
        make_chapter(guide, "un", title="Chapitre", types=["tgd"])
        make_reflex(title="Fiche", types=["tgd"])
        make_reflex("autre", title="Autre", types=["crip"])
        make_measure(title="Mesure", actor_type=tgd)
    assert [one.title for one in SOURCE.about("tgd", ANONYMOUS)] == ["Mesure", "Fiche", "Guide", "Chapitre"]
    Page.objects.filter(pk=guide.pk).update(live=False)
    assert SearchPage.objects.count() == 5
    assert [one.title for one in SOURCE.about("tgd", ANONYMOUS)] == ["Mesure", "Fiche"]
