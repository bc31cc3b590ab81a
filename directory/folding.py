"""One way to fold French text for comparison: no accents, no capitals, one space for every separator."""

import re
import unicodedata
from itertools import product

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae"})
_CHOICES = re.compile(r"\(([^()]*)\)")
# Latin, and the scripts of the languages that are spoken here: Cyrillic, Arabic, Georgian, Ethiopic.
_APART = re.compile(r"[^a-z0-9\u0400-\u052f\u0620-\u064a\u066e-\u06d3\u10a0-\u10ff\u1200-\u135a]+")
# Hyphens and marks that nobody sees: texts copied from documents hold them.
_UNSEEN = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)]
)
# « C.R.I.P. », « T.G.D »: the sigle.
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?(?![^\W\d_])")
_SAINT = re.compile(r"\b(s)(te?)\b")


def fold(text: str) -> str:
    """ "St-Égrève" → "saint egreve"; "L’Œuilly" → "l oeuilly"; other scripts keep their letters."""
    shown = with_sigles_joined(text).translate(_UNSEEN).translate(_LIGATURES)
    stripped = unicodedata.normalize("NFKD", shown.lower())
    letters = "".join(char for char in stripped if not unicodedata.combining(char))
    words = _APART.sub(" ", letters).strip()
    return _SAINT.sub(lambda found: "sainte" if found.group(2) == "te" else "saint", words)


def with_sigles_joined(text: str) -> str:
    """« C.R.I.P. 38 » → « CRIP 38 »."""
    return _DOTTED.sub(lambda found: found.group().replace(".", ""), text) if "." in text else text


PARTS, WITHOUT = "…", "!"


def parts_of(words: str) -> list[list[str]]:
    """« (tapé/insulté) … au collège … !(père/mère) »: near each other, in any order, and without the last in
    the text; each part with its spellings."""
    return [spellings(part.strip().removeprefix(WITHOUT)) for part in _cut(words)]


def has_without(words: str) -> list[bool]:
    """Of each part, whether it must be absent."""
    return [part.strip().startswith(WITHOUT) for part in _cut(words)]


def _cut(words: str) -> list[str]:
    return words.replace("...", PARTS).split(PARTS)


def spellings(words: str) -> list[str]:
    """« mon (mari/ex) me frappe » → « mon mari me frappe », « mon ex me frappe ». Nothing is a choice too.
    One in several parts is itself: `parts_of`."""
    if PARTS in words:
        return [words]
    parts = _CHOICES.split(words)
    choices = [part.split("/") if index % 2 else [part] for index, part in enumerate(parts)]
    return [" ".join("".join(one).split()) for one in product(*choices)]
