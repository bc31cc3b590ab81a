"""Sentences made of a card."""

from dataclasses import replace
from datetime import date

import pytest

from directory import taxonomy, wording
from directory.cards import ContactCard, CoverageRef, ServiceCard, card_for
from directory.freshness import freshness_of
from directory.visibility import ANONYMOUS
from tests.factories import ServiceFactory


@pytest.fixture
def card(db: None) -> ServiceCard:
    return card_for(ServiceFactory(), ANONYMOUS)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "Toute personne"),
        ({"gender": "femmes", "age_min": 18}, "Femmes dès 18 ans"),
        (
            {"gender": "femmes", "age_min": 18, "situations": ("avec-enfants",)},
            "Femmes dès 18 ans, avec ou sans enfants",
        ),
        ({"age_max": 17}, "Enfants et adolescents jusqu’à 17 ans"),
        ({"age_min": 12, "age_max": 25}, "Toute personne de 12 à 25 ans"),
        ({"gender": "hommes"}, "Hommes"),
        ({"roles": ("auteur",)}, "Personnes qui ont commis des violences, ou craignent d’en commettre"),
        ({"roles": ("professionnel",)}, "Professionnels"),
    ],
)
def test_for_whom(card: ServiceCard, values: dict[str, object], expected: str) -> None:
    assert wording.public_of(replace(card, **values)) == expected


def test_a_phrase_keeps_the_capitals_of_acronyms_only() -> None:
    assert wording.listed(taxonomy.SITUATIONS, ["enceinte", "lgbt"]) == "Enceinte, LGBT+"
    assert (
        wording.listed(taxonomy.RECEPTION_MODES, ["en-presentiel", "a-distance"]) == "Sur place, à distance"
    )


def test_no_condition_is_said_without_a_complaint(card: ServiceCard) -> None:
    told = replace(card, contact_modes=("telephoner", "se-presenter"), conditions=("aucune",))
    assert wording.ways_of(told) == "Téléphoner, se présenter. Sans condition, sans plainte"


def test_the_zone_is_never_supposed(card: ServiceCard) -> None:
    assert wording.coverage_of(card) == "Zone d’intervention à confirmer auprès du service."
    assert wording.coverage_of(replace(card, is_national=True)) == "Répond partout en France."


def test_long_lists_of_communes_are_counted(card: ServiceCard) -> None:
    refs = tuple(CoverageRef(f"commune:380{n:02d}", "commune", f"Commune {n}") for n in range(15))
    assert wording.coverage_of(replace(card, coverage=refs)).endswith("Commune 11 et 3 autres communes.")


def test_an_example_territory_says_so(card: ServiceCard) -> None:
    ref = CoverageRef("area:1", "judicial", "Ressort (exemple)", is_example=True)
    assert "exemple" in wording.coverage_note(replace(card, coverage=(ref,)))


def test_verification_says_by_whom_and_until_when(card: ServiceCard) -> None:
    told = replace(
        card, verified_on=date(2026, 10, 2), verified_by="la structure", recheck_on=date(2027, 4, 2)
    )
    assert (
        wording.verified_of(told) == "Vérifié le 2\xa0octobre 2026 par la structure. À revoir en avril 2027."
    )
    assert wording.verified_of(replace(card, verified_on=None)) == "Jamais vérifié : à confirmer."


def test_a_stale_verification_is_not_dressed_up(card: ServiceCard) -> None:
    day = date(2024, 1, 1)
    told = replace(card, verified_on=day, freshness=freshness_of(day, date(2026, 1, 1)))
    assert wording.verified_of(told).endswith("Non revu depuis plus d’un an : à confirmer.")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({"state": "ferme"}, "Ce service est fermé définitivement."),
        ({"state": "suspendu", "state_message": "Travaux."}, "Ce service est fermé temporairement. Travaux."),
        (
            {"closed_from": date(2026, 8, 1), "closed_until": date(2026, 8, 15)},
            "Fermé du 1er\xa0août au 15\xa0août 2026.",
        ),
    ],
)
def test_the_notice_of_a_closed_service(card: ServiceCard, values: dict[str, object], expected: str) -> None:
    assert wording.state_notice(replace(card, **values)) == expected


def test_a_telling_type_title_is_replaced(card: ServiceCard) -> None:
    telling = replace(card, type=replace(card.type, discreet="Aide aux victimes"))
    assert wording.discreet_title(telling) == "Fiche (38)"


@pytest.mark.parametrize("kind", ["telephone", "sms", "courriel", "formulaire", "chat", "site"])
def test_every_contact_says_what_it_leaves_behind(card: ServiceCard, kind: str) -> None:
    assert wording.trace_of(ContactCard(kind, "", "", "", "", "public", "", ""))
