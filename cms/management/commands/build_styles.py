"""Build what the pages fetch from us: two style sheets, the drawings of the map, the mesh of the home."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms import styles
from cms.mesh import mesh_svg
from directory import outlines


class Command(BaseCommand):
    help = "Writes var/build: maillage.css, carte.css, carte-<code>.json, maille.svg. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        build = Path(settings.VAR_DIR) / "build"
        build.mkdir(parents=True, exist_ok=True)
        for name, text in built_files():
            changed = _write(build / name, text)
            if options.get("verbosity"):
                size = f"{len(text.encode()) / 1000:.0f} kB"
                self.stdout.write(f"{name}: {size}{'' if changed else ' (unchanged)'}")


def built_files() -> Iterator[tuple[str, str]]:
    """Name and text of each file, in the order in which the pages need them."""
    yield "maillage.css", styles.sheet(styles.PAGES)
    yield "carte.css", styles.sheet(styles.MAP)
    yield "maille.svg", mesh_svg(settings.MAP_DEPARTMENTS)
    for name in outlines.sheets():
        yield (
            f"carte-{name}.json",
            json.dumps(outlines.drawing(name), ensure_ascii=False, separators=(",", ":")),
        )


def _write(path: Path, text: str) -> bool:
    """Write when different, in one step: a page served meanwhile never reads half a file."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    partial = path.with_name(f".{path.name}.{id(text)}")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return True
