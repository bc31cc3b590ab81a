"""Plain French hours → rules: « du lundi au vendredi de 9h à 12h et de 14h à 17h30, sauf jours fériés »."""

from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.translation import gettext as _

from directory.hours.french_dates import read_dates, starts_date
from directory.hours.french_items import (
    after_closing,
    check_times,
    missing_times,
    read_days,
    read_range,
    refuse_words,
)
from directory.hours.french_merge import merge_openings, with_usual_holidays, without
from directory.hours.reader import Reader
from directory.hours.rules import (
    DAY,
    Dates,
    HoursError,
    Minutes,
    Months,
    Rule,
    Weeks,
    arrange,
)
from directory.hours.tokens import tokenize

SELECTORS = (
    "DAY",
    "EVERYDAY",
    "WORKDAYS",
    "WEEKEND",
    "RANK",
    "NUMBER",
    "DATE",
    "MONTH",
    "PARITY",
    "HOLIDAYS",
)
CLOCK = ("TIME", "ALWAYS")
FAMILIES = {"MONTH": "dates", "DATE": "dates", "HOLIDAYS": "holidays", "PARITY": "weeks"}
ODD_WEEKS, EVEN_WEEKS = Weeks(1, 53, 2), Weeks(2, 52, 2)


@dataclass
class Clause:
    """A group of days, what is said of them, and what it takes out (« sauf le mercredi »)."""

    rule: Rule = field(default_factory=Rule)
    kind: Literal["opening", "closing", "exception"] = "opening"
    named: bool = False
    part: bool = False
    family: str = ""

    def add(self, more: Rule) -> None:
        """One more item of the list: days, dates, weeks or public holidays."""
        rule = self.rule
        days = rule.days + more.days
        holidays = rule.holidays or more.holidays
        self.rule = replace(
            rule,
            days=days,
            dates=rule.dates + more.dates,
            weeks=rule.weeks + more.weeks,
            years=rule.years + more.years,
            holidays="also" if holidays and days else holidays,
        )
        self.named = True


def rules_in(text: str) -> tuple[Rule, ...]:
    """The rules of a French text. Raises HoursError, which says what to write."""
    refuse_words(text)
    reader = Reader(tokenize(text))
    sentences = _Sentences(reader)
    while reader.skip("AND", "END", "SLASH"):
        sentences.read()
    return sentences.rules()


