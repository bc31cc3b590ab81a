"""One way to fold French text for comparison: no accents, no capitals, one space for every separator."""

import re
import unicodedata
from itertools import product

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae"})
_CHOICES = re.compile(r"\(([^()]*)\)")
_SAINT = re.compile(r"\b(s)(te?)\b")


def fold(text: str) -> str:
    """ "St-Égrève" → "saint egreve"; "L’Œuilly" → "l oeuilly"."""
    stripped = unicodedata.normalize("NFD", text.translate(_LIGATURES).lower())
    letters = "".join(char for char in stripped if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9]+", " ", letters).strip()
    return _SAINT.sub(lambda found: "sainte" if found.group(2) == "te" else "saint", words)


def spellings(words: str) -> list[str]:
    """« mon (mari/ex) me frappe » → « mon mari me frappe », « mon ex me frappe ». Nothing is a choice too."""
    parts = _CHOICES.split(words)
    choices = [part.split("/") if index % 2 else [part] for index, part in enumerate(parts)]
    return [" ".join("".join(one).split()) for one in product(*choices)]
