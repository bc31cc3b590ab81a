"""Wordings in several parts: what is said in words that are not beside each other."""

import pytest

from directory.models import LexiconEntry
from search.lexicon import made_of
from search.question import Question
from search.understanding import understand

pytestmark = pytest.mark.django_db


def found(words: str, *wordings: str, exact: bool = False, clue: bool = False) -> list[tuple[str, str]]:
    """(concept, words that said it), with these wordings for « harcèlement scolaire » and nothing else."""
    entries = [
        LexiconEntry(words=list(wordings), concepts=["v:harcelement-scolaire"], exact=exact, clue=clue),
        LexiconEntry(words=["pour rire"], concepts=[], exact=True),
        LexiconEntry(words=["mon frère"], concepts=["p:proche-temoin"], exact=True),
    ]
    understood = understand(Question(words=words), [], lexicon=made_of(entries)).question
    return [(one.slug, one.source) for one in understood.concepts if one.kind == "violence"]


WORDING = "(se fait/on lui) (taper/crache dessus) … (au collège/à l’école)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("il se fait taper tous les jours par des grands au collège", "se fait taper"),
        ("au collège, il se fait taper", "se fait taper"),
        ("on lui crache dessus et personne ne bouge à l’école", "on lui crache dessus"),
        ("il se fait tapé au collège tous les jours", "se fait tape"),
    ],
)
def test_the_parts_are_found_in_any_order(words: str, said: str) -> None:
    assert found(words, WORDING) == [("harcelement-scolaire", said)]


@pytest.mark.parametrize(
    "words",
    [
        "il se fait taper tous les jours",
        "il est au collège",
        "il se fait couper les cheveux au collège",
        "il se fait taper " + "et il attend " * 10 + "au collège",  # too far
    ],
)
def test_a_part_alone_says_nothing(words: str) -> None:
    assert found(words, WORDING) == []


def test_the_letter_counts_when_it_is_exact() -> None:
    assert found("il se fait taper, au collège", WORDING, exact=True)
    assert not found("il se fait tapé, au collège", WORDING, exact=True)


def test_an_innocent_turn_says_nothing_of_its_words() -> None:
    wording = "pour … collège"
    assert found("pour le collège", wording)
    assert not found("c’est pour rire au collège", wording)


def test_a_clue_in_parts_counts_beside_something_firm() -> None:
    assert not found("il se fait taper au collège", WORDING, clue=True)
    assert found("mon frère se fait taper au collège", WORDING, clue=True)


def test_three_parts_are_all_needed() -> None:
    wording = "appart … mon nom … déjà pris"
    assert found("l’appart était déjà pris quand j’ai dit mon nom", wording)
    assert not found("l’appart était déjà pris", wording)


def test_parts_do_not_share_their_words() -> None:
    assert not found("il se fait taper", "se fait … fait taper")


def test_what_must_be_absent() -> None:
    wording = "se fait taper … au collège … !(père/mère)"
    assert found("il se fait taper au collège", wording)
    assert not found("il se fait taper par son père, il l’a dit au collège", wording)


def test_of_several_the_first_that_is_said_is_shown() -> None:
    """The same on every run: parts are sets, whose order changes with each process."""
    wording = "(légiste/itt/examen/certificat/constat) … (viol/plainte)"
    for _again in range(3):
        assert found("un certificat, un constat, une ITT, l’examen du légiste après un viol", wording) == [
            ("harcelement-scolaire", "certificat")
        ]
