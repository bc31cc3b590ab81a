"""Phone numbers and e-mail addresses typed in a text, where they would grow old (domain.md N1).

A national number is written by its key in braces, {119}; a local one comes live from the directory.
"""

import re

from django.core.cache import caches

from directory.models import Helpline

KEY = re.compile(r"\{([a-z0-9-]{2,20})\}")
_KEPT_FOR = 60  # seconds

_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PRESSED = re.compile(r"\b(?:tel|sms|mailto):[^\s\"<>]+")
_NOT_A_DECIMAL = r"(?<!\d)(?<!\d[.,])"
_LONG = re.compile(
    rf"{_NOT_A_DECIMAL}(?:(?:\+|00 ?)33[ ./-]?(?:\(0\))?[ ./-]?|0)[1-9](?:[ ./-]?\d{{2}}){{4}}(?!\d)"
)
_SPECIAL = re.compile(rf"{_NOT_A_DECIMAL}0[ .]?8\d{{2}}(?:[ .]?\d{{2,3}}){{2,3}}(?!\d)")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# « le 17 mars », « du 15 au 17 mars », « le 17/03 », « au 18 ans » are no numbers to dial.
_TWO_DIGITS = re.compile(
    rf"\b(?:le|au|du|faites|composez|appelez|appeler) (15|17|18)\b"
    rf"(?!(?: (?:au|et|ou)(?: le| au)? \d{{1,2}})? ?(?:{_MONTHS}|ans?\b|h\b|%|€|euros|heures)|[/.]\d)",
    re.IGNORECASE,
)
_NOT_AN_ARTICLE = r"(?<![\w-])(?<!\d[.,])(?<!article )(?<!art\. )(?<!n° )(?<!page )"


def typed_contacts(text: str) -> list[str]:
    """What was typed that should not have been, each once, with plain spaces; [] when all is well."""
    read = _SPACES.sub(" ", KEY.sub(" ", text))
    rules = (_PRESSED, _EMAIL, _LONG, _SPECIAL, _short_numbers())
    found = [hit.group(0) for rule in rules for hit in rule.finditer(read)]
    found += [hit.group(1) for hit in _TWO_DIGITS.finditer(read)]
    return list(dict.fromkeys(one.strip() for one in found))


def with_bare_keys(text: str) -> str:
    """ "Le {119} conseille." → "Le 119 conseille.": for lists and the index, which look no number up."""
    return KEY.sub(r"\1", text)


def unknown_keys(text: str) -> list[str]:
    """The keys in braces that no national number has; `contact` is the operator's own mailbox."""
    known = {*_numbers(), "contact"}
    return [key for key in dict.fromkeys(KEY.findall(text)) if key not in known]


def _short_numbers() -> re.Pattern[str]:
    """The national numbers of three digits and more, with or without spaces inside."""
    digits = sorted({number for number in _numbers().values() if len(number) > 2}, key=len, reverse=True)
    spelled = "|".join(r"[ .]?".join(number) for number in digits) or "(?!)"
    return re.compile(rf"{_NOT_AN_ARTICLE}(?:{spelled})(?![\w-])(?![.,]\d)(?! ?(?:€|euros|%|ans))")


def _numbers() -> dict[str, str]:
    """Key → digits of every national number: one query a minute."""
    found = caches["local"].get("typed-contacts")
    if found is None:
        found = dict(Helpline.objects.order_by("rank", "pk").values_list("key", "number"))
        caches["local"].set("typed-contacts", found, _KEPT_FOR)
    return found
