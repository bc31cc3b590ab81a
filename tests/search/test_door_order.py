"""In which order doors come: the rule's by day, at night what is open; what was named first."""

from datetime import timedelta

import pytest

from directory.models import Service
from search import indexing
from search.answer import Answer
from tests.factories import ServiceFactory
from tests.search.asked import DAY, NIGHT, ask, names
from tests.territory import GAP, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]
HOLIDAY = DAY + timedelta(days=29)  # Christmas Day, a Friday
QUITTING = "je veux sortir de la prostitution"


def labels(found: Answer) -> list[str]:
    return [step.label for step in found.steps]


@pytest.fixture
def shut_association() -> Service:
    """An association open on Tuesdays only, and a police station that never closes."""
    made = [
        ServiceFactory(
            name=name, type_slug=slug, department="05", coverage=[department("05")], hours=hours, at=GAP,
            phone="+33465710012",
        )
        for name, slug, hours in (
            ("Le Pas 05", "association-prostitution", "Tu 09:00-12:00"),
            ("Commissariat 05", "commissariat", "24/7"),
        )
    ]  # fmt: skip
    indexing.refresh([one.pk for one in made])
    return made[0]


@pytest.mark.usefixtures("shut_association")
def test_on_a_working_day_the_order_is_the_rule_s() -> None:
    """domain.md R15: the association first; it may be written to, and opens again."""
    assert names(ask(QUITTING, "Gap", at=DAY))[0] == "Le Pas 05"


@pytest.mark.usefixtures("shut_association")
@pytest.mark.parametrize("at", [NIGHT, HOLIDAY, DAY + timedelta(days=3)])
def test_at_night_on_sunday_on_a_public_holiday_what_is_shut_does_not_lead(at: object) -> None:
    assert names(ask(QUITTING, "Gap", at=at))[0] == "Commissariat 05"  # type: ignore[arg-type]


@pytest.mark.usefixtures("shut_association")
def test_what_was_named_leads_at_any_hour_unless_there_is_danger() -> None:
    asked = "le cpca de Gap"
    assert names(ask(asked, at=NIGHT))[0] == "CPCA 05"
    assert "cpca" in ask(asked, at=NIGHT).steps[0].types
    danger = ask("au secours, il me frappe, le leao de Gap", at=NIGHT)
    assert "leao" not in danger.steps[0].types


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("cpca", DAY),
        ("leao et commissariat, mon mari me frappe", DAY),
        ("mon mari me frappe", NIGHT),
        (QUITTING, NIGHT),
        ("un enfant de 9 ans est battu", DAY),
        ("siao, une dame à la rue ce soir avec son bébé", DAY),
    ],
)
@pytest.mark.usefixtures("shut_association")
def test_services_follow_the_doors(words: str, at: object) -> None:
    """contract.md: those of the steps are first, in the order of the steps."""
    found = ask(words, "Gap", at=at)  # type: ignore[arg-type]
    of_steps = [one.card.pk for step in found.steps for one in step.results]
    in_order = list(dict.fromkeys(of_steps))
    assert in_order
    assert [one.card.pk for one in found.results][: len(in_order)] == in_order


def test_an_empty_door_does_not_lead_but_for_a_number_that_saves() -> None:
    """Nobody is known for her at Grenoble but the cell; 3919 is pinned already, 115 is an answer."""
    found = ask("mon mari me frappe", "Grenoble")
    empty = [bool(step.types and not step.results) for step in found.steps]
    assert empty == sorted(empty)
    shelter = ask("je suis à la rue ce soir", "Grenoble")
    first = shelter.steps[0]
    assert (first.results, [line.key for line in first.fallback]) == ((), ["115"])


def test_a_day_centre_that_nobody_holds_is_no_door() -> None:
    assert "Se poser en journée" not in labels(ask("mon mari me frappe", "Gap"))
    centre = ServiceFactory(
        name="Jour 05", type_slug="accueil-de-jour", department="05", coverage=[department("05")], at=GAP
    )
    indexing.refresh([centre.pk])
    assert "Se poser en journée" in labels(ask("mon mari me frappe", "Gap"))


def test_a_man_s_doors_have_his_number() -> None:
    """domain.md N7: 116006 in place of 3919."""
    found = ask("je suis un homme battu par ma femme", "Grenoble")
    assert "3919" not in {line.key for step in found.steps for line in step.fallback}
    assert "116006" in {line.key for step in found.steps for line in step.fallback}


def test_a_shut_cell_is_the_reason_of_17() -> None:
    lines = {line.key: line.reason for line in ask("la crip de Gap", at=NIGHT).helplines}
    assert "cellule" in str(lines["17"])
