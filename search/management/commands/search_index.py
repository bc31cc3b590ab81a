"""`search_index sync|rebuild|drift` (contract.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing


class Command(BaseCommand):
    help = (
        "sync : met à jour ce qui diffère de l’annuaire et des pages. rebuild : refait tout l’index. "
        "drift : affiche le nombre de différences, code de sortie 1 s’il y en a."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("sync", "rebuild", "drift"))

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "drift":
            self._drift()
        elif action == "sync":
            changed = indexing.sync(self._progress)
            self.stdout.write(f"{_said(changed)} mise(s) à jour dans l’index.")
        else:
            count = indexing.rebuild(self._progress)
            self.stdout.write(f"{_said(count)} dans l’index.")

    def _drift(self) -> None:
        count = indexing.drift()
        self.stdout.write(str(count))
        if count:
            raise CommandError(
                "L’index diffère de l’annuaire ou des pages : lancez « search_index sync ».", returncode=1
            )

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} / {total}")


def _said(counts: indexing.Counts) -> str:
    return f"{counts.services} fiche(s) et {counts.pages} page(s)"
