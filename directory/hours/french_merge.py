"""Openings said in several places, brought together."""

from dataclasses import replace

from django.utils.translation import gettext as _

from directory.hours.french_items import check_times
from directory.hours.rules import Days, HoursError, Rule
from directory.hours.wording import weekday


def with_usual_holidays(openings: list[Rule]) -> list[Rule]:
    """Public holidays as other days: nothing to add when the hours are round the clock."""
    if any(rule.is_round_the_clock or rule.holidays for rule in openings):
        return openings
    if len(openings) == 1 and openings[0].is_all_week and openings[0].is_plain:
        return [replace(openings[0], holidays="also")]
    return [*openings, *(replace(rule, holidays="only") for rule in openings)]


def merge_openings(openings: list[Rule]) -> list[Rule]:
    """The same days said twice have both ranges; days within others replace them; the rest is refused."""
    merged: dict[object, Rule] = {}
    for rule in openings:
        key = replace(rule, times=(), days=()), frozenset(_day_keys(rule))
        times = (*merged[key].times, *rule.times) if key in merged else rule.times
        merged[key] = replace(rule, times=check_times(list(times)))
    rules = sorted(merged.values(), key=lambda rule: -len(_day_keys(rule)) if rule.is_plain else 0)
    _refuse_overlap([rule for rule in rules if rule.is_plain])
    return rules


def _day_keys(rule: Rule) -> set[tuple[int, tuple[int, ...]]]:
    return {(number, days.nth) for days in rule.days for number in days.numbers}


def _refuse_overlap(rules: list[Rule]) -> None:
    for index, rule in enumerate(rules):
        for other in rules[index + 1 :]:
            first, second = _day_keys(rule), _day_keys(other)
            if first & second and not second <= first:
                name = weekday(min(first & second)[0])
                raise HoursError(
                    _("Le %(day)s est écrit deux fois : donnez toutes ses heures au même endroit.")
                    % {"day": name}
                )


def without(days: tuple[Days, ...], taken: tuple[Days, ...]) -> tuple[Days, ...]:
    gone = {number for item in taken for number in item.numbers}
    left = [number for item in days for number in item.numbers if number not in gone]
    if not left:
        raise HoursError(_("Il ne reste aucun jour : vérifiez ce qui suit « sauf »."))
    return tuple(Days(number, number) for number in left)
