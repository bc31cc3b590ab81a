"""The types shipped as text: whole, valid against the vocabularies, and telling nothing (no database)."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import directory
from directory import taxonomy
from directory.discretion import telling_words
from directory.phones import EMAIL_IN_TEXT, PHONE_IN_TEXT

DATA = Path(directory.__file__).parent / "data"
Entry = dict[str, Any]


def shipped(file: str, table: str) -> list[Entry]:
    return tomllib.loads((DATA / file).read_text(encoding="utf-8"))[table]


TYPES = {entry["slug"]: entry for entry in shipped("actor_types.toml", "type")}
VIRTUAL = shipped("actor_types.toml", "virtual")
HELPLINES = {entry["key"] for entry in shipped("helplines.toml", "helpline")}

# By family, in the order of domain.md's table.
EXPECTED_TYPES = {
    "ecoute": "leao accueil-de-jour cidff france-victimes referente-violences planning-familial "
    "maison-femmes-municipale ccas",
    "fsi": "commissariat brigade-gendarmerie iscg bav-police mpf bpf-police correspondant-av-police "
    "correspondant-av-gendarmerie referent-vif",
    "justice": "parquet parquet-cellule-prostitution tribunal-judiciaire bav-tribunal pjj spip tgd bar "
    "ordonnance-protection evvi eviction-conjoint indemnisation plainte-hopital",
    "sante": "umj uaped maison-des-femmes urgences referent-violences-hopital",
    "hebergement": "siao-115 association-point-entree hebergement-fvv chrs",
    "enfance": "crip ase mecs pmi service-social-eleves referent-prostitution-ase referent-parcours "
    "information-preoccupante signalement",
    "majeurs": "cippav alma admr ars",
    "prostitution": "association-prostitution association-prostitution-mineurs maraude-adultes psp "
    "commission-psp",
    "auteurs": "cpca association-auteurs stage-responsabilisation",
    "droit": "point-justice cdad avocats",
    "institutions": "prefecture conseil-departemental dddfe centre-ressources-egalite clav clspd cdpd "
    "cnav cddf",
}
SENTENCES = ("role", "who", "how", "not_this", "prepare", "out_of_hours", "to_check")
# As the columns of the model hold them.
TYPE_LENGTHS = {"slug": 60, "acronym": 30, "name": 200, "discreet": 80}
HIDDEN = {"hebergement-fvv", "chrs", "mecs", "maraude-adultes"}
PERPETRATORS = {"spip", "cpca", "association-auteurs", "stage-responsabilisation"}
# A number in words: what N1 keeps in the helplines alone.
SHORT_NUMBER = re.compile(r"\b(?:15|17|18|112|114|115|119|3\d{3}|116\s?\d{3})\b")

every_type = pytest.mark.parametrize("entry", TYPES.values(), ids=TYPES.keys())


def texts_of(entry: Entry) -> Iterator[str]:
    """All that a type says on screen."""
    yield from (entry[key] for key in ("name", "discreet", *SENTENCES))
    yield from (field["label"] for field in entry["own_fields"])


def test_every_type_is_there_in_order() -> None:
    expected = [(slug, family) for family, slugs in EXPECTED_TYPES.items() for slug in slugs.split()]
    assert [(entry["slug"], entry["family"]) for entry in shipped("actor_types.toml", "type")] == expected
    assert len(expected) == 72


@every_type
def test_a_type_has_all_its_keys_within_the_columns(entry: Entry) -> None:
    texts = {"slug", "acronym", "kind", "family", "audience", "address", "name", "discreet", *SENTENCES}
    lists = {"aliases", "referrers", "confused_with", "fallback", "own_fields"}
    assert set(entry) - {"territory"} == texts | lists | {"for_victims"}
    assert all(len(entry[key]) <= length for key, length in TYPE_LENGTHS.items())
    assert all(len(alias) <= 80 for alias in entry["aliases"])
    assert entry["name"]
    assert entry["role"]


@every_type
def test_a_type_speaks_the_vocabularies(entry: Entry) -> None:
    assert entry["kind"] in taxonomy.KINDS
    assert entry["family"] in taxonomy.FAMILIES
    assert entry["audience"] in taxonomy.AUDIENCES
    assert entry["address"] == "aucune" or entry["address"] in taxonomy.ADDRESS_VISIBILITIES
    assert all(slug in taxonomy.REFERRERS for slug in entry["referrers"])
    assert entry.get("territory", "ressort") in taxonomy.TERRITORIES
    assert isinstance(entry["for_victims"], bool)


@every_type
def test_a_type_points_to_what_exists(entry: Entry) -> None:
    assert set(entry["fallback"]) <= HELPLINES
    assert set(entry["confused_with"]) <= set(TYPES) - {entry["slug"]}
    fields = [field["slug"] for field in entry["own_fields"]]
    assert len(set(fields)) == len(fields)


@every_type
def test_a_type_repeats_no_alias(entry: Entry) -> None:
    folded = [alias.casefold() for alias in entry["aliases"]]
    assert len(set(folded)) == len(folded)


@every_type
def test_a_type_holds_no_number_and_no_address(entry: Entry) -> None:
    for text in texts_of(entry):
        assert not PHONE_IN_TEXT.search(text)
        assert not SHORT_NUMBER.search(re.sub(r"\d+ (?=ans)", "", text)), text
        assert not EMAIL_IN_TEXT.search(text)
        assert "http" not in text


@every_type
def test_french_is_well_typed(entry: Entry) -> None:
    for text in texts_of(entry):
        assert "'" not in text, text
        assert not re.search(r"[ \w][:;!?»](?:\s|$)|«[ \w]", text), f"no-break space: {text!r}"
    for key in SENTENCES:
        assert entry[key] == "" or entry[key].endswith("."), (key, entry[key])


@every_type
def test_what_is_to_check_is_not_told_as_a_fact(entry: Entry) -> None:
    shown = " ".join(entry[key] for key in SENTENCES if key != "to_check")
    assert "à vérifier" not in shown
    assert not re.search(r"\b(?:six mois|vingt-quatre|six jours|13 juin)\b", shown), (
        "an undated legal duration (R18)"
    )


def test_titles_are_discreet_and_tell_the_types_apart() -> None:
    titles = [entry["discreet"] for entry in TYPES.values()]
    assert {title: telling_words(title) for title in titles if telling_words(title)} == {}
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(titles)


def test_types_whose_address_is_never_shown_are_reserved() -> None:
    assert {slug for slug, entry in TYPES.items() if entry["address"] == "jamais"} == HIDDEN
    assert all(TYPES[slug]["audience"] == "professionnels" for slug in HIDDEN)


def test_measures_and_instances_have_no_place() -> None:
    assert all(entry["address"] == "aucune" for entry in TYPES.values() if entry["kind"] != "structure")


def test_perpetrators_and_institutions_are_not_for_victims() -> None:
    institutions = {slug for slug, entry in TYPES.items() if entry["family"] == "institutions"}
    steering = {"commission-psp", "cdad"}
    assert {slug for slug, entry in TYPES.items() if not entry["for_victims"]} == (
        PERPETRATORS | institutions | steering
    )


def test_perpetrators_services_show_no_fallback_until_the_number_is_checked() -> None:
    assert all(TYPES[slug]["fallback"] == [] for slug in PERPETRATORS)
    assert not any("auteurs" in entry["fallback"] for entry in TYPES.values())


def test_no_victims_type_leads_to_a_perpetrators_one_or_back() -> None:
    crossing = [
        (slug, other)
        for slug, entry in TYPES.items()
        for other in entry["confused_with"]
        if (slug in PERPETRATORS) != (other in PERPETRATORS)
    ]
    assert crossing == []


def test_a_fallback_is_said_in_words_too() -> None:
    assert all(bool(entry["fallback"]) == bool(entry["out_of_hours"]) for entry in TYPES.values())


def test_a_public_place_that_receives_victims_never_leaves_them_without_a_fallback() -> None:
    receiving = [
        entry
        for entry in TYPES.values()
        if entry["kind"] == "structure" and entry["audience"] == "public" and entry["for_victims"]
    ]
    assert len(receiving) > 30
    assert all(entry["fallback"] for entry in receiving)


def test_the_adult_and_the_child_cells_are_told_apart() -> None:
    assert "cippav" in TYPES["crip"]["confused_with"]
    assert "crip" in TYPES["cippav"]["confused_with"]


def test_common_misspellings_are_known() -> None:
    assert {"krip", "cripp", "cellule enfance", "cellule signalement"} <= set(TYPES["crip"]["aliases"])
    assert {"ISGC", "ISC", "ISG"} <= set(TYPES["iscg"]["aliases"])
    assert "CLAD" in TYPES["clav"]["aliases"]
    assert "CLAD" in TYPES["cdad"]["aliases"]


def test_virtual_types_are_those_of_the_taxonomy() -> None:
    assert [(entry["slug"], entry["label"]) for entry in VIRTUAL] == taxonomy.VIRTUAL_TYPES.choices
    assert all(entry["definition"] for entry in VIRTUAL)
    assert not {entry["slug"] for entry in VIRTUAL} & set(TYPES)


def test_every_file_shipped_has_its_source() -> None:
    credited = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    files = [path for path in DATA.iterdir() if path.is_file() and path.name != "SOURCES.md"]
    assert len(files) >= 3
    assert [path.name for path in files if f"`{path.name}`" not in credited] == []
