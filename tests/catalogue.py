"""The English catalogue, read as it is committed."""

import re
import subprocess
from gettext import GNUTranslations
from html import unescape
from pathlib import Path

from django.conf import settings
from django.utils.translation import trans_real

ROOT = Path(settings.BASE_DIR)
ENGLISH = ROOT / "cms" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What an anonymous reader opens without arguments, and one that does not exist.
PAGES = (
    "/", "/recherche/", "/numeros/", "/types/", "/connexion/", "/connexion/code/",
    "/connexion/mot-de-passe/oubli/", "/naviguer-en-securite/", "/accessibilite/", "/mentions-legales/",
    "/donnees-personnelles/", "/nulle-part/",
)  # fmt: skip


def compile_catalogues() -> None:
    """As `bin/test` does, in case a catalogue was changed since."""
    subprocess.run(["bash", "-c", ". bin/lib/build.sh && compile_messages"], cwd=ROOT, check=True)
    trans_real._translations.pop("en", None)  # type: ignore[attr-defined]


def english_texts(compiled: Path) -> dict[str, str]:
    """Ours only, compiled to that file: `context\x04msgid` → text; a plural comes under `msgid\x00`."""
    subprocess.run(["msgfmt", "-o", compiled, ENGLISH], check=True)
    with compiled.open("rb") as file:
        found = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    named = {key if isinstance(key, str) else key[0] + "\0" * key[1]: text for key, text in found.items()}
    return {key: text for key, text in named.items() if key.rstrip("\0")}


def msgid_of(key: str) -> str:
    return key.rpartition("\x04")[2].rstrip("\0")


def plain(text: str) -> str:
    """Without entities, and with ordinary spaces."""
    return re.sub(r"\s+", " ", unescape(text))
