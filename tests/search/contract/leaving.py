"""Who must leave (domain.md R23): who answers elsewhere, so many km away or in another department."""

import pytest

from search import ranking
from search.question import ANOTHER_DEPARTMENT
from tests.factories import PlaceFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import BRIANCON, DIGNE, EMBRUN, GAP, GRENOBLE, LYON, SISTERON, VOIRON, department


class LeavingContract(ContractBase):
    def left(self, *args: object, **kwargs: object) -> list[str]:
        """The names of what is found elsewhere, in no order."""
        return sorted(self.indexed_names(*args, **kwargs))

    def test_all_of_its_places_are_far_enough(self) -> None:
        ServiceFactory(name="Grenoble", at=GRENOBLE)
        ServiceFactory(name="Briançon", at=BRIANCON, department="05", coverage=[department("05")])
        ServiceFactory(name="Embrun", at=EMBRUN, department="05")
        ServiceFactory(name="Grenoble et Gap", at=[GRENOBLE, GAP])
        assert self.left(commune=GAP, away=50) == ["Briançon", "Grenoble"]
        assert self.names(commune=GAP, away=60) == ["Grenoble"]
        assert self.names(commune=GAP, away=300) == []

    def test_what_answers_by_phone_for_another_territory_is_there(self) -> None:
        """`lieu=Gap&loin=50&q=115` held no SIAO at all."""
        isere, hautes_alpes = department("38"), department("05")
        ServiceFactory(name="Isère", coverage=[isere])
        ServiceFactory(name="Voiron", coverage=[self.communes[VOIRON]])
        ServiceFactory(name="Sans zone", department="38")
        ServiceFactory(name="Tenu d’ailleurs", department="05", coverage=[isere])
        ServiceFactory(name="Ici", department="05", coverage=[hautes_alpes])
        ServiceFactory(name="Commune d’ici", department="05", coverage=[self.communes[EMBRUN]])
        ServiceFactory(name="Ici aussi", coverage=[isere, hautes_alpes])
        ServiceFactory(name="Ici, tenu d’ailleurs", coverage=[self.communes[GAP]])
        found = ["Isère", "Sans zone", "Tenu d’ailleurs", "Voiron"]
        assert self.left(commune=GAP, away=50) == found
        assert self.left(commune=GAP, away=ANOTHER_DEPARTMENT) == found

    def test_a_department_is_far_by_the_middle_of_its_communes(self) -> None:
        for code in ("04", "38", "69"):
            ServiceFactory(name=code, department=code, coverage=[department(code)])
        ServiceFactory(name="04 et 38", department="38", coverage=[department("04"), department("38")])
        assert self.left(commune=GAP, away=50) == ["04", "04 et 38", "38", "69"]
        assert self.names(commune=GAP, away=80) == ["38", "69"]
        assert self.names(commune=GAP, away=130) == ["69"]

    def test_another_department_however_near(self) -> None:
        ServiceFactory(name="Sisteron", department="04", coverage=[department("04")], at=SISTERON)
        ServiceFactory(name="Téléphone 04", department="04", coverage=[department("04")])
        ServiceFactory(name="Briançon", department="05", coverage=[department("05")], at=BRIANCON)
        ServiceFactory(name="Deux départements", department="04", at=DIGNE,
                       coverage=[department("04"), department("05")])  # fmt: skip
        there = ["Sisteron", "Téléphone 04"]
        assert self.left(commune=GAP, away=ANOTHER_DEPARTMENT) == there
        assert sorted(self.names(department="05", away=ANOTHER_DEPARTMENT)) == there

    def test_what_answers_for_the_whole_country_is_nowhere_in_particular(self) -> None:
        ServiceFactory(name="Téléphone", national=True, department="69")
        ServiceFactory(name="Siège à Lyon", national=True, department="69", at=LYON)
        for away in (50, ANOTHER_DEPARTMENT):
            assert self.left(commune=GAP, away=away) == []

    @pytest.mark.parametrize("away", [60, ANOTHER_DEPARTMENT])
    def test_what_hides_is_told_by_its_territory_and_never_by_its_place(self, away, viewer_pro_38) -> None:  # type: ignore[no-untyped-def]
        """C4: wherever the shelter stands, the answer is the same."""
        isere = department("38")
        for name, insee in (("Abri", GRENOBLE), ("Abri ailleurs", GAP)):
            ServiceFactory(name=name, hidden=True, at=insee, coverage=[isere])
        PlaceFactory(service=ServiceFactory(name="Jamais", coverage=[isere]), commune__insee=GAP, never=True)
        assert self.left(commune=GAP, away=away) == ["Jamais"]
        shown = self.names(commune=GAP, away=away, viewer=viewer_pro_38)
        assert sorted(shown) == ["Abri", "Abri ailleurs", "Jamais"]
        assert self.names(commune=GRENOBLE, away=away, viewer=viewer_pro_38) == []

    def test_who_does_not_receive_from_elsewhere_does_not_lead_unless_asked_for(self) -> None:
        ServiceFactory(name="Brigade", type_slug="brigade-gendarmerie", department="04", at=SISTERON)
        ServiceFactory(name="Écoute", type_slug="leao", at=GRENOBLE)
        self.index()
        left = {"commune": GAP, "away": ANOTHER_DEPARTMENT, "receiving_types": ("leao",)}
        assert self.names(**left) == ["Écoute", "Brigade"]
        assert self.names(**left, door_types=("brigade-gendarmerie",)) == ["Brigade"]
        assert self.names(**left, types=("brigade-gendarmerie", "leao")) == ["Brigade", "Écoute"]

    def test_the_nearest_departments_first_of_what_has_no_place(self, monkeypatch) -> None:  # type: ignore[no-untyped-def]
        monkeypatch.setattr(ranking, "DEPARTMENTS_AWAY", ((1, 0.7), (2, 0.65)))
        for code in ("69", "38", "04"):
            ServiceFactory(name=code, department=code)
        assert self.indexed_names(commune=EMBRUN, away=ANOTHER_DEPARTMENT) == ["04", "38", "69"]

    def test_a_place_leads_what_has_none(self) -> None:
        ServiceFactory(name="Téléphone", coverage=[department("38")])
        ServiceFactory(name="Lieu", coverage=[department("38")], at=GRENOBLE)
        for away in (50, ANOTHER_DEPARTMENT):
            assert self.indexed_names(commune=GAP, away=away) == ["Lieu", "Téléphone"]

    def test_facets_count_what_is_elsewhere(self) -> None:
        ServiceFactory(type_slug="leao", at=GAP, department="05", coverage=[department("05")])
        ServiceFactory(type_slug="leao", at=GRENOBLE)
        ServiceFactory(type_slug="siao-115", coverage=[department("38")])
        found = self.indexed_types(away=50), self.indexed_types(away=50, types=("leao",))
        assert found == ({"leao": 1, "siao-115": 1}, {"leao": 1, "siao-115": 1})

    def indexed_types(self, **values: object) -> dict[str, int]:
        self.index()
        return dict(self.find(commune=GAP, **values).facets["type"])
