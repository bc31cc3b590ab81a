"""Words that tell: what no title, address, file name or neutral print may hold (domain.md D1, D2, D4, D5).

This is the only list. What is read here may stay in a history that somebody else opens.
"""

import re
from unicodedata import normalize

# Folded (lower case, no accent); a star stands for any ending. French first, then English: both are served.
# Spelled out where a short stem would take innocent words: viole* (violet, violon), conjuga* (conjugaison).
BANNED_WORDS: tuple[str, ...] = (
    "violen*",
    "cyberviolen*",
    "victim*",
    "covictim*",
    "viol",
    "viols",
    "viole",
    "violes",
    "violee",
    "violees",
    "violer",
    "violeur*",
    "violeuse*",
    "prostitu*",
    "preprostitu*",
    "proxenet*",
    "michet*",
    "escort*",
    "sexe",
    "sexes",
    "sexu*",
    "sexis*",
    "sextape*",
    "sextorsion*",
    "conjugal*",
    "conjugaux",
    "incest*",
    "attouche*",
    "agression*",
    "agresse*",
    "maltrait*",
    "harcel*",
    "cyberharcel*",
    "auteur",
    "auteurs",
    "autrice",
    "autrices",
    "abus",
    "abuse*",
    "feminicid*",
    "pedocrimin*",
    "pedophil*",
    "mutil*",
    "excision*",
    "assault*",
    "harass*",
    "rape",
    "raped",
    "rapes",
    "rapist*",
)

_WORD = re.compile(r"[^\W\d_]+")
_BANNED = re.compile("|".join(word.replace("*", "[a-z]*") for word in BANNED_WORDS))


def telling_words(text: str) -> list[str]:
    """The banned words of `text`, as written, each once, in order; an empty list when it is discreet.

    Accents, capitals, plurals, hyphens, underscores and apostrophes are seen through, in a sentence as
    in a slug or a file name.
    """
    words = _WORD.findall(normalize("NFC", text))
    return list(dict.fromkeys(word for word in words if _BANNED.fullmatch(_folded(word))))


def _folded(word: str) -> str:
    plain = normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in plain if letter.isascii())
