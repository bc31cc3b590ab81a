"""What was done to a child and is told years later, without its word (domain.md N7)."""

import pytest

from search.pinned import pinned
from tests.search.shipped import codes, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    "words",
    [
        "j’avais 9 ans, c’était le prêtre de la colo. j’en ai 52",
        "J’avais 13 ans, j’en ai 41 et deux garçons. L’entraîneur de judo, les vestiaires",
    ],
)
def test_it_is_understood_of_who_is_grown(words: str) -> None:
    assert "violence:sexuelles" in codes(words)
    assert "0800059595" in pinned(read(words))


@pytest.mark.parametrize(
    "words",
    [
        "j’avais 13 ans quand mon entraîneur m’a appris le judo",
        "j’avais 9 ans quand mes parents se sont séparés, j’en ai 52",
        "j’avais 13 ans, mon oncle me frappait, j’en ai 41",
        "j’avais 30 ans, le voisin est parti, j’en ai 52",
    ],
)
def test_nothing_is_read_into_what_is_said_otherwise(words: str) -> None:
    assert "violence:sexuelles" not in codes(words)