class _Sentences:
    """What has been read so far: openings, closings, and the rule of public holidays."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.openings: list[Rule] = []
        self.closings: list[Rule] = []
        self.usual = False

    def read(self) -> None:
        reader = self.reader
        if reader.take("WITH"):
            self._read_usual()
        elif token := reader.take("OFF", "EXCEPT"):
            self._read_closing(may_open=token.kind == "EXCEPT")
        else:
            self._read_opening()

    def _read_usual(self) -> None:
        if not self.reader.take("HOLIDAYS"):
            raise HoursError(
                _("Après « y compris », écrivez « jours fériés » ; ajoutez les autres jours à la liste.")
            )
        if self.reader.at("AND", "USUAL"):
            self.reader.take("AND")
        self.reader.take("USUAL")
        self.usual = True

    def _read_closing(self, *, may_open: bool) -> None:
        """« fermé le lundi et en août » closes both; with hours, « sauf mercredi 9h-12h » opens."""
        while True:
            clause = Clause(kind="closing")
            self._read_selectors(clause)
            if not clause.named:
                raise HoursError(_("Après « fermé » ou « sauf », écrivez un jour, un mois ou des dates."))
            if self.reader.peek(*CLOCK) or self._bare_hours():
                self._read_exceptional(clause, may_open)
            else:
                self._close(clause)
            if not (self.reader.peek("AND", "SLASH") and self._selector_follows(SELECTORS)):
                return
            if self.reader.ahead().comes_before(CLOCK, ("END", "OFF")):
                raise HoursError(after_closing())
            self.reader.take("AND", "SLASH")

    def _read_exceptional(self, clause: Clause, may_open: bool) -> None:
        if not may_open or clause.rule != Rule(days=clause.rule.days):
            raise HoursError(after_closing())
        self._open(clause, self._read_times())

    def _read_opening(self) -> None:
        reader, clause = self.reader, Clause()
        reader.take("PART")
        times = self._read_times() if reader.peek(*CLOCK) or self._bare_hours() else ()
        if times and reader.peek("AND") and self._days_end_it():
            reader.take("AND")
        self._read_selectors(clause)
        if not times and clause.named and reader.take("OFF"):
            self._close(clause)
            return
        if reader.peek("AND") and not times and self._hour_follows():
            reader.take("AND")
        times = times or self._read_times()
        if times:
            self._read_trailing(clause)
            self._open(clause, times)
        elif not clause.named or clause.rule != Rule():
            raise HoursError(missing_times(clause.rule.days, part=clause.part))

    def _days_end_it(self) -> bool:
        """« 9h-12h, du lundi au vendredi »: days after a comma, when no hours of their own follow."""
        return self._selector_follows(SELECTORS) and not self.reader.comes_before(CLOCK, ("END",))

    def _bare_hours(self) -> bool:
        return self.reader.at("NUMBER", "TO", "TIME") and not starts_date(self.reader)

    def _read_trailing(self, clause: Clause) -> None:
        """« 9h-12h de mai à septembre »: a season right after the hours belongs to them."""
        self.reader.take("PART")
        if self.reader.peek("MONTH", "PARITY") or starts_date(self.reader):
            self._read_selectors(clause, ("MONTH", "PARITY", "NUMBER", "RANK", "DATE"))
        elif clause.rule.days == () and self.reader.peek("EVERYDAY"):
            self._read_selectors(clause)

    def _read_selectors(self, clause: Clause, kinds: tuple[str, ...] = SELECTORS) -> None:
        reader = self.reader
        while True:
            if reader.at("AND", "PART"):
                reader.take("AND")
            elif reader.peek("AND", "SLASH") and clause.named and self._goes_on(clause, kinds):
                reader.take("AND", "SLASH")
            if reader.peek("PART") and clause.named:
                clause.part = bool(reader.take("PART"))
            elif reader.peek(*kinds) and not self._bare_hours():
                self._refuse_part(clause)
                self._read_selector(clause)
            elif (
                clause.named and clause.kind == "opening" and kinds is SELECTORS and self._exception_follows()
            ):
                self._read_exception(clause)
            else:
                return

    def _selector_follows(self, kinds: tuple[str, ...]) -> bool:
        ahead = self.reader.ahead()
        return ahead.peek(*kinds, "EXCEPT", "WITH") is not None and not ahead.at("NUMBER", "TO", "TIME")

    def _goes_on(self, clause: Clause, kinds: tuple[str, ...]) -> bool:
        """A closing goes on with things of one family: « en août et le lundi » closes twice."""
        same = clause.kind != "closing" or _family(self.reader.ahead()) == clause.family
        return same and self._selector_follows(kinds)

    def _refuse_part(self, clause: Clause) -> None:
        if clause.part:
            raise HoursError(missing_times(clause.rule.days, part=clause.part))

    def _read_selector(self, clause: Clause) -> None:
        """One item of a list of days, dates and seasons."""
        reader = self.reader
        clause.family = _family(reader)
        if starts_date(reader):
            dates, years = read_dates(reader)
            _refuse_weekday(clause, dates)
            clause.add(Rule(dates=dates, years=years))
        elif reader.take("HOLIDAYS"):
            if reader.take("WITH", "USUAL"):
                self.usual = clause.named = True
                return
            clause.add(Rule(holidays="only"))
        elif token := reader.take("PARITY"):
            clause.add(Rule(weeks=(ODD_WEEKS if token.value else EVEN_WEEKS,)))
        else:
            clause.add(Rule(days=read_days(reader)))

    def _exception_follows(self) -> bool:
        """« tous les jours sauf dimanche 9h-19h »: before the hours; after them it is a closing."""
        if not self.reader.peek("EXCEPT", "WITH"):
            return False
        return self.reader.comes_before(CLOCK, ("END", "OFF"))

    def _read_exception(self, clause: Clause) -> None:
        if self.reader.take("WITH"):
            self._read_usual()
            return
        self.reader.take("EXCEPT")
        taken = Clause(kind="exception")
        self._read_selectors(taken)
        if taken.part or not taken.named:
            raise HoursError(missing_times(taken.rule.days, part=taken.part))
        if taken.rule.days and not taken.rule.dates:
            clause.rule = replace(clause.rule, days=without(clause.rule.days, taken.rule.days))
            taken.rule = replace(taken.rule, days=(), holidays="only" if taken.rule.holidays else "")
        if taken.rule != Rule():
            self._close(taken)

    def _read_times(self) -> tuple[Minutes, ...]:
        """« 9h-12h, 14h-17h », « de 9h à 12h et de 14h à 17h », « 24h/24 »; () when no hour comes."""
        reader = self.reader
        times: list[Minutes] = []
        while True:
            reader.take("PART")
            if reader.take("ALWAYS"):
                times.append((0, DAY))
            elif reader.peek("TIME", "FROM") or self._bare_hours():
                times.append(read_range(reader))
            else:
                break
            reader.take("PART")
            if reader.peek("AND", "SLASH") and self._hour_follows():
                reader.take("AND", "SLASH")
        return check_times(times)

    def _hour_follows(self) -> bool:
        ahead = self.reader.ahead()
        ahead.take("PART")
        return ahead.peek(*CLOCK) is not None or (ahead.at("NUMBER", "TO", "TIME") and not starts_date(ahead))

    def _open(self, clause: Clause, times: tuple[Minutes, ...]) -> None:
        rule = replace(clause.rule, kind="open", times=times)
        single = rule.is_one_day
        if not rule.days and not rule.holidays and not single and times != ((0, DAY),):
            raise HoursError(_("Indiquez les jours avant les heures, par exemple « lun-ven 9h-12h »."))
        self.openings.append(rule)

    def _close(self, clause: Clause) -> None:
        """« fermé le dimanche et les jours fériés » closes two things that have nothing in common."""
        self._refuse_part(clause)
        rule = replace(clause.rule, kind="off")
        if rule.holidays == "also" or (rule.holidays and (rule.dates or rule.weeks)):
            self.closings.append(Rule(kind="off", holidays="only"))
            rule = replace(rule, holidays="")
        self.closings.append(rule)

    def rules(self) -> tuple[Rule, ...]:
        if not self.openings:
            raise HoursError(
                _("Indiquez aussi les jours et les heures d’ouverture ; "
                  "pour une fermeture, changez l’état du service.")
            )  # fmt: skip
        openings = merge_openings(self.openings)
        holidays = with_usual_holidays(openings) if self.usual else openings
        return arrange((*holidays, *dict.fromkeys(self.closings)))


def _refuse_weekday(clause: Clause, dates: tuple[Months | Dates, ...]) -> None:
    single = all(isinstance(item, Dates) and item.first == item.last for item in dates)
    if clause.rule.days and single:
        raise HoursError(
            _("Écrivez la date sans le jour de la semaine, par exemple « fermé le 24 décembre ».")
        )


def _family(reader: Reader) -> str:
    token = reader.peek_any()
    return "dates" if starts_date(reader) else FAMILIES.get(token.kind if token else "", "days")
