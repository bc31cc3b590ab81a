"""From where one counts, as French says it."""

import pytest
from django.utils import translation

from directory.folding import fold
from directory.place_names import from_commune


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gap", "de Gap"),
        ("Embrun", "d’Embrun"),
        ("Échirolles", "d’Échirolles"),
        ("Huez", "d’Huez"),
        ("La Mure", "de La Mure"),
        ("Le Périer", "du Périer"),
        ("Les Deux Alpes", "des Deux Alpes"),
        ("L'Argentière-la-Bessée", "de L'Argentière-la-Bessée"),
    ],
)
def test_articles_are_joined_and_vowels_elided(name: str, said: str) -> None:
    assert from_commune(name) == said


def test_in_english_names_stay_whole() -> None:
    with translation.override("en"):
        assert from_commune("Le Périer") == "from Le Périer"
        assert from_commune("Embrun") == "from Embrun"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("C.R.I.P. 38", "crip 38"),
        ("C.R.I.P", "crip"),
        ("le T.G.D.", "le tgd"),
        ("C.R.I.P.Isère", "crip isere"),
        ("il m.a.frappe", "il m a frappe"),
        ("non.J’ai", "non j ai"),
    ],
)
def test_dotted_sigles_are_one_word(written: str, folded: str) -> None:
    assert fold(written) == folded
