"""Files → rows of text with their line numbers. Delimiter and encoding are recognised, never assumed."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from directory.exchange.record import Unreadable

_BIGGEST = 100 * 1024 * 1024  # bytes

Row = tuple[int, dict[str, str]]


def read_rows(path: Path) -> tuple[list[str], Iterator[Row]]:
    """The columns, then (line number, row). Raises Unreadable."""
    lines = _text(path).splitlines()
    if not lines or not lines[0].strip():
        raise Unreadable(_("Le fichier est vide : %(name)s.") % {"name": path.name})
    delimiter = max(";,\t|", key=lines[0].count)
    reader = csv.DictReader(lines, delimiter=delimiter, restkey="", restval="")
    columns = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = columns
    return columns, _rows(reader)


def _rows(reader: csv.DictReader) -> Iterator[Row]:
    try:
        for row in reader:
            yield reader.line_num, {name: value.strip() for name, value in row.items() if isinstance(value, str)}
    except csv.Error as error:
        raise Unreadable(_("Ligne %(line)d illisible : %(error)s.") % {"line": reader.line_num, "error": error}) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _BIGGEST:
            raise Unreadable(_("Le fichier dépasse 100 Mo : découpez-le."))
        raw = path.read_bytes()
    except OSError as error:
        message = _("Impossible de lire « %(name)s » : %(error)s.")
        raise Unreadable(message % {"name": path, "error": error.strerror}) from error
    if b"\x00" in raw:
        raise Unreadable(_("« %(name)s » n’est pas un fichier CSV.") % {"name": path.name})
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
