from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directory import demo
from directory.models import Organisation, Service


class Command(BaseCommand):
    help = "The fictional directories of Isère, Hautes-Alpes and Alpes-de-Haute-Provence, and their accounts."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a service")

    def handle(self, *args: Any, **options: Any) -> None:
        if self._stops(quietly=options["if_empty"]):
            return
        try:
            # Together, or neither: stopped between the two, the next run does both.
            with transaction.atomic():
                self._load()
        except demo.DemoError as error:
            raise CommandError(str(error)) from error

    def _load(self) -> None:
        count = demo.load()
        self.stdout.write(f"{count} services fictifs chargés.")
        # The accounts belong to the site, which this room does not import.
        if "create_demo_accounts" in get_commands():
            call_command("create_demo_accounts", stdout=self.stdout)

    def _stops(self, quietly: bool) -> bool:
        """Real entries and fiction are never mixed; a demonstration is loaded once."""
        held = (Service.objects.all(), Organisation.objects.all())
        if not any(rows.exists() for rows in held):
            return False
        if quietly:
            return True
        if any(rows.exclude(source=demo.SOURCE).exists() for rows in held):
            raise CommandError(
                "Cette base contient de vraies fiches : la démonstration n’y sera pas mêlée. "
                "Utilisez une base vide (DATABASE_URL)."
            )
        self.stdout.write("La démonstration est déjà chargée : rien à faire.")
        return True
