"""`run_tasks`: the worker. It looks for work several times a second: what is published is found at once."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

EVERY = 0.25  # seconds
BEFORE_CLEANING = 5000  # tasks


class Command(BaseCommand):
    help = "Tient l’index d’Elasticsearch à jour. --once : fait ce qui attend, puis s’arrête."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        while True:
            call_command(
                "prune_db_task_results", backend="search", min_age_days=1, queue_name="*", verbosity=0
            )
            call_command(
                "db_worker",
                backend_name="search",
                interval=EVERY,
                startup_delay=False,
                reload=False,
                batch=once,
                max_tasks=BEFORE_CLEANING,
                verbosity=0,
            )
            if once:
                return
