"""French text → tokens: what people write for days, hours and dates, accents and dashes set aside."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from directory.hours.rules import DAY, HoursError


class Token(NamedTuple):
    """`value`: a weekday 0..6, minutes, a month 1..12, a rank, a number, a parity (1 odd), by kind.
    A DATE holds its day in `value`, its month and year (0: none) in `month` and `year`."""

    kind: str
    value: int
    text: str
    month: int = 0
    year: int = 0


# Words, in order of precedence (first match wins); a kind "" is dropped. Accents are already folded.
WORDS: tuple[tuple[str, str, int], ...] = (
    ("ALWAYS", r"24\s*h?(?:eures)?\s*(?:/|sur)\s*24(?:\s*h(?:eures)?)?|24h24|jour et nuit|nuit et jour", 0),
    ("ALWAYS", r"24/7(?! ?au\b)(?!/|\d)", 0),
    ("EVERYDAY", r"7\s*j?(?:ours)?\s*(?:/|sur)\s*7(?:\s*j(?:ours)?)?(?![\d/]|\s*h)", 0),
    ("EVERYDAY", r"tous les jours(?: de la semaine)?|tlj|chaque jour", 0),
    ("WORKDAYS", r"en semaine|(?:les )?jours? de (?:la )?semaine|(?:les )?jours? ouvres", 0),
    ("WEEKEND", r"(?:les? )?week[- ]?ends?", 0),
    ("PARITY", r"(?:les )?semaines? impaires?", 1),
    ("PARITY", r"(?:les )?semaines? paires?", 0),
    ("", r"sans (?:rendez[- ]?vous|r\.?d\.?v\.?|interruption)|non[- ]stop|(?:journees? )?en continu", 0),
    ("HOLIDAYS", r"(?:les )?(?:jours? )?feries?", 0),
    ("USUAL", r"aux memes (?:heures|horaires)", 0),
    ("EXCEPT", r"sauf|hors|except[e]+s?|a l'exception (?:de|du|des)|hormis", 0),
    ("WITH", r"y compris|inclus(?:es?)?|compris(?:es?)?|ouvert(?:es?)? aussi", 0),
    ("OFF", r"fermee?s?|fermetures?|pas d'ouverture", 0),
    ("", r"(?:du|de chaque|chaque|par|dans le) mois|(?:par|chaque|la) semaine|(?:le|au) public", 0),
    ("MONTH", r"janvier|janv\.?", 1), ("MONTH", r"fevrier|fevr?\.?", 2), ("MONTH", "mars", 3),
    ("MONTH", r"avril|avr\.?", 4), ("MONTH", "mai", 5), ("MONTH", "juin", 6),
    ("MONTH", r"juillet|juil\.?", 7), ("MONTH", "aout", 8), ("MONTH", r"septembre|sept\.?", 9),
    ("MONTH", r"octobre|oct\.?", 10), ("MONTH", r"novembre|nov\.?", 11), ("MONTH", r"decembre|dec\.?", 12),
    ("DAY", r"lundis?|(?:lun|lu)\.?", 0), ("DAY", r"mardis?|(?:mar|ma)\.?", 1),
    ("DAY", r"mercredis?|(?:mer|me)\.?", 2), ("DAY", r"jeudis?|(?:jeu|je)\.?", 3),
    ("DAY", r"vendredis?|(?:ven|ve)\.?", 4), ("DAY", r"samedis?|(?:sam|sa)\.?", 5),
    ("DAY", r"dimanches?|(?:dim|di)\.?", 6),
    ("RANK", r"premi(?:er|ere)s?", 1), ("RANK", r"deuxiemes?|seconde?s?", 2), ("RANK", "troisiemes?", 3),
    ("RANK", "quatriemes?", 4), ("RANK", "cinquiemes?", 5), ("RANK", "derni(?:er|ere)s?", -1),
    ("TIME", "midi", DAY // 2), ("TIME", "minuit", DAY),
    ("FROM", r"a partir d(?:e|u|')|des (?=\d)|apres (?=\d)|avant (?=\d)", 0),
    ("PART", r"(?:toute la )?(?:matin(?:ee)?s?|apres[- ]midis?|soir(?:ee)?s?|nuits?|journees?)", 0),
    ("TO", r"jusqu'(?:au|a)|au?", 0), ("AND", "ainsi que|et|puis", 0),
    ("", r"du|des?|les?|la|aux|en|entre|pour|pendant|chaque|tous|toutes|seulement|uniquement", 0),
    ("", r"ouvert(?:es?)?|ouvertures?|permanences?|accueil|horaires?", 0),
)  # fmt: skip
# Numbers and signs: the groups say what they hold.
SIGNS: tuple[tuple[str, str], ...] = (
    (
        "TIME",
        r"(?P<h>\d{1,2})\s?h(?:eures?|rs?)?(?![a-z])(?:\s?(?P<m>\d\d)(?!\s?h|\d)(?:\s?mi?n)?(?![a-z]))?(?!\d)",
    ),
    ("TIME", r"(?P<h>\d{1,2})[:.](?P<m>\d\d)(?!\d)(?:\s?h(?![a-z\d]))?"),
    ("DATE", r"(?P<n>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>20\d\d))?(?![\d:/]|\s?h)"),
    ("YEAR", r"(?P<n>20\d\d)(?!\d)"),
    ("RANK", r"(?P<n>\d)\s?(?:er|ere|e|eme|ieme|nde?)s?(?![a-z\d])"),
    ("NUMBER", r"(?P<n>\d{1,2})(?![\da-z])"),
    ("TO", r"-|→|>"),
    ("AND", r"[,&+]"),
    ("SLASH", r"/"),
    ("END", r"[;.\n|]"),
    ("", r"[:()\[\]\s]|[dl]'(?=[a-z])"),
)


def tokenize(text: str) -> list[Token]:
    """The tokens of a French text. Raises HoursError on a word that is not understood."""
    plain, position, tokens = fold(text), 0, list[Token]()
    while position < len(plain):
        found = _next(plain, position)
        if found is None:
            raise HoursError(not_understood(_odd_word(text, plain[position:])))
        token, position = found
        if token.kind:
            tokens.append(token)
    return tokens


def fold(text: str) -> str:
    """Lower case, no accents, plain dashes, spaces and apostrophes; line breaks kept."""
    decomposed = unicodedata.normalize("NFKD", text.replace("°", "e").replace("º", "e"))
    text = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    text = re.sub(r"[‐‑‒–—―−]", "-", re.sub(r"[’‘ʼ`´]", "'", text))
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def _next(text: str, position: int) -> tuple[Token, int] | None:
    for kind, pattern, value in _patterns():
        if match := pattern.match(text, position):
            return _token(kind, match, value), match.end()
    return None


def _odd_word(text: str, rest: str) -> str:
    """The first word of what is left, as it was typed."""
    words = re.split(r"[\s,;:()/'’]+", text)
    start = re.split(r"[\s,;:()/']+", rest, maxsplit=1)[0] or rest[:1]
    return next((word for word in words if fold(word) == start), start)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    words = [(kind, re.compile(rf"(?:{pattern})(?![a-z])"), value) for kind, pattern, value in WORDS]
    return (*words, *((kind, re.compile(pattern), 0) for kind, pattern in SIGNS))


def _token(kind: str, match: re.Match[str], value: int) -> Token:
    groups = {name: int(number) for name, number in match.groupdict().items() if number}
    if "h" in groups:
        value = _minutes(groups["h"], groups.get("m", 0))
    return Token(
        kind, groups.get("n", value), match[0].strip(), groups.get("month", 0), groups.get("year", 0)
    )


def _minutes(hours: int, minutes: int) -> int:
    if hours * 60 + minutes > DAY or minutes > 59:
        raise HoursError(_("Cette heure n’existe pas : écrivez par exemple « 9h » ou « 17h30 »."))
    return hours * 60 + minutes


def not_understood(word: str) -> str:
    return _(
        "« %(word)s » n’est pas compris. N’écrivez que des jours et des heures, par exemple "
        "« lun-ven 9h-12h, 14h-17h ; mer 9h-12h »."
    ) % {"word": word[:30]}
