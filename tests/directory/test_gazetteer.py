"""Text → place, on the whole country: every trap of SOURCES.md and domain.md §4."""

import pytest

from directory.gazetteer import Resolution, resolve, suggest
from directory.models import Commune
from tests.factories import ServiceFactory

pytestmark = pytest.mark.usefixtures("whole_country")


def insee(text: str) -> str | None:
    commune = resolve(text).commune
    return commune.insee if commune else None


def codes(communes: tuple[Commune, ...] | list[Commune]) -> list[str]:
    return [commune.insee for commune in communes]


# --- Codes ----------------------------------------------------------------------------------------


def test_five_digits_are_a_postal_code_and_it_is_said() -> None:
    found = resolve("38400")
    assert found.commune.name == "Saint-Martin-d'Hères"
    assert found.note == "38400 lu comme un code postal : Saint-Martin-d'Hères (38)."
    assert found.choices == ()


def test_the_insee_code_is_another_commune() -> None:
    found = resolve("insee:38400")
    assert found.commune.name == "Saint-Jean-de-Moirans"
    assert found.note == ""


def test_a_postal_code_may_span_two_departments() -> None:
    found = resolve("05110")
    assert {"04", "05"} == {commune.department for commune in found.choices}
    assert {"Claret", "Curbans"} <= {one.name for one in found.choices if one.department == "04"}
    assert found.commune == found.choices[0]
    assert "8 communes ont ce code" in found.note


def test_a_postal_code_never_tells_the_department() -> None:
    found = resolve("06260")
    assert ("La Rochette", "04") in {(one.name, one.department) for one in found.choices} or len(
        found.choices
    ) == 12
    assert resolve("La Rochette 06260").commune.department == "04"


@pytest.mark.parametrize("text", ["00000", "99999", "20999"])
def test_an_unknown_postal_code_says_what_to_write(text: str) -> None:
    found = resolve(text)
    assert found.commune is None
    assert found.message == f"Aucune commune n’a le code postal {text}. Écrivez le nom de la commune."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("insee:2A004", "2A004"),
        ("insee:2b033", "2B033"),
        ("INSEE: 38185 ", "38185"),
        ("insee:97411", "97411"),
    ],
)
def test_insee_codes_are_exact(text: str, expected: str) -> None:
    assert insee(text) == expected


@pytest.mark.parametrize(
    "text", ["insee:20004", "insee:", "insee:3818", "insee:é%_", "insee:38185 x", "insee:²²²²²"]
)
def test_a_wrong_insee_code_is_said_and_nothing_is_taken(text: str) -> None:
    found = resolve(text)
    assert found.commune is None
    assert found.message.startswith("Aucune commune n’a le code INSEE «")


# --- Names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grenoble", "38185"),
        ("grenoble", "38185"),
        ("  GRENOBLE. ", "38185"),
        ("à Gap", "05061"),
        ("près de Gap", "05061"),
        ("commune de Gap", "05061"),
        ("St-Égrève", "38382"),
        ("st egreve", "38382"),
        ("Saint Egrève", "38382"),
        ("Ste Foy-lès-Lyon", "69202"),
        ("sainte foy les lyon", "69202"),
        ("Saint-Martin-d'Hères", "38421"),
        ("saint martin d’heres", "38421"),
        ("st martin d heres", "38421"),
        ("L’Haÿ-les-Roses", "94038"),
        ("l'hay les roses", "94038"),
        ("la mure", "38269"),
        ("Mure", "38269"),
        ("Le Mans", "72181"),
        ("Mans", "72181"),
        ("Bourgoin-Jallieu", "38053"),
        ("bourgoin jallieu", "38053"),
        ("38300 Bourgoin-Jallieu", "38053"),
        ("38000 GRENOBLE CEDEX 9", "38185"),
        ("Embrun 05200", "05046"),
        ("Embrun, Hautes-Alpes", "05046"),
        ("embrun (05)", "05046"),
        ("Y", "80829"),
        ("Vers-sur-Méouge", "26372"),
    ],
)
def test_a_name_however_it_is_written(text: str, expected: str) -> None:
    found = resolve(text)
    assert insee(text) == expected
    assert found.note == ""
    assert found.message == ""


def test_ligatures() -> None:
    assert codes(resolve("oeuilly").choices) == codes(resolve("Œuilly").choices)
    assert {one.name for one in resolve("Œuilly").choices} == {"Œuilly"}


def test_homonyms_are_ranked_by_population_and_said() -> None:
    found = resolve("La Garde")
    names = [(one.name, one.department) for one in found.choices]
    assert names[:3] == [("La Garde", "83"), ("La Garde", "04"), ("La Garde", "38")]
    assert found.note == "Plusieurs communes portent ce nom. Commune prise : La Garde (83)."
    populations = [one.population for one in found.choices[:3]]
    assert populations == sorted(populations, reverse=True)


