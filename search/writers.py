"""Who writes, named before what is told: nobody looks for their own desk."""

import re
from collections.abc import Mapping

from directory.folding import fold
from search.lexicon import Key, key_of
from search.told import is_told

_WRITER = re.compile(r"\s*([^.:!?]{2,40})[.:]\s+(.*)", re.S)
_OFFICERS = r"opj|apj|pm|gendarmes?|polici(?:er|ère)s?|enquêt(?:eur|rice)"
_OFFICER = re.compile(rf"\s*(?:je suis )?(?:{_OFFICERS})\b[^.:!?,]{{0,40}},\s+(.*)", re.S | re.I)
_SPEAKS = frozenset({"j", "je", "nous", "on", "un", "une"})
_TRADES = (
    "agent animateur animatrice as ass assistante cadre chef cpe directeur directrice educ educateur"
    " educatrice infirmier infirmiere interne psychologue referente secretaire stagiaire surveillant"
    " veilleur veilleuse"
)
_WRITERS = frozenset(_TRADES.split())
_OF_ANOTHER = frozenset({"en", "ma", "mon", "notre", "ou"})  # « mon éducateur : il… », « psychologue : où… »


def told_by(words: str, types: Mapping[Key, object]) -> str:
    """« CCAS. Un monsieur dort dans sa voiture… », « éduc MECS Grenoble. K., 16 ans… », « gendarme à Gap,
    j’ai une plaignante… »: a type alone, or a trade, before a story is who writes."""
    officer = _OFFICER.fullmatch(words)
    if officer and not _SPEAKS.isdisjoint(fold(officer[1]).split()[:1]) and is_told(officer[1]):
        return officer[1]
    found = _WRITER.fullmatch(words)
    if not found or not is_told(found[2]):
        return words
    said = fold(found[1]).split()
    is_trade = not _WRITERS.isdisjoint(said) and _OF_ANOTHER.isdisjoint([*said, *fold(found[2]).split()[:2]])
    is_writer = key_of(found[1]) in types or is_trade
    return found[2] if is_writer else words
