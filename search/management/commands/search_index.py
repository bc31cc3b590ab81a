"""`search_index sync|rebuild|drift` (contract.md)."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing, national
from search.backends.base import EngineDown
from search.batches import Progress


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
            self._elasticsearch(national.sync, "mise(s) à jour")
        else:
            count = indexing.rebuild(self._progress)
            self.stdout.write(f"{_said(count)} dans l’index.")
            self._elasticsearch(national.rebuild, "fiche(s)")

    def _elasticsearch(self, bring: Callable[[Progress], int], what: str) -> None:
        if not national.is_used():
            return
        try:
            self.stdout.write(f"Elasticsearch : {bring(self._progress)} {what}.")
        except EngineDown as error:
            raise CommandError(
                f"Elasticsearch ne répond pas ({error.reason}). PostgreSQL répond à sa place. Vérifiez le "
                "serveur et ELASTICSEARCH_URL, puis relancez la commande : elle reprendra où elle en était.",
                returncode=2,
            ) from None

    def _drift(self) -> None:
        counts = {"PostgreSQL": indexing.drift()}
        if national.is_used():
            try:
                counts["Elasticsearch"] = sum(map(len, national.differences()))
            except EngineDown as error:
                raise CommandError(f"Elasticsearch ne répond pas ({error.reason}).", returncode=2) from None
        self.stdout.write(str(sum(counts.values())))
        if any(counts.values()):
            said = ", ".join(f"{name} : {count}" for name, count in counts.items())
            raise CommandError(
                f"L’index diffère de l’annuaire ou des pages ({said}) : lancez « search_index sync ».",
                returncode=1,
            )

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} / {total}")


def _said(counts: indexing.Counts) -> str:
    return f"{counts.services} fiche(s) et {counts.pages} page(s)"
