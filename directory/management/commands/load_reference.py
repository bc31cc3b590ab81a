from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from directory import reference, reference_guidance


class Command(BaseCommand):
    help = "Communes, areas, types of actors and national numbers from directory/data/. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        steps = [
            ("communes", reference.load_communes),
            ("types d’acteurs", reference.load_actor_types),
            ("numéros nationaux", reference.load_helplines),
            ("entrées du lexique", reference_guidance.load_lexicon),
            ("règles d’orientation", reference_guidance.load_doors),
        ]
        for number, (label, step) in enumerate(steps, start=1):
            started = perf_counter()
            count = step()
            elapsed = perf_counter() - started
            self.stdout.write(f"[{number}/{len(steps)}] {count} {label} ({elapsed:.1f} s)")
