"""Words that tell are seen through accents, plurals and punctuation; innocent neighbours are left alone."""

from unicodedata import normalize

import pytest

from directory.discretion import BANNED_WORDS, telling_words


@pytest.mark.parametrize(
    "word",
    [
        "violence",
        "Violences",
        "violent",
        "violentes",
        "victime",
        "VICTIMES",
        "covictime",
        "viol",
        "viols",
        "violée",
        "violer",
        "violeur",
        "prostitution",
        "prostituée",
        "pré-prostitutionnelles",
        "proxénétisme",
        "proxénète",
        "sexuel",
        "sexuelles",
        "sexiste",
        "conjugal",
        "conjugales",
        "conjugaux",
        "inceste",
        "incestueux",
        "agression",
        "agresseur",
        "agressée",
        "maltraitance",
        "maltraité",
        "auteur",
        "auteurs",
        "abus",
        "abusée",
        "harcèlement",
        "cyberharcèlement",
        "attouchements",
        "féminicide",
        "victims",
        "sexual abuse",
        "domestic violence",
    ],
)
def test_a_telling_word_is_seen(word: str) -> None:
    assert telling_words(f"Fiche : {word}, Isère")
    assert telling_words(normalize("NFD", word)), "accents written apart"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CRIP",
        "Accueil de jour",
        "Violon et violet, violette, violoncelle",
        "Violation d’un domicile",
        "Conjugaison",
        "Hauteur, auteuil",
        "Agressif",
        "Abusif",
        "Absence",
        "Sextant",
        "Maison des femmes",
        "Référent VIF",
        "Aide aux familles 38-05",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert telling_words(text) == []


def test_words_are_given_back_as_written_once_and_in_order() -> None:
    assert telling_words("Victimes de Viol, l’agression, victimes, VICTIMES, viol ; Viol") == [
        "Victimes",
        "Viol",
        "agression",
        "victimes",
        "VICTIMES",
        "viol",
    ]


@pytest.mark.parametrize(
    "address",
    ["/guides/violences-conjugales/", "fiche_victime_38.pdf", "/types/psp-prostitution", "viol%C3%A9e"],
)
def test_addresses_and_file_names_are_read_too(address: str) -> None:
    assert telling_words(address)


def test_the_list_is_written_folded_and_each_entry_is_at_work() -> None:
    assert len(set(BANNED_WORDS)) == len(BANNED_WORDS)
    for entry in BANNED_WORDS:
        assert telling_words(entry.rstrip("*")) or telling_words(entry.replace("*", "a")), entry
