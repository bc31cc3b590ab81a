"""Files → rows of text with their line numbers. Delimiter and encoding are recognised, never assumed."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.record import LineError, Unreadable

_BIGGEST = 100 * 1024 * 1024  # bytes

Row = tuple[int, dict[str, str]]


def read_rows(path: Path) -> tuple[list[str], Iterator[Row | LineError]]:
    """The columns, then (line number, row), the header being line 1. Raises Unreadable, also later."""
    text = _text(path)
    first = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    lines = _lines(csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t|", key=first.count)))
    _number, header = next(lines, (0, []))
    if not header:
        raise Unreadable(_("Le fichier est vide : %(name)s.") % {"name": path.name})
    columns = [name.strip() for name in header]
    double = sorted({name for name in columns if name and columns.count(name) > 1})
    if double:
        raise Unreadable(_("Colonnes en double : %(names)s.") % {"names": ", ".join(double)})
    return columns, _rows(lines, columns)


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it begins (a quoted text may hold several); empty ones are skipped."""
    begins = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield begins, values
            begins = reader.line_num + 1
    except csv.Error as error:
        message = _("Ligne %(line)d illisible : %(error)s. Un guillemet n’est peut-être pas fermé.")
        raise Unreadable(message % {"line": begins, "error": error}) from error


def _rows(lines: Iterator[tuple[int, list[str]]], columns: list[str]) -> Iterator[Row | LineError]:
    for number, values in lines:
        if any(value.strip() for value in values[len(columns) :]):
            message = _("%(found)d valeurs pour %(expected)d colonnes : un séparateur manque de guillemets.")
            yield LineError(number, message % {"found": len(values), "expected": len(columns)})
            continue
        row = dict.fromkeys(columns, "")
        row.update((name, value.strip()) for name, value in zip(columns, values, strict=False))
        yield number, row


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _BIGGEST:
            raise Unreadable(_("Le fichier dépasse 100 Mo : découpez-le."))
        raw = path.read_bytes()
    except OSError as error:
        message = _("Impossible de lire « %(name)s » : %(error)s.")
        raise Unreadable(message % {"name": path, "error": error.strerror}) from error
    if b"\x00" in raw and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(_("« %(name)s » n’est pas un fichier CSV.") % {"name": path.name})
    return _decoded(raw).replace("\x00", "")


def _decoded(raw: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what Western Windows writes."""
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
