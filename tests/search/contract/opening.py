"""Open now, tonight, this week-end: exactly as hours.py judges it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory.cards import card_for_index
from directory.hours import open_state
from directory.models import Service
from directory.visibility import ANONYMOUS
from search.backends.base import Territory
from search.question import Question
from tests.factories import CommuneFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import VOIRON

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)

WEEKS = (
    "24/7",
    "Mo-Fr 09:00-12:00,14:00-17:00",
    "Mo-Fr 08:45-12:15",
    "Tu[2] 09:00-12:00",
    "Mo-Su 22:00-06:00",
    "Sa 10:00-12:00",
    "Su,PH 09:00-18:00",
    "Fr 18:00-24:00",
    "Mo-Fr 09:00-17:00; PH 10:00-12:00",
    "Mo-Fr 00:00-24:00; PH off",
)


class OpeningContract(ContractBase):
    def test_open_now(self) -> None:
        ServiceFactory(name="Ouvert", hours="Mo-Fr 09:00-12:00")
        ServiceFactory(name="Fermé", hours="Mo-Fr 14:00-17:00")
        ServiceFactory(name="On ne sait pas")
        assert self.indexed_names(when="maintenant", at=TUESDAY) == ["Ouvert"]

    def test_the_hours_of_a_place_count(self) -> None:
        ServiceFactory(name="Ouvert", at=VOIRON, at__hours="Tu 09:00-12:00")
        assert self.indexed_names(when="maintenant", at=TUESDAY) == ["Ouvert"]

    def test_tonight_is_judged_at_six_or_now_when_later(self) -> None:
        ServiceFactory(name="Soirée", hours="Mo-Fr 17:00-20:00")
        ServiceFactory(name="Nuit", hours="24/7")
        ServiceFactory(name="Journée", hours="Mo-Fr 09:00-17:30")
        self.index()
        assert sorted(self.names(when="ce-soir", at=TUESDAY)) == ["Nuit", "Soirée"]
        assert self.names(when="ce-soir", at=TUESDAY.replace(hour=21)) == ["Nuit"]
        assert self.names(when="ce-soir", at=TUESDAY.replace(hour=3)) == ["Nuit"]

    def test_this_week_end_is_at_some_time_of_it(self) -> None:
        ServiceFactory(name="Samedi", hours="Sa 10:00-12:00")
        ServiceFactory(name="Dimanche", hours="Su 15:00-17:00")
        ServiceFactory(name="Semaine", hours="Mo-Fr 09:00-17:00")
        ServiceFactory(name="Dernier samedi", hours="Sa[-1] 08:45-10:00")
        self.index()
        assert sorted(self.names(when="week-end", at=TUESDAY)) == ["Dernier samedi", "Dimanche", "Samedi"]
        sunday = TUESDAY + timedelta(days=5)
        assert self.names(when="week-end", at=sunday) == ["Dimanche"]

    def test_public_holidays_close_what_does_not_speak_of_them(self) -> None:
        christmas = datetime(2026, 12, 25, 10, 0, tzinfo=PARIS)
        ServiceFactory(name="Férié", hours="Mo-Fr 09:00-12:00; PH 09:00-12:00")
        ServiceFactory(name="Toujours", hours="24/7")
        ServiceFactory(name="Semaine", hours="Mo-Fr 09:00-12:00")
        assert sorted(self.indexed_names(when="maintenant", at=christmas)) == ["Férié", "Toujours"]

    def test_local_holidays_and_clocks_are_those_of_the_place(self) -> None:
        CommuneFactory(insee="67482")
        CommuneFactory(insee="97411")
        ServiceFactory(name="Strasbourg", at="67482", department="67", hours="Mo-Sa 09:00-12:00")
        ServiceFactory(name="Voiron", at=VOIRON, hours="Mo-Sa 09:00-12:00")
        ServiceFactory(name="La Réunion", at="97411", department="974", hours="Mo-Sa 09:00-12:00")
        self.index()
        day_after_christmas = datetime(2026, 12, 26, 10, 0, tzinfo=PARIS)
        assert self.names(when="maintenant", at=day_after_christmas) == ["Voiron"]
        early = day_after_christmas.replace(hour=7)
        assert self.names(when="maintenant", at=early) == ["La Réunion"]

    def test_a_closure_closes_on_its_days(self) -> None:
        tuesday = datetime(2036, 11, 25, 10, 0, tzinfo=PARIS)  # to come: a closure that is over is not told
        day = tuesday.date()
        ServiceFactory(name="A", hours="24/7", closed_from=day, closed_until=day)
        ServiceFactory(name="B", hours="Mo-Fr 08:45-18:00", closed_from=day, closed_until=day)
        ServiceFactory(name="C", hours="24/7", suspended=True)
        self.index()
        assert self.names(when="maintenant", at=tuesday) == []
        assert sorted(self.names(when="maintenant", at=tuesday + timedelta(days=1))) == ["A", "B"]

    def test_a_night_that_goes_on_is_not_open_once_a_closure_begins(self) -> None:
        wednesday = datetime(2036, 11, 26, 1, 0, tzinfo=PARIS)
        night, day = "Mo-Su 22:00-06:00", wednesday.date()
        ServiceFactory(name="Toujours", hours=night)
        ServiceFactory(name="Jusqu’à mardi", hours=night, closed_from=day, closed_until=day)
        ServiceFactory(name="Dès mercredi", hours=night, closed_until=day - timedelta(days=1))
        self.index()
        assert self.names(when="maintenant", at=wednesday) == ["Toujours"]
        evening = wednesday.replace(hour=23)
        assert sorted(self.names(when="maintenant", at=evening)) == ["Dès mercredi", "Toujours"]

    def test_a_week_end_half_closed_is_open_on_its_other_day(self) -> None:
        saturday = datetime(2036, 11, 29, 9, 0, tzinfo=PARIS).date()
        for name, hours in (("Deux jours", "Sa,Su 08:45-10:00"), ("Samedi", "Sa 08:45-10:00")):
            ServiceFactory(name=name, hours=hours, closed_from=saturday, closed_until=saturday)
        thursday = datetime(2036, 11, 27, 9, 0, tzinfo=PARIS)
        assert self.indexed_names(when="week-end", at=thursday) == ["Deux jours"]

    def test_hours_said_alike_are_judged_by_the_calendar_of_each(self) -> None:
        CommuneFactory(insee="67482")
        day_after_christmas = datetime(2026, 12, 26, 10, 0, tzinfo=PARIS)
        ServiceFactory(name="Strasbourg", at="67482", department="67", hours="Mo-Sa 08:45-12:15")
        ServiceFactory(name="Voiron", at=VOIRON, hours="Mo-Sa 08:45-12:15")
        assert self.indexed_names(when="maintenant", at=day_after_christmas) == ["Voiron"]

    def test_it_agrees_with_hours_py_around_christmas(self) -> None:
        for hours in WEEKS:
            ServiceFactory(name=hours, hours=hours)
        self.index()
        cards = [card_for_index(service) for service in Service.objects.for_cards()]
        start = datetime(2026, 12, 23, 0, 10, tzinfo=PARIS)
        for shift in range(0, 48 * 5, 5):
            moment = start + timedelta(minutes=30 * shift)
            judged = {card.name for card in cards if open_state(card.schedules, moment, "38").state == "open"}
            assert set(self.names(when="maintenant", at=moment)) == judged, moment

    def test_the_leading_ones_are_found_together_and_told_open(self) -> None:
        night, office = ServiceFactory(type_slug="leao", hours="24/7"), "Mo-Fr 08:45-12:15"
        day = ServiceFactory(type_slug="leao", hours=office)
        shut = ServiceFactory(type_slug="cidff", hours="Mo 08:45-12:15")
        ServiceFactory(type_slug="ccas", hours="24/7")
        self.index()
        here = Territory.of_department("38")
        asked = [Question(types=(slug,), limit=2) for slug in ("leao", "cidff", "crip")]
        late = (TUESDAY.replace(hour=20), TUESDAY.replace(hour=21))
        asked += [replace(asked[0], moment=late, limit=1), Question(types=("leao", "cidff"), page=2, limit=2)]
        led = self.backend.leading(asked, here, ANONYMOUS, TUESDAY)
        found = [{hit.service for hit in hits} for hits in led.hits]
        assert found[:4] == [{day.pk, night.pk}, {shut.pk}, set(), {night.pk}]
        assert led.open_then == {day.pk, night.pk}
        assert led.hits == tuple(self.backend.find(one, here, ANONYMOUS, TUESDAY).hits for one in asked)

    def test_totals_and_facets_count_the_open_ones(self) -> None:
        ServiceFactory(type_slug="leao", hours="Tu[4] 09:00-12:00")
        ServiceFactory(type_slug="cidff", hours="24/7")
        ServiceFactory(type_slug="ccas", hours="Mo 09:00-12:00")
        self.index()
        found = self.find(when="maintenant", at=TUESDAY)
        assert found.total == 2
        assert found.facets["type"] == {"leao": 1, "cidff": 1}
