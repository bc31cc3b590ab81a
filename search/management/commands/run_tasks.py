"""`run_tasks`: the worker. It looks for work several times a second: what is published is found at once."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

WORKER = (
    "--backend=search",
    "--interval=0.25",  # seconds
    "--no-startup-delay",
    "--no-reload",
    "--max-tasks=5000",  # then what is done is cleaned away, and it begins again
)


class Command(BaseCommand):
    help = "Tient l’index d’Elasticsearch à jour. --once : fait ce qui attend, puis s’arrête."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        batch = ["--batch"] if once else []
        while True:
            call_command("prune_db_task_results", "--backend=search", "--min-age-days=1", verbosity=0)
            call_command("db_worker", *WORKER, *batch, verbosity=0)
            if once:
                return
