"""Cities and arrondissements, departments, what is being typed, and any text at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from directory.gazetteer import Resolution, department_names, resolve, suggest
from directory.models import Commune

pytestmark = pytest.mark.usefixtures("whole_country")


def insee(text: str) -> str | None:
    commune = resolve(text).commune
    return commune.insee if commune else None


def codes(communes: tuple[Commune, ...] | list[Commune]) -> list[str]:
    return [commune.insee for commune in communes]


# --- Paris, Lyon, Marseille -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris", "75056"),
        ("paris 75", "75056"),
        ("Paris (75)", "75056"),
        ("lyon 69", "69123"),
        ("Marseille (13)", "13055"),
        ("marseille 13", "13213"),
        ("Paris 13", "75113"),
        ("paris 13e", "75113"),
        ("Paris 13ème arrondissement", "75113"),
        ("PARIS 1er", "75101"),
        ("lyon 3 eme", "69383"),
        ("Lyon 69003", "69383"),
        ("75013", "75113"),
        ("75116", "75116"),
        ("13001", "13201"),
        ("Paris 13e Arrondissement (75)", "75113"),
    ],
)
def test_cities_and_their_arrondissements(text: str, expected: str) -> None:
    assert insee(text) == expected
    assert resolve(text).choices == ()


@pytest.mark.parametrize("text", ["paris 21", "lyon 10"])
def test_there_are_no_more_arrondissements_than_there_are(text: str) -> None:
    found = resolve(text)
    assert found.commune is None or found.note


# --- Departments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("05", "05"),
        ("le 05", "05"),
        ("dans le 05", "05"),
        ("2a", "2A"),
        ("en Isère", "38"),
        ("en isere", "38"),
        ("dans l'Isère", "38"),
        ("l’Isère", "38"),
        ("Isère", "38"),
        ("isère 38", "38"),
        ("dept 38", "38"),
        ("département de l’Isère", "38"),
        ("Hautes-Alpes", "05"),
        ("les hautes alpes", "05"),
        ("dans les Hautes-Alpes", "05"),
        ("hautes alpe", "05"),
        ("Côte d’Or", "21"),
        ("la Réunion", "974"),
        ("974", "974"),
        ("en Haute-Corse", "2B"),
        ("Lot", "46"),
        ("Var", "83"),
        ("Loire", "42"),
        ("la Vienne", "86"),
        ("dans la Vienne", "86"),
    ],
)
def test_a_department_is_named(text: str, code: str) -> None:
    found = resolve(text)
    assert found.commune is None
    assert found.department == code
    assert found.note == f"Tout le département : {department_names()[code]} ({code})."


def test_a_town_and_a_department_of_the_same_name() -> None:
    found = resolve("Vienne")
    assert found.commune.insee == "38544"
    assert found.note == "Commune prise : Vienne (38). Pour tout le département Vienne, écrivez 86."
    assert [one.insee for one in resolve("dans la Vienne").choices] == ["38544"]
    assert resolve("Loiré").commune.department == "49"


# --- While typing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gren", "Grenoble"),
        ("38000", "Grenoble"),
        ("38", "Grenoble"),
        ("gap 05", "Gap"),
        ("la gar", "La Garenne-Colombes"),
        ("la garde", "La Garde"),
        ("d'heres", "Saint-Martin-d'Hères"),
        ("voirrn", "Voiron"),
        ("bourgoin-j", "Bourgoin-Jallieu"),
        ("Œui", "Œuilly"),
    ],
)
def test_suggestions(text: str, first: str) -> None:
    assert suggest(text)[0].name == first


def test_suggestions_are_bounded_and_in_order() -> None:
    assert len(suggest("saint", 7)) == 7
    assert suggest("saint", 7) == suggest("saint", 10)[:7]
    assert suggest("") == suggest("zzzz") == suggest("3800") == []


def test_one_query_to_suggest(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        suggest("gren")


# --- Anything -------------------------------------------------------------------------------------

ANYTHING = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="0123456789abé’'-%_() \x00", max_size=40),
    st.from_regex(
        r"(insee:|en |dans l['’]|le |paris |lyon |saint[- ]|la )?[0-9A-Ba-zé %_]{0,12}\)?", fullmatch=True
    ),
    st.text(min_size=1, max_size=4).map(lambda text: text * 2500),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANYTHING)
def test_any_text_is_answered(text: str) -> None:
    found = resolve(text)
    taken = found.commune is not None or found.department is not None
    assert taken != bool(found.message) or found == Resolution()
    assert len(found.choices) <= 12
    assert len(suggest(text, 5)) <= 5


def test_even_half_a_letter() -> None:
    assert resolve("insee:\ud800").message
    assert resolve("\ud800").message
    assert suggest("\ud800") == []
