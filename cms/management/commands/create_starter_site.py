"""`create_starter_site`: the pages that a new site starts with. Idempotent."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.starter.loading import create_starter_site
from cms.starter.roles import create_roles
from directory.models import ActorType


class Command(BaseCommand):
    help = (
        "Crée les pages de départ (guides, mesures, pages du site), leurs groupes et leur circuit de "
        "validation. Ne touche ni à une page modifiée, ni à une page supprimée."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not ActorType.objects.exists():
            raise CommandError("Les types d’acteurs manquent : lancez d’abord « load_reference ».")
        quiet = not options.get("verbosity")
        counts = create_starter_site((lambda text: None) if quiet else self._say)
        create_roles()
        if not quiet:
            self.stdout.write(
                f"{counts['made']} page(s) créée(s), {counts['refreshed']} mise(s) à jour, "
                f"{counts['left']} laissée(s) telle(s) quelle(s)."
            )

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
