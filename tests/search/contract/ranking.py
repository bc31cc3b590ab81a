"""Order: freshness, suspension, perpetrators' services, sorts, pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Service
from tests.factories import AreaFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import GRENOBLE, VIENNE, VOIRON, department


class RankingContract(ContractBase):
    @pytest.mark.parametrize("trait", ["stale", "never_verified"])
    def test_what_is_stale_comes_after_the_equally_competent(self, trait: str) -> None:
        ServiceFactory(name="Ancien", coverage=[department("38")], **{trait: True})
        ServiceFactory(name="Récent", coverage=[department("38")])
        assert self.indexed_names(commune=VOIRON) == ["Récent", "Ancien"]

    def test_staleness_does_not_put_the_less_competent_first(self) -> None:
        zone = AreaFactory(communes=[self.communes[VOIRON]])
        ServiceFactory(name="France", national=True)
        ServiceFactory(name="Département ancien", coverage=[department("38")], stale=True)
        ServiceFactory(name="Département", coverage=[department("38")])
        ServiceFactory(name="Zone ancienne", coverage=[zone], stale=True)
        ServiceFactory(name="Zone", coverage=[zone])
        ServiceFactory(name="Commune ancienne", coverage=[self.communes[VOIRON]], stale=True)
        expected = [
            "Commune ancienne",
            "Zone",
            "Zone ancienne",
            "Département",
            "Département ancien",
            "France",
        ]
        assert self.indexed_names(commune=VOIRON) == expected

    def test_staleness_is_computed_when_asked(self) -> None:
        ServiceFactory(name="Vieillit", verified_on=timezone.localdate() - timedelta(days=200))
        ServiceFactory(name="Toujours récent", verified_on=timezone.localdate() + timedelta(days=300))
        self.index()
        now, later = (self.find(at=timezone.now() + timedelta(days=days)) for days in (0, 250))
        assert now.hits[0].score == now.hits[1].score
        assert self.names_of(later) == ["Toujours récent", "Vieillit"]

    def test_what_is_suspended_stays_but_comes_later(self) -> None:
        ServiceFactory(name="Suspendu", suspended=True)
        ServiceFactory(name="Ouvert")
        assert self.indexed_names() == ["Ouvert", "Suspendu"]

    def test_a_temporary_closure_counts_on_its_days_only(self) -> None:
        today = timezone.localdate()
        ServiceFactory(name="Fermé", closed_from=today, closed_until=today + timedelta(days=3))
        ServiceFactory(name="Ouvert")
        self.index()
        assert self.names() == ["Ouvert", "Fermé"]
        after = self.find(at=timezone.now() + timedelta(days=4))
        assert after.hits[0].score == after.hits[1].score

    def test_the_rule_of_suspension_is_the_model_s(self) -> None:
        """One rule in two forms: `Service.is_suspended_on` and what the engine takes off."""
        today = timezone.localdate()
        around = [None, today - timedelta(days=1), today, today + timedelta(days=1)]
        for state in ("actif", "suspendu"):
            for first in around:
                for last in around:
                    ServiceFactory(state=state, closed_from=first, closed_until=last)
        self.index()
        scores = {hit.service: hit.score for hit in self.find(limit=100).hits}
        expected = {one.pk: one.is_suspended_on(today) for one in Service.objects.all()}
        assert {pk: score < max(scores.values()) for pk, score in scores.items()} == expected

    def test_perpetrators_services_do_not_come_among_victims_ones(self) -> None:
        ServiceFactory(name="Auteurs", perpetrators=True, coverage=[self.communes[VOIRON]])
        ServiceFactory(name="Victimes", national=True)
        self.index()
        assert self.names("violence", commune=VOIRON)[-1:] != ["Victimes"]
        assert self.names(commune=VOIRON) == ["Victimes", "Auteurs"]

    @pytest.mark.parametrize("words", ["il me frappe", "mon mari est violent", "elle est frappée chez elle"])
    def test_words_of_a_victim_lead_to_no_service_for_perpetrators(self, words: str) -> None:
        """Though their summaries, and the aliases of their type, hold these very words (domain.md R16)."""
        summary = "Pour qui a frappé, est violent avec sa femme ou son mari."
        ServiceFactory(name="Le Tournant", perpetrators=True, summary=summary)
        self.index()
        assert self.names(words, commune=VOIRON) == self.names(words) == []
        assert self.names("tournant") == self.names("j’ai frappé mon mari") == ["Le Tournant"]
        assert self.names(words, types=("cpca",)) == ["Le Tournant"]

    @pytest.mark.parametrize(
        "asked",
        [
            {"words": "auteurs"},
            {"words": "CPCA"},
            {"types": ("cpca",)},
            {"provisions": ("prise-en-charge-auteur",)},
        ],
    )
    def test_perpetrators_services_lead_when_they_are_asked_for(self, asked: dict[str, object]) -> None:
        ServiceFactory(name="Auteurs", perpetrators=True)
        ServiceFactory(
            name="Association (auteurs exclus)", provisions=["prise-en-charge-auteur"], type_slug="leao"
        )
        assert self.indexed_names(**asked)[0] == "Auteurs"

    def test_a_service_for_perpetrators_called_by_its_name_leads(self) -> None:
        """Whoever writes its name looks for it, and not for who mentions the word."""
        ServiceFactory(name="Changer de Cap", perpetrators=True)
        ServiceFactory(name="Cap Abri", summary="Pour changer de vie.")
        assert self.indexed_names("changer de cap")[0] == "Changer de Cap"

    def test_the_public_asked_for_is_better_declared_than_accepted(self) -> None:
        ServiceFactory(name="Tous")
        ServiceFactory(name="Femmes", women=True)
        ServiceFactory(name="Hommes", gender="hommes")
        assert self.indexed_names(publics=("femmes",)) == ["Femmes", "Tous"]

    # --- Sorts and pages ------------------------------------------------------------------------------

    def test_sort_by_distance_puts_what_has_none_last(self) -> None:
        isere = department("38")
        for name, insee in (("Loin", VIENNE), ("Milieu", GRENOBLE), ("Près", VOIRON)):
            ServiceFactory(name=name, coverage=[isere], at=insee)
        ServiceFactory(name="Sans lieu", coverage=[self.communes[VOIRON]])
        assert self.indexed_names(commune=VOIRON, sort="distance") == ["Près", "Milieu", "Loin", "Sans lieu"]

    def test_sort_by_name_ignores_accents_and_capitals(self) -> None:
        for name in ("Zoé", "écoute", "Étoile", "ange", "Écoute bis"):
            ServiceFactory(name=name)
        assert self.indexed_names(sort="nom") == ["ange", "écoute", "Écoute bis", "Étoile", "Zoé"]

    def test_sort_by_verification_puts_the_newest_first_and_the_never_verified_last(self) -> None:
        today = timezone.localdate()
        ServiceFactory(name="Jamais", verified_on=None)
        ServiceFactory(name="Ancien", verified_on=today - timedelta(days=900))
        ServiceFactory(name="Hier", verified_on=today - timedelta(days=1))
        assert self.indexed_names(sort="verification") == ["Hier", "Ancien", "Jamais"]

    @pytest.mark.parametrize("sort", ["pertinence", "distance", "nom", "verification"])
    def test_pages_neither_repeat_nor_lose(self, sort: str) -> None:
        for _number in range(23):
            ServiceFactory(name="Le même", at=VOIRON, coverage=[department("38")])
        self.index()
        pages = [self.find(commune=VOIRON, sort=sort, page=page, limit=5) for page in range(1, 6)]
        shown = [hit.service for page in pages for hit in page.hits]
        assert [len(page.hits) for page in pages] == [5, 5, 5, 5, 3]
        assert len(set(shown)) == 23
        assert {page.total for page in pages} == {23}
        assert shown == [hit.service for hit in self.find(commune=VOIRON, sort=sort, limit=100).hits]

    def test_a_page_past_the_end_is_empty_and_keeps_its_total(self) -> None:
        ServiceFactory()
        self.index()
        found = self.find(page=9)
        assert (found.hits, found.total) == ((), 1)
