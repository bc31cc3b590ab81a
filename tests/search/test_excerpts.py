"""Of a text, the passage that holds what was asked: words marked, whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import LENGTH, excerpt_of, plain
from search.question import Term
from search.words import roots


def terms(words: str) -> list[Term]:
    return [(root,) for root in roots(words)]


def marked(text: str, asked: list[Term]) -> list[str]:
    return [said for said, is_match in excerpt_of(text, asked) if is_match]


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("hébergement", "Les femmes hébergées ici.", ["hébergées"]),
        ("hebergee", "Un HÉBERGEMENT d’urgence.", ["HÉBERGEMENT"]),
        ("écoute", "L’écoute, c’est tout.", ["écoute"]),
        ("soeur", "Une sœur et des sœurs.", ["sœur", "sœurs"]),
        ("co-victimes", "Les co-victimes aussi.", ["co", "victimes"]),
        ("viol", "La violence.", []),
    ],
)
def test_words_are_found_by_their_roots(asked: str, text: str, found: list[str]) -> None:
    assert marked(text, terms(asked)) == found


def test_a_name_of_several_words_is_marked_whole_and_not_its_words() -> None:
    text = "Un accueil de jour. Un accueil, un jour."
    assert marked(text, [("accueil jour",)]) == ["accueil de jour", "accueil, un jour"]
    assert marked("Le jour où tout commence.", [("accueil jour",)]) == []


def test_any_of_the_alternatives_is_found() -> None:
    assert marked("La médiation.", [("medaition", "mediation")]) == []
    assert marked("La médiation.", [("medait", roots("médiation")[0])]) == ["médiation"]


def test_nothing_found_gives_nothing() -> None:
    assert excerpt_of("Un texte.", terms("autre")) == ()
    assert excerpt_of("", terms("autre")) == excerpt_of("Un texte.", []) == ()


def test_whole_sentences_when_they_fit() -> None:
    text = (
        "Une phrase avant. La CRIP reçoit les signalements. Elle les évalue en trois mois. " + "Suite. " * 40
    )
    said = plain(excerpt_of(text, terms("crip")))
    assert said.startswith("La CRIP reçoit les signalements. Elle les évalue en trois mois. Suite.")
    assert said.endswith("Suite.")
    assert len(said) <= LENGTH


def test_the_passage_that_says_the_most_different_things_wins() -> None:
    filling = "Tout autre chose est dit ici, longuement, sans rien de commun. " * 4
    text = f"La fugue, une fugue, des fugues. {filling} Une fugue du lycée. {filling} Le lycée."
    assert plain(excerpt_of(text, terms("fugue lycée"))).startswith("Une fugue du lycée.")


def test_a_long_sentence_is_cut_between_words_and_says_so() -> None:
    text = "mot " * 60 + "fugue " + "mot " * 60
    excerpt = excerpt_of(text.strip() + ".", terms("fugue"))
    said = plain(excerpt)
    assert said.startswith("…mot")
    assert said.endswith("mot…")
    assert len(said) <= LENGTH + 2
    assert [one for one in excerpt if one[1]] == [("fugue", True)]


def test_a_title_and_a_list_are_told_from_what_follows() -> None:
    text = "Fugues et absences\nune nuit dehors\nun retour en taxi.\nAprès."
    said = plain(excerpt_of(text, terms("fugue")))
    assert said == "Fugues et absences · une nuit dehors · un retour en taxi. Après."


def test_markup_is_text_as_any_other() -> None:
    assert plain(excerpt_of("<script>fugue</script>", terms("fugue"))) == "<script>fugue</script>"


@given(
    st.lists(st.sampled_from(["fugue", "lycée", "mot", "été.", "«", "»", "\n", "…", "🙂", "a-b", "x" * 200])),
    st.sampled_from(["fugue", "lycée fugue", "ab", "absent"]),
)
def test_an_excerpt_says_only_what_the_text_says(words: list[str], asked: str) -> None:
    text = " ".join(words)
    excerpt = excerpt_of(text, terms(asked))
    bare = " ".join(text.replace("…", " ").split())
    for piece in plain(excerpt).replace("…", " ").split(" · "):
        assert " ".join(piece.split()) in bare
    assert all(said for said, _is_match in excerpt)
    assert len(plain(excerpt)) <= LENGTH + 250
