"""Competence before distance: who answers for a commune, near or far, with or without a place."""

import pytest

from directory.cards import coordinates_of
from tests.factories import AreaFactory, PlaceFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import (
    BOURGOIN,
    DIGNE,
    EMBRUN,
    GAP,
    GRENOBLE,
    LA_MURE,
    LYON,
    LYON_3,
    SAINT_JEAN_DE_MOIRANS,
    SAINT_MARCELLIN,
    SAINT_MARTIN_D_HERES,
    VIENNE,
    VOIRON,
    at_distance,
    department,
)


class TerritoryContract(ContractBase):
    def test_coverage_of_the_department_the_epci_the_commune_or_the_country(self) -> None:
        commune = self.communes[VOIRON]
        epci = commune.areas.get(kind="epci")
        ServiceFactory(name="Commune", coverage=[commune])
        ServiceFactory(name="EPCI", coverage=[epci])
        ServiceFactory(name="Département", coverage=[department("38")])
        ServiceFactory(name="France", national=True)
        assert self.indexed_names(commune=VOIRON) == ["Commune", "EPCI", "Département", "France"]

    def test_a_service_of_another_territory_is_absent_however_near(self) -> None:
        vienne = AreaFactory(kind="judicial", communes=[self.communes[VIENNE]])
        ServiceFactory(name="Ressort de Vienne", coverage=[vienne], at=VOIRON)
        ServiceFactory(name="Hautes-Alpes", coverage=[department("05")], at=VOIRON)
        ServiceFactory(name="Ici", coverage=[department("38")], at=BOURGOIN)
        assert self.indexed_names(commune=VOIRON) == ["Ici"]

    def test_crip_with_gap_is_that_of_the_hautes_alpes(self) -> None:
        for code, insee in (("38", GRENOBLE), ("05", GAP), ("04", DIGNE)):
            ServiceFactory(
                name=f"CRIP {code}", type_slug="crip", department=code, coverage=[department(code)], at=insee
            )
        self.index()
        assert self.names("CRIP", commune=GAP) == ["CRIP 05"]
        assert self.names("CRIP", commune=EMBRUN) == ["CRIP 05"]

    def test_without_coverage_it_answers_within_fifty_kilometres(self) -> None:
        ServiceFactory(name="À Voiron", at=VOIRON)
        ServiceFactory(name="À Gap", at=GAP, department="05")
        assert self.indexed_names(commune=GRENOBLE) == ["À Voiron"]

    def test_without_coverage_nor_place_it_answers_in_its_department(self) -> None:
        ServiceFactory(name="Téléphone 38")
        ServiceFactory(name="Téléphone 05", department="05")
        found = self.indexed(commune=GRENOBLE)
        assert self.names_of(found) == ["Téléphone 38"]
        assert found.hits[0].distance_km is None

    def indexed(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
        self.index()
        return self.find(*args, **kwargs)  # type: ignore[arg-type]

    def test_distance_is_to_the_nearest_of_several_places(self) -> None:
        ServiceFactory(name="Trois", coverage=[department("38")], at=[BOURGOIN, VIENNE, VOIRON])
        found = self.indexed(commune=VOIRON)
        assert found.hits[0].distance_km == pytest.approx(0, abs=0.1)

    def test_distance_is_right(self) -> None:
        ServiceFactory(name="Grenoble", coverage=[department("38")], at=GRENOBLE)
        found = self.indexed(commune=VOIRON)
        assert found.hits[0].distance_km == pytest.approx(22.6, abs=0.5)

    def test_the_nearest_first_among_the_equally_competent(self) -> None:
        for name, insee in (("Loin", VIENNE), ("Près", VOIRON), ("Milieu", BOURGOIN)):
            ServiceFactory(name=name, coverage=[department("38")], at=insee)
        assert self.indexed_names(commune=VOIRON) == ["Près", "Milieu", "Loin"]

    def test_radius_of_five_kilometres_around_voiron(self) -> None:
        isere = department("38")
        ServiceFactory(name="Dans", coverage=[isere], at=VOIRON)
        ServiceFactory(name="À côté", at=SAINT_JEAN_DE_MOIRANS)
        ServiceFactory(name="Une permanence dans", coverage=[isere], at=[GRENOBLE, VOIRON])
        ServiceFactory(name="Un point à 3 km", coverage=[isere], at=VOIRON, at__point=(5.60, 45.34))
        ServiceFactory(name="Trop loin", coverage=[isere], at=GRENOBLE)
        ServiceFactory(name="Trop loin, sans zone", at=GRENOBLE)
        ServiceFactory(name="Sans lieu", coverage=[isere])
        ServiceFactory(name="Autre zone", coverage=[self.communes[VIENNE]], at=VOIRON)
        found = self.indexed(commune=VOIRON, radius=5)
        assert sorted(self.names_of(found)) == ["Dans", "Un point à 3 km", "Une permanence dans", "À côté"]
        assert found.total == 4

    @pytest.mark.parametrize("radius", [5, 20, 50, 100])
    def test_a_radius_is_as_long_in_all_directions(self, radius: int) -> None:
        town_hall = coordinates_of(self.communes[VOIRON].point)
        for degrees in range(0, 360, 45):
            # Those that declare no coverage may be found otherwise.
            coverage = [department("38")] if degrees % 90 else []
            for share in (0.97, 1.03):
                spot = at_distance(town_hall, radius * share, degrees)
                ServiceFactory(name=f"{share:g} au {degrees}", coverage=coverage, at=VOIRON, at__point=spot)
        found = self.indexed(commune=VOIRON, radius=radius)
        assert sorted(self.names_of(found)) == sorted(f"0.97 au {degrees}" for degrees in range(0, 360, 45))

    def test_a_service_without_place_neither_leads_nor_vanishes(self) -> None:
        isere = department("38")
        ServiceFactory(name="Loin", coverage=[isere], at=VIENNE)
        ServiceFactory(name="Sans lieu", coverage=[isere])
        ServiceFactory(name="Près", coverage=[isere], at=VOIRON)
        assert self.indexed_names(commune=VOIRON) == ["Près", "Sans lieu", "Loin"]

    @pytest.mark.parametrize("trait", ["by_phone", "commune_only", "professionals"])
    def test_an_address_not_shown_counts_by_the_town_hall(self, trait: str) -> None:
        service = ServiceFactory(name="Discret", coverage=[department("38")])
        PlaceFactory(service=service, commune__insee=VIENNE, point=(5.59213, 45.363), **{trait: True})
        self.index()
        assert self.names(commune=VOIRON, radius=5) == []
        assert self.names(commune=VIENNE, radius=1) == ["Discret"]
        assert self.find(commune=VIENNE).hits[0].distance_km == pytest.approx(0, abs=0.05)

    def test_a_place_never_shown_has_no_distance_and_no_radius(self) -> None:
        service = ServiceFactory(name="Discret", coverage=[department("38")])
        PlaceFactory(service=service, commune__insee=VOIRON, never=True)
        found = self.indexed(commune=VOIRON)
        assert [hit.distance_km for hit in found.hits] == [None]
        assert self.names(commune=VOIRON, radius=50) == []

    def test_a_hidden_service_has_no_distance_even_for_who_may_see_it(self, viewer_pro_38) -> None:  # type: ignore[no-untyped-def]
        ServiceFactory(
            name="Abri", hidden=True, at=VOIRON, coverage=[department("38"), self.communes[VOIRON]]
        )
        self.index()
        found = self.find(commune=GRENOBLE, viewer=viewer_pro_38)
        assert [hit.distance_km for hit in found.hits] == [None]
        assert self.find(commune=VOIRON, radius=10, viewer=viewer_pro_38).total == 0

    def test_the_closest_competence_first_at_the_same_distance(self) -> None:
        zone = AreaFactory(communes=[self.communes[LA_MURE], self.communes[GRENOBLE]])
        ServiceFactory(name="Pays", national=True, at=LA_MURE)
        ServiceFactory(name="Département", coverage=[department("38")], at=LA_MURE)
        ServiceFactory(name="Zone", coverage=[zone], at=LA_MURE)
        ServiceFactory(name="Commune", coverage=[self.communes[LA_MURE]], at=LA_MURE)
        assert self.indexed_names(commune=LA_MURE) == ["Commune", "Zone", "Département", "Pays"]

    def test_an_arrondissement_and_its_city_answer_for_each_other(self) -> None:
        ServiceFactory(name="Ville", department="69", coverage=[self.communes[LYON]])
        ServiceFactory(name="Troisième", department="69", coverage=[self.communes[LYON_3]])
        self.index()
        assert (
            sorted(self.names(commune=LYON_3)) == sorted(self.names(commune=LYON)) == ["Troisième", "Ville"]
        )

    def test_a_department_alone_gives_all_that_is_in_it(self) -> None:
        ServiceFactory(name="Département", coverage=[department("05")], department="05")
        ServiceFactory(name="Commune", coverage=[self.communes[GAP]], department="05")
        ServiceFactory(name="Lieu", at=EMBRUN, department="05")
        ServiceFactory(name="Pays", national=True)
        ServiceFactory(name="Isère", coverage=[department("38")])
        found = self.indexed(department="05")
        assert sorted(self.names_of(found)) == ["Commune", "Département", "Lieu", "Pays"]
        assert {hit.distance_km for hit in found.hits} == {None}

    def test_without_any_place_everything_answers(self) -> None:
        ServiceFactory(name="Isère", coverage=[department("38")])
        ServiceFactory(name="Hautes-Alpes", coverage=[department("05")], department="05")
        ServiceFactory(name="Sans rien")
        assert self.indexed(radius=5).total == 3

    def test_several_coverages_count_by_the_most_specific(self) -> None:
        both = [department("38"), self.communes[SAINT_MARTIN_D_HERES]]
        ServiceFactory(name="Les deux", coverage=both)
        ServiceFactory(name="Département", coverage=[department("38")])
        self.index()
        assert self.names(commune=SAINT_MARTIN_D_HERES) == ["Les deux", "Département"]
        there = self.find(commune=SAINT_MARCELLIN).hits
        assert there[0].score == there[1].score
