"""One way to fold French text for comparison: no accents, no capitals, one space for every separator."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae"})
_SAINT = re.compile(r"\b(s)(te?)\b")


def fold(text: str) -> str:
    """ "St-Égrève" → "saint egreve"; "L’Œuilly" → "l oeuilly"."""
    stripped = unicodedata.normalize("NFD", text.translate(_LIGATURES).lower())
    letters = "".join(char for char in stripped if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9]+", " ", letters).strip()
    return _SAINT.sub(lambda found: "sainte" if found.group(2) == "te" else "saint", words)
