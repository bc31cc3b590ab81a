"""The small pieces of French hours: days, ranks in the month, ranges of hours."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from directory.hours.osm import only_appointment
from directory.hours.reader import Reader
from directory.hours.rules import DAY, Days, HoursError, Minutes, merge_times
from directory.hours.tokens import fold
from directory.hours.wording import weekday

APPOINTMENT = re.compile(r"(?<!sans )\b(?:rendez[- ]?vous|r\.?d\.?v\b)|\bou sans (?:rendez|r\.?d)")
PHONE = re.compile(r"(?<!\d)(?:0|\+33 ?)\d(?:[ .-]?\d\d){4}(?!\d)")
SCHOOL = re.compile(r"\bvacances|\bscolaire")


def refuse_words(text: str) -> None:
    """Say at once what has its own field, or is not known here."""
    words = fold(text)
    if PHONE.search(words):
        raise HoursError(_("Un numéro de téléphone ne s’écrit pas ici : ajoutez-le aux contacts."))
    if APPOINTMENT.search(words):
        raise HoursError(only_appointment())
    if SCHOOL.search(words):
        raise HoursError(
            _(
                "Les vacances scolaires ne sont pas connues : écrivez des dates, "
                "par exemple « fermé du 1er au 15 août »."
            )
        )


def read_days(reader: Reader) -> tuple[Days, ...]:
    whole: dict[str, Callable[[], tuple[Days, ...]]] = {
        "EVERYDAY": lambda: (Days(0, 6),),
        "WORKDAYS": lambda: (Days(0, 4),),
        "WEEKEND": lambda: (Days(5, 6),),
    }
    if token := reader.take(*whole):
        return whole[token.kind]()
    nth = _read_ranks(reader)
    first = reader.take("DAY")
    if first is None:
        raise HoursError(_("Indiquez le jour après le rang, par exemple « 2e mardi du mois 9h-12h »."))
    if reader.at("TO", "DAY"):
        reader.take("TO")
        return (Days(first.value, reader.take_any().value, nth),)
    return (Days(first.value, first.value, nth),)


def _read_ranks(reader: Reader) -> tuple[int, ...]:
    ranks: list[int] = []
    while token := reader.take("RANK", "NUMBER"):
        if not -1 <= token.value <= 5 or token.value == 0:
            raise HoursError(_("Un mois n’a que cinq semaines : écrivez par exemple « 2e mardi du mois »."))
        ranks.append(token.value)
        reader.take("AND")
    return tuple(dict.fromkeys(ranks))


def read_range(reader: Reader) -> Minutes:
    """One range; the first hour may go without its « h »: « 9-12h »."""
    if reader.take("FROM") or not (start := reader.take("TIME", "NUMBER")):
        raise HoursError(_both_ends())
    if not reader.take("TO", "SLASH") or not (end := reader.take("TIME", "NUMBER")):
        raise HoursError(_both_ends())
    opens = _clock(start.value, start.kind) % DAY
    closes = _clock(end.value, end.kind)
    if opens == closes:
        raise HoursError(_both_ends())
    return opens, closes if closes > opens else closes + DAY


def _clock(value: int, kind: str) -> int:
    minutes = value * 60 if kind == "NUMBER" else value
    if minutes > DAY:
        raise HoursError(_both_ends())
    return minutes


def _both_ends() -> str:
    return _("Indiquez l’heure de début et l’heure de fin, par exemple « 9h-12h ».")


def check_times(times: list[Minutes]) -> tuple[Minutes, ...]:
    ordered = sorted(times)
    if any(after[0] < before[1] for before, after in zip(ordered, ordered[1:], strict=False)):
        raise HoursError(_("Deux plages horaires se chevauchent : vérifiez les heures."))
    return merge_times(tuple(ordered))


def missing_times(days: tuple[Days, ...], *, part: bool) -> str:
    """What to write when hours are awaited."""
    if part:
        return _(
            "Indiquez les heures, même pour un matin ou un après-midi : par exemple « mercredi 9h-12h »."
        )
    if days:
        name = weekday(days[-1].first)
        return _("Indiquez les heures après les jours, par exemple « %(day)s 9h-12h ».") % {"day": name}
    return _("Écrivez les jours puis les heures, par exemple « lun-ven 9h-12h, 14h-17h ; mer 9h-12h ».")


def after_closing() -> str:
    return _("Mettez un point-virgule entre la fermeture et les heures qui suivent.")
