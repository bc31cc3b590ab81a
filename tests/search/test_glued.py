"""Words glued and split are read as those that were meant, and nothing else is touched."""

import pytest

from search.glued import in_words, with_codes_apart
from tests.search.asked import ask

_KNOWN = "violence conjugale harcelement scolaire telephone grave danger foyer enfance planning crip mal"
KNOWN = frozenset(_KNOWN.split())


def is_whole(word: str) -> bool:
    return word in KNOWN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("violenceconjugale", "violence conjugale"),
        ("harcelementscolaire a gap", "harcelement scolaire a gap"),
        ("telephonegravedanger", "telephone grave danger"),
        ("foyerdelenfance", "foyer de l enfance"),
        ("vio lence", "violence"),
        ("plan ning familial", "planning familial"),
        ("crip38", "crip 38"),
    ],
)
def test_what_was_meant_is_read(written: str, meant: str) -> None:
    assert in_words(written.split(), is_whole) == meant.split()


@pytest.mark.parametrize(
    "written",
    [
        "malheureusement",  # a word that exists
        "violencexyz",  # a part that means nothing
        "enfancedela",  # one word and small ones
        "foyer enfance",
        "plan anning",  # together they are no word
        "h24 cm2 15h30 pm38",
        "38crip",
    ],
)
def test_the_rest_is_left_alone(written: str) -> None:
    assert in_words(written.split(), is_whole) == written.split()


def test_a_code_is_parted_from_what_means_something_only() -> None:
    assert with_codes_apart(["crip38", "crip2a", "crip7", "cafe38"], is_whole) == [
        "crip",
        "38",
        "crip",
        "2a",
        "crip7",
        "cafe38",
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("situations")
class TestQuestions:
    @pytest.mark.parametrize("words", ["violenceconjugale", "vio lence conjugale", "violencesconjugales"])
    def test_a_violence_is_understood(self, words: str) -> None:
        assert "conjugales" in ask(words, "Gap").understood.said("violence")

    @pytest.mark.parametrize("words", ["CRIP05", "C.R.I.P. 05", "C.R.I.P 05"])
    def test_a_sigle_and_its_department(self, words: str) -> None:
        found = ask(words)
        assert found.understood.said("type") == ["crip"]
        assert found.understood.department == "05"

    @pytest.mark.parametrize(
        ("words", "commune"),
        [
            ("CRIP05, Embrun", "Embrun"),
            ("C.R.I.P., Embrun", "Embrun"),
            ("T.G.D. grave danger", ""),
            ("A.S.E. garde d’enfants", ""),
        ],
    )
    def test_places_stand_where_they_stood(self, words: str, commune: str) -> None:
        place = ask(words).place
        assert (place.name if place else "") == commune
