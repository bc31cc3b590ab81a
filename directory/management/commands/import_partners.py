import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from directory.exchange import apply
from directory.exchange.cleaning import Cleaner
from directory.exchange.diff import Change, Diff, compare
from directory.exchange.mapping import load_mapping
from directory.exchange.readers import Row, read_rows
from directory.exchange.record import LineError, Record, Unreadable


def _source(text: str) -> str:
    """The name that ties one import to the next: stored with each service."""
    if not re.fullmatch(r"[a-z0-9][\w.-]{0,39}", text, re.ASCII):
        raise argparse.ArgumentTypeError("de 1 à 40 lettres sans accent, chiffres, tirets ou points")
    return text


class Command(BaseCommand):
    help = "A partner's file compared with the directory; written only with --wet-run."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source",
            required=True,
            type=_source,
            help="a name that stays the same from one import to the next",
        )
        parser.add_argument("--mapping", type=Path, help="TOML: the file's columns in our words")
        parser.add_argument("--wet-run", action="store_true", help="write; without it nothing is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            diff = self._compare(options)
        except Unreadable as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        if options["wet_run"]:
            apply.write(diff, options["source"], self._progress)
        else:
            self.stderr.write("Essai à blanc : rien n’est écrit. Ajoutez --wet-run pour écrire.")
        self._report(diff)
        if diff.errors:
            raise SystemExit(1)

    def _compare(self, options: dict[str, Any]) -> Diff:
        columns, rows = read_rows(options["file"])
        cleaner = Cleaner(load_mapping(options["source"], options["mapping"]), columns)
        return compare(self._cleaned(cleaner, rows), options["source"])

    def _cleaned(self, cleaner: Cleaner, rows: Iterator[Row | LineError]) -> Iterator[Record | LineError]:
        for count, row in enumerate(rows, start=1):
            if count % 1000 == 0:
                self.stderr.write(f"{count} lignes lues…")
            yield row if isinstance(row, LineError) else cleaner.clean(*row)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done}/{total} écrites…")

    def _report(self, diff: Diff) -> None:
        for name, count in diff.counts().items():
            self.stdout.write(f"{name} {count}")
        for error in diff.errors:
            self.stdout.write(f"ligne {error.line} : {error.message}")
        for change in diff.conflicts:
            self.stderr.write(self._kept(change))

    def _kept(self, change: Change) -> str:
        return (
            f"ligne {change.record.line} : {change.service.name} garde {', '.join(change.kept)} (modifié ici)"
        )
