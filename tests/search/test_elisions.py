"""Messages without apostrophes: parted where French would, and nowhere else."""

import pytest

from search.elisions import is_elided, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lenfant est battu a lecole", "l enfant est battu a l ecole"),
        ("jai peur quil me tue", "j ai peur qu il me tue"),
        ("jveux partir", "je veux partir"),
        ("il mfrappe", "il me frappe"),
        ("il ma frappee", "il m a frappee"),
        ("il ma violee devant ma fille", "il m a violee devant ma fille"),
        ("elle et ma fille", "elle et ma fille"),
        ("il frappe ma mere", "il frappe ma mere"),
        ("lui qui ma fille adore", "lui qui ma fille adore"),
        ("cest mon mari", "c est mon mari"),
        ("jsuis seule", "je suis seule"),
        # Words, names and sigles that begin as an elision would.
        ("mes menaces", "mes menaces"),
        ("lans en vercors", "lans en vercors"),
        ("cidff mecs leao siao cippav", "cidff mecs leao siao cippav"),
        ("dune", "dune"),
    ],
)
def test_words_are_parted(text: str, expected: str) -> None:
    assert " ".join(words_of(text.split(), lambda word: False)) == expected


def test_what_means_something_stays_whole() -> None:
    assert is_elided("laval")
    assert is_elided("mamie")
    assert words_of(["mamie", "laval"], {"laval", "mamie"}.__contains__) == ["mamie", "laval"]
