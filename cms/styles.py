"""The one style sheet of the public pages: DSFR's core, the components in use, and the brand over them.

No `@font-face` and no address to fetch is left in it, whatever DSFR ships: the typeface is the reader's
own, and the State's is not ours to use. Icons drawn inside the sheet (`data:`) stay.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

COMPONENTS = (
    *("skiplink", "link", "button", "form", "input", "checkbox", "radio", "select", "password"),
    *("alert", "breadcrumb", "pagination"),
)
PAGES = (
    "dsfr/dist/core/core.main.min.css",
    *(f"dsfr/dist/component/{name}/{name}.main.min.css" for name in COMPONENTS),
    "css/brand-neutral.css",
    "css/pages.css",
    "css/guides.css",
)
MAP = ("leaflet/leaflet.css", "css/map.css")

_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_IMPORT = re.compile(r"@(?:import|charset)[^;]*;")
_FETCH = re.compile(r"""[\w-]+\s*:[^;{}]*url\(\s*["']?(?!["']?data:)[^)]*\)[^;}]*;?""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s+")
# Not around "+", "-" nor before "(" : they mean something inside calc() and in selectors.
_AROUND = re.compile(r"\s*([{};,>])\s*")


def sheet(paths: Iterable[str]) -> str:
    """The sheets under these static paths, joined and shortened. ImproperlyConfigured when one is missing."""
    return "\n".join(shorten(without_fetches(_read(path))) for path in paths) + "\n"


def without_fetches(css: str) -> str:
    """The same rules without what makes a browser fetch something; `data:` images stay."""
    return _FETCH.sub("", _IMPORT.sub("", _FONT.sub("", _COMMENT.sub("", css))))


def shorten(css: str) -> str:
    """Without needless spaces. Sheets that hold `data:` images come minified already and stay as they are."""
    if "data:" in css:
        return css.strip()
    return _AROUND.sub(r"\1", _SPACES.sub(" ", css)).replace(";}", "}").strip()


def _read(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise ImproperlyConfigured(f"No static file {path}: is the package that ships it installed?")
    return Path(found).read_text(encoding="utf-8")