def test_a_homonym_where_somebody_answers_comes_first() -> None:
    ServiceFactory(department="04")
    found = resolve("La Garde")
    assert [one.department for one in found.choices[:3]] == ["04", "83", "38"]
    assert found.note == "Plusieurs communes portent ce nom. Commune prise : La Garde (04)."


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("la garde 38", "38"),
        ("La Garde (04)", "04"),
        ("la garde var", "83"),
        ("La Garde, Isère", "38"),
        ("Sigoyer 05", "05"),
        ("sigoyer alpes de haute provence", "04"),
        ("Sigoyer, Hautes-Alpes", "05"),
    ],
)
def test_homonyms_are_told_apart_by_department(text: str, department: str) -> None:
    found = resolve(text)
    assert found.commune.department == department
    assert found.choices == ()
    assert found.note == ""


def test_sigoyer_is_two_communes() -> None:
    found = resolve("Sigoyer")
    assert {one.department for one in found.choices} == {"04", "05"}
    assert "Plusieurs communes" in found.note


def test_the_beginning_of_a_name_is_said() -> None:
    assert resolve("bourgoin").note == "Commune prise : Bourgoin-Jallieu (38)."
    found = resolve("Digne")
    assert found.commune.name == "Digne-les-Bains"
    assert found.note.startswith("Plusieurs communes commencent ainsi.")


def test_an_article_that_was_typed_is_kept() -> None:
    names = [one.name for one in resolve("la tour").choices]
    assert "Tourcoing" not in names
    assert names[0] == "La Tour"
    assert "La Tour-du-Pin" in names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grenbole", "38185"),
        ("brianson", "05023"),
        ("voirron", "38563"),
        ("embrum", "05046"),
        ("bourgoin jalieu", "38053"),
    ],
)
def test_a_typo_is_taken_and_said(text: str, expected: str) -> None:
    found = resolve(text)
    assert found.commune.insee == expected
    assert found.note.startswith(f"« {text} » n’est pas une commune connue. Commune prise : ")
    assert found.choices[0] == found.commune


@pytest.mark.parametrize(
    "text", ["xyzxyz", "violence", "%", "_", "'; drop table", "🙂", "le", "3", "97", "20"]
)
def test_what_is_no_place_says_what_to_write(text: str) -> None:
    found = resolve(text)
    assert found.commune is None
    assert found.department is None
    assert "Écrivez le nom ou le code postal" in found.message


def test_nothing_typed_is_nothing_said() -> None:
    assert resolve("") == resolve(" \n ") == resolve("\x00") == Resolution()


def test_wildcards_are_only_letters() -> None:
    assert resolve("Gr%").commune is None or "Gr" in resolve("Gr%").commune.name
    assert suggest("%") == suggest("_") == []
    assert resolve("Gren_ble").note.startswith("« Gren_ble » n’est pas une commune connue")


def test_every_kind_of_commune_reads_back_from_what_the_page_shows() -> None:
    """The place field shows "La Garde (38)": sending it again must mean the same commune, and say nothing."""
    sample = Commune.objects.filter(insee__regex="77$|^75|^6938|^132|^2A00|^97[78]")
    known = ["La Vergne", "Vergné", "Corrèze", "Doubs", "Mayenne", "Loiré", "Landes"]
    communes = [*sample, *Commune.objects.filter(name__in=known)]
    assert len(communes) > 300
    wrong = [str(one) for one in communes if resolve(str(one)) != Resolution(one)]
    assert wrong == []


def test_the_beginning_of_a_held_name_comes_before_a_small_homonym_elsewhere() -> None:
    """« La Motte » in a directory of Isère is La Motte-d’Aveillans; the page says so."""
    ServiceFactory(department="38")
    found = resolve("La Motte")
    assert str(found.commune) == "La Motte-d'Aveillans (38)"
    assert "La Motte (83)" in {str(one) for one in found.choices}
    assert "Plusieurs communes commencent ainsi" in found.note
    assert str(resolve("La Motte (83)").commune) == "La Motte (83)"
    assert str(resolve("Saint-Étienne").commune) == "Saint-Étienne (42)"  # a city is meant by its name


def test_a_slip_from_a_held_name_comes_before_what_it_begins_elsewhere() -> None:
    ServiceFactory(department="38")
    found = resolve("saint marcelin")
    assert str(found.commune) == "Saint-Marcellin (38)"
    assert "Saint-Marcelin-de-Cray (71)" in {str(one) for one in found.choices}
    assert "Saint-Marcellin (38)" in found.note
    assert str(resolve("saint marcelin de cray").commune) == "Saint-Marcelin-de-Cray (71)"
    assert [str(one) for one in suggest("saint marcelin")][:2] == [
        "Saint-Marcellin (38)",
        "Saint-Marcelin-de-Cray (71)",
    ]


def test_what_is_held_comes_first_while_one_types() -> None:
    ServiceFactory(department="38")
    assert suggest("la mot")[0].department == "38"
