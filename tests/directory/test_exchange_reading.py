"""Lines and files that cannot come in: each says why, with its number."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import reference
from directory.exchange.cleaning import Cleaner
from directory.exchange.mapping import FIELDS, Mapping, load_mapping
from directory.exchange.readers import read_rows
from directory.exchange.record import LineError, Record, Unreadable
from directory.models import Commune, Contact, Organisation, Service
from tests.directory.partners import ASSO, FULL, HEADER, LINES, counted, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "actor_types")]

# --- Lines that cannot come in --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replaced", "by", "message"),
    [
        ("L’Étape", "", "Le nom manque."),
        ("L’Étape", "x" * 201, "dépasse 200 caractères"),
        ("L’Étape", "Appeler le 04 65 71 00 12", "name : Un numéro de téléphone est écrit ici."),
        (";leao;", ";tgd;", "Le type « tgd » n’existe pas."),
        (";leao;", ";n’importe;", "Le type « n’importe » n’existe pas."),
        ("38185", "38000", "La commune « 38000 » n’est pas dans la liste (code INSEE)."),
        ("38185", "", "La commune «  » n’est pas dans la liste"),
        (";38000;", ";38 0;", "Un code postal a cinq chiffres"),
        (
            "5.7311",
            "45.1922",
            "Le point 45.1922, 45.1922 n’est pas en France : la longitude vient en premier.",
        ),
        ("5.7311", "est", "« est » n’est pas une coordonnée."),
        ("5.7311", "nan", "« nan » n’est pas une coordonnée."),
        ("5.7311", "1e999", "« 1e999 » n’est pas une coordonnée."),
        ("5.7311", "", "«  » n’est pas une coordonnée."),
        ("04 65 71 00 12", "04 65", "Écrivez le numéro à dix chiffres"),
        ("a@b.example", "a(at)b", "Écrivez une adresse électronique complète"),
        ("https://b.example", "javascript:alert(1)", "Écrivez l’adresse complète de la page"),
        ("https://b.example", "https://b.example/" + "x" * 200, "dépasse 200 caractères"),
        ("lun-ven 9h-12h", "de temps en temps", "de temps en temps"),
        ("Texte.", "Écrire à a@b.example", "description : Une adresse électronique est écrite ici."),
        ("a1;", "x" * 121 + ";", "L’identifiant dépasse 120 caractères."),
        ("Texte.", "Texte.;de trop", "14 valeurs pour 13 colonnes"),
    ],
)
def test_a_bad_value_is_refused_with_its_line(
    file: Callable[..., Path], mapping: Path, replaced: str, by: str, message: str
) -> None:
    good = ASSO.replace("a1;", "a0;").replace("L’Étape", "Autre")
    path = file(good, ASSO.replace(replaced, by, 1), header=FULL)
    code, counts, errors, _said = run(path, "--mapping", mapping, "--wet-run", source="essai")
    assert (code, counts["ADDED"], counts["ERROR"]) == (1, 1, 1)
    assert errors[0].startswith("ligne 3 : ")
    assert message in errors[0]


def test_a_refused_line_does_not_hide_a_good_one_of_the_same_identifier(
    file: Callable[..., Path], mapping: Path
) -> None:
    path = file(ASSO.replace("04 65 71 00 12", "04 65"), ASSO, header=FULL)
    assert counted(path, "--mapping", mapping, source="essai") == {"ADDED": 1, "ERROR": 1}


def test_line_numbers_are_those_of_the_file(file: Callable[..., Path], mapping: Path) -> None:
    """Empty lines and quoted texts over several lines count as they do in an editor."""
    several = ASSO.replace("a1;", "a2;").replace(
        "Texte.", '"Un texte\r\nsur trois\r\nlignes ; avec un point-virgule"'
    )
    bad = ASSO.replace("38185", "99999").replace("a1;", "a3;")
    path = file(ASSO, "", several, ";;;;;;;;;;;;", bad, header=FULL)
    _code, counts, errors, _said = run(path, "--mapping", mapping, "--wet-run", source="essai")
    assert (counts["ADDED"], counts["ERROR"]) == (2, 1)
    assert errors[0].startswith("ligne 8 : ")
    assert "sur trois" in Service.objects.get(source_id="a2").description


def test_long_names_that_begin_alike_are_two(file: Callable[..., Path]) -> None:
    begin = "Brigade de gendarmerie " + "de la longue vallée " * 8
    path = file(f"{begin} A;gendarmerie;38563", f"{begin} B;gendarmerie;38563")
    assert counted(path, "--wet-run") == {"ADDED": 2}


# --- Files that cannot be read --------------------------------------------------------------------


def unreadable(path: Path, *options: Any, source: str = "dila-2020") -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("import_partners", path, "--source", source, *options, stdout=StringIO(), stderr=err)
    assert stop.value.code == 2
    assert not Service.objects.exists()
    return err.getvalue()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "Impossible de lire" in unreadable(tmp_path / "absent.csv")
    assert "Impossible de lire" in unreadable(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Le fichier est vide"),
        (b"\r\n \r\n", "Le fichier est vide"),
        (b"a;b;c\r\n1;2;3\r\n", "Colonnes absentes : nom, type, code_insee. Colonnes lues : a, b, c."),
        (b"nom;type;nom;code_insee\r\n", "Colonnes en double : nom."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "n’est pas un fichier CSV"),
        (b"\xff\xd8\xff\xe0JFIF;\x80\x81", "Colonnes absentes"),
        (b'nom;type;code_insee\r\n"' + b"x" * 200_000, "Un guillemet n’est peut-être pas fermé"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "fichier.csv"
    path.write_bytes(content)
    assert message in unreadable(path, "--wet-run")


def test_nothing_is_written_when_the_end_cannot_be_read(file: Callable[..., Path]) -> None:
    path = file(*LINES, '"' + "x" * 200_000)
    assert "Ligne 8 illisible" in unreadable(path, "--wet-run")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns = 3", "[columns] doit être une table de textes"),
        ('[columns]\nnom = "x"', "champs inconnus nom"),
        ('[colonnes]\nname = "x"', "« colonnes » n’existe pas"),
        ("[columns", "illisible"),
        ('note = 3\n[columns]\nname="x"', "note : un texte"),
    ],
)
def test_a_mapping_that_cannot_be_read(
    file: Callable[..., Path], tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    assert message in unreadable(file(*LINES), "--mapping", path)
    assert "illisible" in unreadable(file(*LINES), "--mapping", tmp_path / "absent.toml")


def test_a_mapping_says_only_what_differs(file: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[columns]\ncommune = "insee"', encoding="utf-8")
    assert counted(file("L’Étape;leao;38185", header="name;type;insee"), "--mapping", path) == {"ADDED": 1}


def test_our_own_words_need_no_mapping(file: Callable[..., Path]) -> None:
    assert load_mapping("inconnue", None) == Mapping({name: name for name in sorted(FIELDS)})
    path = file("L’Étape;leao;38185;Résumé.", header="name;type;commune;summary")
    assert counted(path, "--wet-run", source="inconnue") == {"ADDED": 1}
    assert Service.objects.get().summary == "Résumé."


@pytest.mark.parametrize("source", ["", "é", "x" * 41, "../demo", "a b"])
def test_a_source_is_a_short_name(file: Callable[..., Path], source: str) -> None:
    with pytest.raises(CommandError, match="de 1 à 40 lettres"):
        call_command("import_partners", file(*LINES), "--source", source)


@pytest.mark.parametrize(
    ("encoding", "ending"),
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1252", "\r\n"), ("utf-16", "\r\n"), ("latin-1", "\r")],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters_are_recognised(
    file: Callable[..., Path], encoding: str, ending: str, delimiter: str
) -> None:
    lines = [line.replace(";", delimiter) for line in LINES[:2]]
    path = file(*lines, header=HEADER.replace(";", delimiter), encoding=encoding, ending=ending)
    columns, rows = read_rows(path)
    assert columns == HEADER.split(";")
    assert [(number, row["nom"]) for number, row in rows] == [
        (2, "Tribunal de grande instance des Exemples"),
        (3, "Brigade de gendarmerie - Exemple-sur-Isère"),
    ]


def test_a_file_too_big_is_refused_before_it_is_read(
    file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.exchange.readers._BIGGEST", 10)
    assert "découpez-le" in unreadable(file(*LINES))


# --- Anything -------------------------------------------------------------------------------------

A_TEXT = st.one_of(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(
        ["38185", "38563", "05061", "leao", "hebergement-fvv", "gendarmerie", "commune", "24/7", "9h-12h"]
    ),
    st.from_regex(r"-?[0-9]{1,4}[.,]?[0-9]{0,8}(e[0-9]{1,3})?", fullmatch=True),
    st.just("x" * 400),
)


@pytest.fixture
def cleaner() -> Cleaner:
    return Cleaner(Mapping({name: name for name in FIELDS}), list(FIELDS))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.fixed_dictionaries(dict.fromkeys(sorted(FIELDS), A_TEXT)))
def test_any_row_ends_in_a_record_that_fits_or_in_a_line_error(cleaner: Cleaner, row: dict[str, str]) -> None:
    cleaner.seen.clear()
    for found in (cleaner.clean(7, row), cleaner.clean(8, {**row, "type": "leao", "commune": "38185"})):
        assert isinstance(found, Record | LineError)
        assert found.line in (7, 8)
        if isinstance(found, LineError):
            assert found.message
            continue
        _fits(found)


def _fits(record: Record) -> None:
    service = Service._meta
    assert all(
        len(getattr(record, name)) <= service.get_field(name).max_length
        for name in ("name", "summary", "source_id")
    )
    assert len(record.organisation) <= Organisation._meta.get_field("name").max_length
    assert all(
        len(value) <= Contact._meta.get_field("value").max_length
        for value in (record.phone, record.email, record.website)
    )
    assert len(record.street) <= 160
    assert len(record.postal_code) <= 5
    assert len(record.hours) <= 255


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_rows_or_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "octets.csv"
    path.write_bytes(content)
    try:
        columns, rows = read_rows(path)
        read = list(rows)
    except Unreadable:
        return
    assert all(isinstance(row, LineError) or list(row[1]) == columns for row in read)


def test_the_shipped_mapping_names_types_that_exist() -> None:
    mapping = load_mapping("dila-2020", None)
    slugs = {row["slug"] for row in reference.shipped_rows("actor_types.toml", "type")}
    assert set(mapping.types.values()) == set(mapping.organisations) == set(mapping.summaries) <= slugs
    assert Commune.objects.count() == 20
