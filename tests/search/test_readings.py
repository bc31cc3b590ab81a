"""What to read beside the services: guides with their chapters, decided again, on the page and in JSON."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from directory.visibility import ANONYMOUS, Kind, Viewer
from search import indexing
from search.answer import Reading, answer
from search.backends import current_backend
from search.excerpts import plain
from search.question import Question
from search.readings import MOST_HITS, readings_of
from search.tokens import seal
from search.words import root
from tests.factories import HelplineFactory, ServiceFactory
from tests.search.library import Library
from tests.territory import GRENOBLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def readings(words: str = "fugue", viewer: Viewer = ANONYMOUS, **values: object) -> tuple[Reading, ...]:
    indexing.rebuild()
    return answer(Question(words=words, **values), viewer).readings  # type: ignore[arg-type]


def titles(found: tuple[Reading, ...]) -> list[tuple[str, list[str]]]:
    return [(one.card.title, [chapter.card.title for chapter in one.chapters]) for one in found]


# --- Grouping ---------------------------------------------------------------------------------------------


def test_chapters_are_under_their_guide_which_is_there_once(library: Library) -> None:
    guide = library.add("Guide fugue", "La fugue, en général.")
    library.add("Autre fugue", kind="fiche-reflexe")
    for number in (1, 2, 3, 4):
        library.add(f"Chapitre {number}", "Retour." if number == 1 else "Une fugue.", part_of=guide.key)
    library.change(library.pages["6"], fields=(("A", "Fugue"),))
    (first, second) = readings()
    assert titles((first,)) == [("Guide fugue", ["Chapitre 4"])]
    assert plain(first.excerpt) == "La fugue, en général."
    assert titles((second,)) == [("Autre fugue", [])]


def test_a_guide_found_by_its_chapters_alone_is_shown_with_the_best_three(library: Library) -> None:
    guide = library.add("Guide", "Présentation.")
    for number in range(5):
        library.add(f"Fugue {number}", f"Une fugue, {number}.", part_of=guide.key)
    (only,) = readings()
    assert titles((only,)) == [("Guide", ["Fugue 0", "Fugue 1", "Fugue 2"])]
    assert only.excerpt == ()
    assert [plain(chapter.excerpt) for chapter in only.chapters][:1] == ["Une fugue, 0."]


def test_four_at_most_on_the_first_page_only(library: Library) -> None:
    for number in range(6):
        library.add(f"Fugue {number}")
    assert titles(readings()) == [(f"Fugue {number}", []) for number in range(4)]
    assert readings(page=2) == ()


def test_without_an_excerpt_the_summary_is_shown(library: Library) -> None:
    library.add("Fugue", "Un texte sans ce mot.")
    assert readings()[0].excerpt == (("Résumé 1.", False),)


def test_another_language_is_read_by_its_summary_and_once(library: Library) -> None:
    library.add("Fugue", "Une fugue.")
    library.language = "en"
    assert readings()[0].excerpt == (("Résumé 1.", False),)


def test_two_pages_that_lead_to_the_same_card_are_one(library: Library) -> None:
    library.add("Fugue")
    library.add("Fugue")
    library._card = lambda key, card=library._card: card("1")  # type: ignore[method-assign,misc]
    assert len(readings()) == 1


# --- Who may read -----------------------------------------------------------------------------------------


def test_the_source_decides_again(library: Library) -> None:
    """What the index recalls is shown to those who may read it now."""
    page = library.add("Fugue", "Une fugue.")
    indexing.rebuild()
    library.hidden = {page.key}
    asked = Question(words="fugue")
    assert answer(asked, ANONYMOUS).readings == ()
    assert titles(answer(asked, Viewer(Kind.PROFESSIONAL)).readings) == [("Fugue", [])]
    library.remove(page)
    assert answer(asked, Viewer(Kind.ADMINISTRATOR)).readings == ()


def test_a_chapter_is_never_shown_without_its_guide_nor_a_guide_for_a_chapter_that_hides(
    library: Library,
) -> None:
    guide = library.add("Guide", "Présentation.")
    chapter = library.add("Fugue", part_of=guide.key)
    indexing.rebuild()
    for hidden in (guide, chapter):
        library.hidden = {hidden.key}
        assert answer(Question(words="fugue"), ANONYMOUS).readings == ()


def test_a_source_that_is_not_registered_any_more_shows_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add("Fugue")
    indexing.rebuild()
    monkeypatch.setattr("search.sources._registered", {})
    assert answer(Question(words="fugue"), ANONYMOUS).readings == ()


# --- Queries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 12])
def test_one_query_for_the_pages_whatever_their_number(
    library: Library, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        library.add(f"Fugue {number}")
    indexing.rebuild()
    asked = Question(terms=((root("fugue"),),))
    with django_assert_num_queries(1):
        found = readings_of(asked, current_backend().find_pages(asked, MOST_HITS), ANONYMOUS)
    assert len(found) == min(size, 4)


def test_no_query_when_nothing_that_pages_answer_was_asked_or_when_they_are_not_wanted(
    library: Library, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    library.add("Fugue")
    indexing.rebuild()
    with django_assert_num_queries(0):
        assert current_backend().find_pages(Question(commune=GRENOBLE), MOST_HITS) == ()
        assert readings_of(Question(commune=GRENOBLE), (), ANONYMOUS) == ()
    assert answer(Question(words="fugue"), ANONYMOUS, with_readings=False).readings == ()


# --- Page and JSON ----------------------------------------------------------------------------------------


def page_of(client: Client, **params: str) -> str:
    sealed = seal({name: [value] for name, value in params.items()})
    return client.get(f"/recherche/r/{sealed}/").content.decode()


@pytest.fixture
def guide(library: Library) -> Library:
    guide = library.add(
        "Premiers réflexes", "Elle est <b>en fugue</b>. Ne pas juger.", keywords="escorting, fugue"
    )
    library.add("Retour de fugue", "Accueillir.", part_of=guide.key)
    ServiceFactory(name="Accueil fugue (exemple)", at=GRENOBLE)
    indexing.rebuild()
    return library


def test_the_page_shows_them_beside_with_the_words_found(client: Client, guide: Library) -> None:
    page = page_of(client, q="fugue", lieu="Grenoble")
    aside = page[page.index('id="cote"') :]
    assert page.count('id="lire"') == aside.count('id="lire"') == 1
    assert 'href="/guides/page-1/" lang="fr"' in aside
    assert "&lt;b&gt;en <mark>fugue</mark>&lt;/b&gt;. Ne pas juger." in aside
    assert 'href="/guides/page-2/"' in aside
    assert 'href="#lire"' in page[: page.index('id="cote"')]


def test_without_a_service_they_come_before_what_to_try(client: Client, guide: Library) -> None:
    page = page_of(client, q="escorting", lieu="Grenoble")
    main = page[page.index('id="resultats"') : page.index('id="cote"')]
    assert main.index('id="lire"') < main.index('id="t-rien"')
    assert page.count('id="lire"') == 1
    assert 'href="#lire"' not in page


def test_nothing_to_read_says_nothing(client: Client, guide: Library) -> None:
    for params in ({"lieu": "Grenoble"}, {"q": "accueil", "lieu": "Grenoble", "page": "2", "limit": "1"}):
        assert "lire" not in page_of(client, **params).replace("relire", "")


def test_the_page_in_english(client: Client, guide: Library) -> None:
    with translation.override("en"):
        page = page_of(client, q="fugue", lieu="Grenoble")
    assert 'lang="fr"' in page[page.index('id="lire"') :]


def test_json(client: Client, guide: Library) -> None:
    found = client.get("/api/v1/search", {"q": "fugue", "lieu": "38185"}).json()
    assert found["guides"] == [
        {
            "slug": "page-1",
            "kind": "guide",
            "title": "Premiers réflexes",
            "url": "/guides/page-1/",
            "updated_on": "2026-11-20",
            "excerpt": "Elle est <b>en fugue</b>. Ne pas juger.",
            "chapters": [
                {
                    "slug": "page-2",
                    "title": "Retour de fugue",
                    "url": "/guides/page-2/",
                    "excerpt": "Résumé 2.",
                }
            ],
        }
    ]
    assert client.get("/api/v1/search", {"lieu": "38185"}).json()["guides"] == []


def test_the_results_with_readings_take_fifteen_queries_at_most(
    client: Client, guide: Library, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    HelplineFactory(key="17", emergency=True)
    HelplineFactory(key="3919")
    sealed = seal({"q": ["fugue"], "lieu": ["Grenoble"]})
    client.get(f"/recherche/r/{sealed}/")  # types, lexicon and rules are held from one question to the next
    with django_assert_max_num_queries(15):
        page = client.get(f"/recherche/r/{sealed}/").context["page"]
    assert page.results
    assert page.found.readings
