"""`run_schedule`: publishes and withdraws, each minute, what editors gave a date. Runs until stopped."""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

EVERY = 60  # seconds


class Command(BaseCommand):
    help = "Publie et retire, chaque minute, les pages et les fiches dont la date est venue. Tourne sans fin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Une seule fois, puis s’arrête.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        while True:
            self._publish()
            if once:
                return
            time.sleep(EVERY)

    def _publish(self) -> None:
        """A database that is away, and a page that may not be published so, are asked again in a minute."""
        close_old_connections()
        try:
            call_command("publish_scheduled", stdout=self.stdout)
        except (DatabaseError, ValidationError) as error:
            self.stderr.write(f"publish_scheduled : {type(error).__name__}, nouvel essai dans {EVERY} s")
