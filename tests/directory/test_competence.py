"""Who answers for a commune, how specifically, and why in words. Coverage decides, never distance."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from directory.cards import ServiceCard, card_for
from directory.competence import LEVELS, Ground, competence_of, ground_of, ground_of_department, level_of_area
from directory.models import Commune, Service
from directory.visibility import ANONYMOUS
from tests import territory
from tests.factories import AreaFactory, ServiceFactory
from tests.territory import EMBRUN, GAP, GRENOBLE, LYON, LYON_3, VIENNE, VOIRON

pytestmark = pytest.mark.django_db
Communes = dict[str, Commune]


def card(**values: Any) -> ServiceCard:
    service = ServiceFactory(**values)
    return card_for(Service.objects.for_cards().get(pk=service.pk), ANONYMOUS)


def found(ground: Ground | None, km: float | None = None, **values: Any) -> tuple[str, str]:
    competence = competence_of(card(**values), ground, km)
    return competence.level, competence.reason


def test_each_level_and_its_reason(communes: Communes) -> None:
    voiron = communes[VOIRON]
    ground = ground_of(voiron)
    zone = AreaFactory(kind="judicial", name="Ressort de Grenoble", communes=[voiron])
    epci = voiron.areas.get(kind="epci")
    assert found(ground, coverage=[voiron]) == (
        "commune",
        "Répond pour Voiron : la commune est dans sa zone.",
    )
    assert found(ground_of(voiron), coverage=[zone]) == ("area", "Répond pour Voiron : ressort de Grenoble.")
    assert found(ground, coverage=[epci]) == ("area", f"Répond pour Voiron : {epci.name}.")
    assert found(ground, coverage=[territory.department("38")]) == (
        "department",
        "Répond pour Voiron : tout le département (Isère).",
    )
    assert found(ground, national=True) == ("national", "Répond partout en France.")


def test_no_zone_is_proximity_and_never_the_whole_country(communes: Communes) -> None:
    ground = ground_of(communes[VOIRON])
    assert found(ground) == ("proximity", "Zone d’intervention à confirmer.")
    assert found(ground, 0.2)[1] == "À moins de 1 km de Voiron. Zone d’intervention à confirmer."
    assert found(ground, 3.14)[1] == "À 3,1 km de Voiron. Zone d’intervention à confirmer."
    assert found(ground, 9.96)[1] == "À 10 km de Voiron. Zone d’intervention à confirmer."
    assert found(ground, 33.4)[1] == "À 33 km de Voiron. Zone d’intervention à confirmer."


def test_another_territory_does_not_answer(communes: Communes) -> None:
    ground = ground_of(communes[VOIRON])
    vienne = AreaFactory(kind="judicial", name="Ressort de Vienne", communes=[communes[VIENNE]])
    assert found(ground, coverage=[vienne])[0] == "proximity"
    assert found(ground, coverage=[territory.department("05")])[0] == "proximity"
    assert found(ground, coverage=[communes[GRENOBLE]])[0] == "proximity"


def test_the_most_specific_of_several_is_said(communes: Communes) -> None:
    voiron = communes[VOIRON]
    areas = [AreaFactory(kind=kind, name=kind, communes=[voiron]) for kind in ("police", "custom")]
    ground = ground_of(voiron)
    isere = territory.department("38")
    assert found(ground, coverage=[isere, *areas, voiron])[0] == "commune"
    assert found(ground, coverage=[isere, *areas]) == ("area", "Répond pour Voiron : custom.")
    assert found(ground, coverage=[isere, territory.department("05")])[0] == "department"


def test_an_invented_territory_says_so(communes: Communes) -> None:
    zone = AreaFactory(
        kind="judicial", name="Ressort (exemple)", communes=[communes[VOIRON]], is_example=True, code="38-x"
    )
    covering = card(coverage=[zone])
    for ground in (ground_of(communes[VOIRON]), None):
        competence = competence_of(covering, ground, None)
        assert competence.is_example
        assert competence.reason.endswith(
            "ressort (exemple). Territoire donné en exemple, sans source officielle."
        )
    assert not competence_of(card(coverage=[communes[VOIRON]]), ground_of(communes[VOIRON]), None).is_example


def test_without_a_place_its_own_territory_is_said(communes: Communes) -> None:
    isere, alps = territory.department("38"), territory.department("05")
    assert found(None, coverage=[isere]) == ("department", "Répond pour : Isère.")
    assert found(None, coverage=[isere, alps]) == ("department", "Répond pour : Hautes-Alpes, Isère.")
    assert found(None, coverage=[communes[GAP]]) == ("commune", "Répond pour : Gap.")
    assert found(None, coverage=[communes[GAP], isere]) == ("department", "Répond pour : Isère, Gap.")
    assert found(None, national=True) == ("national", "Répond partout en France.")
    assert found(None) == ("proximity", "Zone d’intervention à confirmer.")


def test_many_names_are_counted_and_agree(communes: Communes) -> None:
    four = [communes[code] for code in (EMBRUN, GAP, GRENOBLE, VOIRON)]
    assert found(None, coverage=four)[1] == "Répond pour : Embrun, Gap, Grenoble et 1 autre."
    assert (
        found(None, coverage=[*four, communes[VIENNE]])[1]
        == "Répond pour : Embrun, Gap, Grenoble et 2 autres."
    )


def test_cities_and_arrondissements_answer_both_ways(communes: Communes) -> None:
    lyon, third = communes[LYON], communes[LYON_3]
    assert found(ground_of(third), coverage=[lyon])[0] == "commune"
    assert found(ground_of(lyon), coverage=[third])[0] == "commune"
    zone = AreaFactory(kind="police", name="Lyon centre", communes=[third])
    assert found(ground_of(lyon), coverage=[zone])[0] == "area"
    whole = AreaFactory(kind="custom", name="Lyon", code="lyon", communes=[lyon])
    assert found(ground_of(third), coverage=[whole])[0] == "area"
    assert found(ground_of(third), coverage=[territory.department("69")])[0] == "department"


def test_a_department_alone(communes: Communes) -> None:
    isere = territory.department("38")
    assert ground_of_department("38") == {f"area:{isere.pk}": "department", "national": "national"}
    assert ground_of_department("99") == {"national": "national"}


def test_few_queries(communes: Communes, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(3):
        ground_of(Commune.objects.select_related("parent").get(pk=LYON_3))


def test_levels_are_those_of_the_contract() -> None:
    assert LEVELS == ("commune", "area", "department", "region", "national", "proximity")
    kinds = ("commune", "epci", "judicial", "police", "gendarmerie", "custom", "department", "region")
    assert [level_of_area(kind) for kind in kinds] == ["commune", *["area"] * 5, "department", "region"]
