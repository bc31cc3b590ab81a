"""Hours shown back in French: what the coordinator wrote, as it was understood."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from directory.hours.evaluation import Span, compose
from directory.hours.osm import rules_of
from directory.hours.rules import Date, Dates, Days, Months, Rule, Weeks, Years
from directory.hours.wording import (
    NBSP,
    day_number,
    join_words,
    labelled,
    month,
    sentence,
    time_ranges,
    weekday,
)

HOLIDAY = 7
LAST_YEAR = 9999


def describe_hours(osm: str) -> str:
    """« Lundi au vendredi : 9 h – 12 h, 14 h – 17 h. Fermé les jours fériés. »; raises HoursError."""
    rules = rules_of(osm)
    if not rules:
        return ""
    particular = [rule for rule in rules if not rule.is_plain]
    mirrored = _holidays_as_usual(rules)
    parts = [*_week(tuple(rule for rule in rules if rule.is_plain))]
    parts += [_particular(rule) for rule in particular if not (mirrored and _is_mirror(rule))]
    parts += _holidays(rules, mirrored)
    return " ".join(sentence(part) for part in parts)


def _week(rules: tuple[Rule, ...]) -> list[str]:
    """The regular week: days with the same ranges are said together, public holidays as an eighth day."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for number in range(HOLIDAY + 1):
        spans = _spans(rules, number)
        if spans:
            groups.setdefault(spans, []).append(number)
    return [_group(numbers, spans) for spans, numbers in groups.items()]


def _spans(rules: tuple[Rule, ...], number: int) -> tuple[Span, ...]:
    spans: tuple[Span, ...] = ()
    for rule in rules:
        if rule.is_round_the_clock or (rule.holidays if number == HOLIDAY else _names(rule, number)):
            spans = compose(spans, rule)
    return spans


def _names(rule: Rule, number: int) -> bool:
    if not rule.days:
        return not rule.holidays
    return any(number in days.numbers for days in rule.days)


def _group(numbers: list[int], spans: tuple[Span, ...]) -> str:
    times = _span_texts(spans)
    days = _day_names(numbers)
    if len([number for number in numbers if number != HOLIDAY]) == 7 and times == _("jour et nuit"):
        return f"{times}, {days}"
    return labelled(days, times)


def _day_names(numbers: Iterable[int]) -> str:
    """« lundi au vendredi », « samedi et jours fériés », « tous les jours, jours fériés compris »."""
    numbers = list(numbers)
    days = [number for number in numbers if number != HOLIDAY]
    holiday = len(days) < len(numbers)
    if len(days) == 7:
        return _("tous les jours, jours fériés compris") if holiday else _("tous les jours")
    words = [word for run in _runs(days) for word in _run_words(run)]
    return join_words([*words, _("jours fériés")] if holiday else words)


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_words(run: list[int]) -> list[str]:
    if len(run) < 3:
        return [weekday(day) for day in run]
    return [_("%(first)s au %(last)s") % {"first": weekday(run[0]), "last": weekday(run[-1])}]


def _span_texts(spans: tuple[Span, ...]) -> str:
    texts = time_ranges(tuple((span.start, span.end) for span in spans))
    if any(span.appointment for span in spans):
        texts = _("%(times)s, sur rendez-vous") % {"times": texts}
    return texts if all(span.certain for span in spans) else _("%(times)s (à confirmer)") % {"times": texts}


def _particular(rule: Rule) -> str:
    """A rule for some dates, weeks or some days of the month."""
    when = _calendar(rule)
    days = _rule_days(rule)
    times = ((), rule.times)[bool(rule.times)]
    if rule.kind == "off" and not times and not days:
        return _("fermé %(when)s") % {"when": when}
    spans = tuple(Span(start, end, rule.kind != "unknown", rule.appointment) for start, end in times)
    text = _span_texts(spans)
    if rule.kind == "off":
        text = _("fermé, %(times)s") % {"times": text} if text else _("fermé")
    elif rule.adds:
        text = _("aussi %(times)s") % {"times": text}
    return labelled(", ".join(filter(None, (when, days))), text)


def _rule_days(rule: Rule) -> str:
    plain = sorted({number for days in rule.days if not days.nth for number in days.numbers})
    words = [_nth_day(days) for days in rule.days if days.nth]
    names = join_words([*([_day_names(plain)] if plain else []), *words])
    if rule.holidays == "also":
        return _("%(days)s et jours fériés") % {"days": names}
    if rule.holidays == "only":
        return _("jours fériés tombant un %(days)s") % {"days": names} if names else _("jours fériés")
    return names


