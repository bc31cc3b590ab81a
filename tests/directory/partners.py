"""Fictional partners' files, of the form of the real ones, and how the tests run the import."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

HEADER = "nom;type;code_insee;commune;dep;lon;lat;precision"
# Fiction, of the form of the real file: CRLF, a renamed court, two lines refused, at 4 and 7.
LINES = (
    "Tribunal de grande instance des Exemples;tgi;38185;Grenoble;38;5.72;45.19;commune",
    "Brigade de gendarmerie - Exemple-sur-Isère;gendarmerie;38563;Voiron;38;5.59;45.36;commune",
    "Brigade d'ailleurs;gendarmerie;98735;Nulle part;987;;;",
    "Commissariat des Exemples;commissariat_police;05061;Gap;05;6.07;44.55;commune",
    "Brigade de l'Exemple;gendarmerie;04070;Digne;04;6.23;44.09;commune",
    "Brigade de l'Exemple;gendarmerie;04070;Digne;04;6.23;44.09;commune",
)
FULL = "id;nom;type;insee;rue;cp;lon;lat;tel;mail;web;heures;texte"
MAPPING = """
note = "Donnée d’essai."
[columns]
id = "id"
name = "nom"
type = "type"
commune = "insee"
street = "rue"
postal_code = "cp"
longitude = "lon"
latitude = "lat"
phone = "tel"
email = "mail"
website = "web"
hours = "heures"
description = "texte"
"""
ASSO = (
    "a1;L’Étape;leao;38185;3 rue d’Essai;38000;5.7311;45.1922;04 65 71 00 12;a@b.example;https://b.example;"
    "lun-ven 9h-12h;Texte."
)


def run(path: Path, *options: Any, source: str = "dila-2020") -> tuple[int, dict[str, int], list[str], str]:
    """Exit code, counts, error lines and what went to the error output."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import_partners", path, "--source", source, *options, stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    lines = out.getvalue().splitlines()
    counts = {name: int(count) for name, count in (line.split(" ") for line in lines[:6])}
    return code, counts, lines[6:], err.getvalue()


def counted(path: Path, *options: Any, source: str = "dila-2020") -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in run(path, *options, source=source)[1].items() if count}
