"""Filters and facets: what passes, and counts that stay right when a value is chosen."""

import pytest

from tests.factories import ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import VOIRON


class FiltersContract(ContractBase):
    def indexed(self, **values: object):  # type: ignore[no-untyped-def]
        self.index()
        return self.find(**values)  # type: ignore[arg-type]

    # --- What passes ------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("field", "values", "filter_name"),
        [
            ("violences", ["conjugales", "inceste"], "violences"),
            ("provisions", ["ecoute", "soins"], "provisions"),
            ("languages", ["ar", "lsf"], "languages"),
        ],
    )
    def test_or_within_a_facet(self, field: str, values: list[str], filter_name: str) -> None:
        for value in values:
            ServiceFactory(name=value, **{field: [value]})
        ServiceFactory(name="autre", languages=["en"])
        self.index()
        assert sorted(self.names(**{filter_name: tuple(values)})) == sorted(values)
        assert self.names(**{filter_name: (values[0],)}) == [values[0]]

    def test_and_between_facets(self) -> None:
        ServiceFactory(name="Les deux", violences=["inceste"], provisions=["ecoute"])
        ServiceFactory(name="Inceste", violences=["inceste"])
        ServiceFactory(name="Écoute", provisions=["ecoute"])
        assert self.indexed_names(violences=("inceste",), provisions=("ecoute",)) == ["Les deux"]

    def test_publics_are_or_within_a_family_and_and_between_families(self) -> None:
        ServiceFactory(name="Fillettes", age_max=12, gender="femmes")
        ServiceFactory(name="Adolescentes", age_min=13, age_max=17, gender="femmes")
        ServiceFactory(name="Garçons", age_max=17, gender="hommes")
        ServiceFactory(name="Femmes", age_min=18, gender="femmes")
        self.index()
        assert sorted(self.names(publics=("enfant", "adolescent"))) == [
            "Adolescentes",
            "Fillettes",
            "Garçons",
        ]
        both = self.names(publics=("enfant", "adolescent", "femmes"))
        assert sorted(both) == ["Adolescentes", "Fillettes"]

    def test_a_service_for_all_accepts_women_and_men(self) -> None:
        ServiceFactory(name="Tous")
        self.index()
        assert [self.names(publics=(slug,)) for slug in ("femmes", "hommes", "tous")] == [["Tous"]] * 3

    def test_ages_are_ranges(self) -> None:
        ServiceFactory(name="Dès 16 ans", age_min=16, age_max=25)
        self.index()
        shown = [
            band
            for band in ("enfant", "adolescent", "jeune-majeur", "adulte", "senior")
            if self.names(publics=(band,))
        ]
        assert shown == ["adolescent", "jeune-majeur"]

    def test_without_roles_everybody_but_perpetrators(self) -> None:
        ServiceFactory(name="Tous rôles", roles=[])
        ServiceFactory(name="Auteurs", perpetrators=True)
        self.index()
        assert (
            self.names(publics=("proche-temoin",)) == self.names(publics=("professionnel",)) == ["Tous rôles"]
        )
        assert self.names(publics=("auteur",)) == ["Auteurs"]

    def test_a_situation_must_be_declared(self) -> None:
        ServiceFactory(name="Enceinte", situations=["enceinte"])
        ServiceFactory(name="Généraliste")
        assert self.indexed_names(publics=("enceinte",)) == ["Enceinte"]

    def test_without_violences_it_is_a_generalist_that_no_violence_filter_keeps(self) -> None:
        ServiceFactory(name="Généraliste")
        ServiceFactory(name="Inceste", violences=["inceste"])
        assert self.indexed_names(violences=("inceste",)) == ["Inceste"]

    def test_without_languages_french_is_spoken(self) -> None:
        ServiceFactory(name="Français", languages=[])
        self.index()
        assert self.names(languages=("fr",)) == ["Français"]
        assert self.names(languages=("lsf",)) == []

    def test_types_and_virtual_types(self) -> None:
        ServiceFactory(name="Commissariat", type_slug="commissariat")
        ServiceFactory(name="Brigade", type_slug="brigade-gendarmerie")
        ServiceFactory(name="UMJ", type_slug="umj")
        ServiceFactory(
            name="UMJ libre", type_slug="umj", details={"creneaux-sans-requisition": "mardi matin"}
        )
        ServiceFactory(name="Signes", type_slug="leao", languages=["fr", "lsf"])
        self.index()
        assert self.names(types=("brigade-gendarmerie",)) == ["Brigade"]
        assert sorted(self.names(types=("commissariat-brigade",))) == ["Brigade", "Commissariat"]
        assert self.names(types=("umj-sans-requisition",)) == ["UMJ libre"]
        assert self.names(types=("service-lsf",)) == ["Signes"]
        assert sorted(self.names(types=("umj", "commissariat"))) == ["Commissariat", "UMJ", "UMJ libre"]

    # --- Facets -----------------------------------------------------------------------------------------

    def test_facets_count_what_is_found(self) -> None:
        ServiceFactory(type_slug="leao", violences=["conjugales", "sexuelles"], provisions=["ecoute"])
        ServiceFactory(type_slug="leao", violences=["conjugales"], languages=["fr", "ar"])
        ServiceFactory(type_slug="cidff", national=True)
        facets = self.indexed().facets
        assert facets["type"] == {"leao": 2, "cidff": 1}
        assert facets["violence"] == {"conjugales": 2, "sexuelles": 1}
        assert facets["besoin"] == {"ecoute": 1}
        assert facets["langue"] == {"fr": 3, "ar": 1}
        assert facets["public"]["femmes"] == 3

    def test_a_facet_is_counted_under_the_others_only(self) -> None:
        ServiceFactory(type_slug="leao", violences=["conjugales"])
        ServiceFactory(type_slug="leao", violences=["inceste"])
        ServiceFactory(type_slug="cidff", violences=["inceste"])
        found = self.indexed(types=("leao",))
        assert found.total == 2
        assert found.facets["type"] == {"leao": 2, "cidff": 1}
        assert found.facets["violence"] == {"conjugales": 1, "inceste": 1}
        both = self.find(types=("leao",), violences=("inceste",))
        assert both.total == 1
        assert both.facets["type"] == {"leao": 1, "cidff": 1}
        assert both.facets["violence"] == {"conjugales": 1, "inceste": 1}

    def test_each_family_of_publics_is_counted_under_the_others(self) -> None:
        ServiceFactory(age_max=17, gender="femmes")
        ServiceFactory(age_min=18, gender="femmes")
        ServiceFactory(age_min=18, gender="hommes")
        counts = self.indexed(publics=("femmes",)).facets["public"]
        assert (counts["femmes"], counts["hommes"]) == (1 + 1, 1)
        assert (counts["enfant"], counts["adulte"]) == (1, 1)
        counts = self.find(publics=("femmes", "enfant")).facets["public"]
        assert (counts["femmes"], counts.get("hommes", 0), counts["enfant"], counts["adulte"]) == (1, 0, 1, 1)

    def test_a_count_is_what_choosing_the_value_gives(self) -> None:
        """Every count of every facet, checked by asking for it."""
        for number in range(12):
            ServiceFactory(
                type_slug=["leao", "cidff", "ccas"][number % 3],
                violences=[["conjugales"], ["inceste", "enfants"], []][number % 3 - 1],
                provisions=[["ecoute"], ["soins", "ecoute"]][number % 2],
                languages=[["fr"], ["fr", "ar"], ["lsf"]][number // 4],
                age_min=[None, 18][number % 2],
                gender=["tous", "femmes", "hommes"][number % 3],
                situations=[[], ["enceinte"]][number % 2],
            )
        self.index()
        names = {
            "type": "types",
            "public": "publics",
            "violence": "violences",
            "besoin": "provisions",
            "langue": "languages",
        }
        chosen = {"provisions": ("soins",), "publics": ("femmes",)}
        for facet, counts in self.find(**chosen).facets.items():
            for slug, count in counts.items():
                assert self.find(**self._with(chosen, names[facet], slug)).total == count, (facet, slug)

    def _with(self, chosen: dict[str, tuple[str, ...]], name: str, slug: str) -> dict[str, tuple[str, ...]]:
        """The same filters with this value as the only one of its family."""
        from directory.taxonomy import public_facet

        kept = chosen.get(name, ())
        if name == "publics":
            kept = tuple(one for one in kept if public_facet(one) != public_facet(slug))
        else:
            kept = ()
        return chosen | {name: (*kept, slug)}

    def test_facets_follow_the_place_the_radius_and_the_words(self) -> None:
        ServiceFactory(name="Médiation", type_slug="leao", at=VOIRON)
        ServiceFactory(name="Autre", type_slug="cidff", at=VOIRON)
        ServiceFactory(name="Médiation ailleurs", type_slug="ccas", at="05061", department="05")
        self.index()
        assert self.find(commune=VOIRON, radius=5).facets["type"] == {"leao": 1, "cidff": 1}
        assert self.find("médiation").facets["type"] == {"leao": 1, "ccas": 1}
        assert self.find("médiation", commune=VOIRON).facets["type"] == {"leao": 1}