def _nth_day(days: Days) -> str:
    """« 1er et 3e jeudi du mois », « dernier vendredi du mois »."""
    ranks = join_words([_rank(nth) for nth in days.nth])
    return _("%(rank)s %(day)s du mois") % {"rank": ranks, "day": _day_names(days.numbers)}


def _rank(nth: int) -> str:
    if nth == -1:
        return _("dernier")
    if nth < 0:
        return _("%(rank)s avant la fin") % {"rank": _rank(-nth)}
    return (_("1er"), _("2e"), _("3e"), _("4e"), _("5e"))[nth - 1]


def _calendar(rule: Rule) -> str:
    months = [item for item in rule.dates if isinstance(item, Months)]
    texts = (
        [_("en %(months)s") % {"months": join_words([_months(item) for item in months])}] if months else []
    )
    if len(months) == 1 and months[0].first != months[0].last:
        texts = [_from_to_months(months[0])]
    texts += [_dates(item) for item in rule.dates if isinstance(item, Dates)]
    years = join_words([_years(item) for item in rule.years])
    if years:
        texts = [f"{texts[0]} {years}"] if texts else [_("en %(years)s") % {"years": years}]
    return " ".join(filter(None, [join_words(texts), join_words([_weeks(item) for item in rule.weeks])]))


def _months(item: Months) -> str:
    if item.first == item.last:
        return month(item.first)
    return _("%(first)s à %(last)s") % {"first": month(item.first), "last": month(item.last)}


def _from_to_months(item: Months) -> str:
    first, last = month(item.first), month(item.last)
    elided = _("d’%(month)s") if first[0] in "ao" else _("de %(month)s")
    return _("%(first)s à %(last)s") % {"first": elided % {"month": first}, "last": last}


def _dates(item: Dates) -> str:
    first, last = item.first, item.last
    if first == last:
        return _("le %(day)s") % {"day": _date(first)}
    if first.year == last.year:
        same_month = first.month == last.month and first.day <= last.day
        first = replace(first, year=None)
        start = day_number(first.day) if same_month else _date(first)
        return _("du %(first)s au %(last)s") % {"first": start, "last": _date(last)}
    return _("du %(first)s au %(last)s") % {"first": _date(first), "last": _date(last)}


def _date(date: Date) -> str:
    return f"{day_number(date.day)}{NBSP}{month(date.month)}" + (f" {date.year}" if date.year else "")


def _weeks(item: Weeks) -> str:
    if item.step == 2 and item.last >= 52:
        text = _("les semaines impaires") if item.first % 2 else _("les semaines paires")
        return (
            text if item.first < 3 else _("%(weeks)s dès la %(first)s") % {"weeks": text, "first": item.first}
        )
    if item.first == item.last:
        return _("la semaine %(week)s") % {"week": item.first}
    return _("les semaines %(first)s à %(last)s") % {"first": item.first, "last": item.last}


def _years(item: Years) -> str:
    if item.last >= LAST_YEAR:
        return _("à partir de %(year)s") % {"year": item.first}
    return str(item.first) if item.first == item.last else f"{item.first}–{item.last}"


def _holidays_as_usual(rules: tuple[Rule, ...]) -> bool:
    """Whether each opening is repeated for the public holidays that fall on its days."""
    usual = {replace(rule, holidays="") for rule in rules if rule.holidays == "only" and rule.days}
    openings = {rule for rule in rules if rule.kind != "off" and not rule.holidays}
    return bool(openings) and openings == usual


def _is_mirror(rule: Rule) -> bool:
    return rule.holidays == "only" and bool(rule.days) and rule.kind != "off"


def _holidays(rules: tuple[Rule, ...], mirrored: bool) -> list[str]:
    """The closing line: what is understood on public holidays is always said."""
    if mirrored:
        return [_("ouvert aussi les jours fériés, aux mêmes heures")]
    if not any(rule.holidays for rule in rules):
        return [] if any(rule.is_round_the_clock for rule in rules) else [_("fermé les jours fériés")]
    closed = [rule for rule in rules if rule.is_holiday_rule and rule.kind == "off"]
    return [_("fermé les jours fériés")] if closed else []
