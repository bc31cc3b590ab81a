"""Doors that depend on who asks: language, signs, a council, one's own department; what they lead to."""

import pytest

from directory.visibility import Viewer
from search import indexing
from search.answer import Answer
from tests.factories import ServiceFactory
from tests.search.asked import DAY, NIGHT, ask, names
from tests.territory import GAP, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]


def test_who_speaks_the_language_comes_first() -> None:
    """domain.md R19: the constraint of the person outranks distance; nobody who speaks it, no such door."""
    asked = "dame afghane, parle que farsi, son mari la frappe"
    assert "Être reçu dans sa langue" not in [step.label for step in ask(asked, "Embrun").steps]
    spoken = ServiceFactory(
        name="Droits 05", type_slug="cidff", department="05", coverage=[department("05")],
        languages=["fr", "fa"], hours="Mo-Fr 08:30-17:30",
    )  # fmt: skip
    indexing.refresh([spoken.pk])
    found = ask(asked, "Embrun")
    assert (found.steps[0].label, names(found)[0]) == ("Être reçu dans sa langue", "Droits 05")
    assert names(ask("son mari la frappe", "Embrun"))[0] != "Droits 05"


def test_by_day_who_receives_the_person_leads_though_shut() -> None:
    """Open services that do not speak her language do not receive her; at night nobody shut leads (R19)."""
    asked = "dame afghane, parle que farsi, son mari la frappe"
    shut = ServiceFactory(
        name="Droits 05", type_slug="cidff", department="05", coverage=[department("05")],
        languages=["fr", "fa"], hours="Sa 08:30-17:30",
    )  # fmt: skip
    indexing.refresh([shut.pk])
    assert names(ask(asked, "Embrun", at=DAY))[0] == "Droits 05"
    assert ask(asked, "Embrun", at=DAY).steps[0].types[0] == "leao"
    assert ask(asked, "Embrun", at=NIGHT).steps[0].label != "Être reçu dans sa langue"


def test_signs_come_first_for_somebody_deaf() -> None:
    signs = ServiceFactory(
        name="Mains 05", type_slug="cidff", department="05", coverage=[department("05")],
        situations=["sourd-malentendant"], languages=["fr", "lsf"],
    )  # fmt: skip
    indexing.refresh([signs.pk])
    assert names(ask("je suis sourde, mon mari me frappe", "Embrun", at=DAY))[0] == "Mains 05"


def test_a_council_on_violences_is_nobody_s_violence() -> None:
    """domain.md R22: what is steered is led to those who steer, whatever it is about."""
    prefecture = ServiceFactory(
        name="Préfecture 05", type_slug="prefecture", department="05", coverage=[department("05")]
    )
    indexing.refresh([prefecture.pk])
    found = ask(
        "Maire : un groupe sur les violences faites aux femmes dans notre CISPD, qui aide ?", "Embrun"
    )
    assert names(found)[0] == "Préfecture 05"
    assert all("leao" not in step.types for step in found.steps)
    suffered = ask("mon mari me frappe, le CLSPD ne répond pas", "Embrun")
    assert any("leao" in step.types for step in suffered.steps)


def test_of_two_types_of_one_name_the_rule_s_first_leads() -> None:
    """domain.md §4: « BAV » without a clue is that of the tribunal, then that of the police."""
    made = [
        ServiceFactory(name=name, type_slug=slug, department="05", coverage=[department("05")], at=GAP)
        for name, slug in (("BAV de la police", "bav-police"), ("BAV du tribunal", "bav-tribunal"))
    ]
    indexing.refresh([one.pk for one in made])
    assert names(ask("BAV horaires", "Gap"))[:2] == ["BAV du tribunal", "BAV de la police"]


def test_the_measures_that_doors_lead_to_are_told(viewer_pro_05: Viewer) -> None:
    """R3: a professional is told of the « signalement »; R15: an adult, of the way out; no minor (R14)."""
    battered = "un élève de CM1 frappé par son père, à Embrun"
    assert "signalement" in sheets(ask(battered, viewer=viewer_pro_05))
    assert "signalement" not in sheets(ask(battered))
    sells = "elle fait des passes à l’hôtel, elle a %s ans, à Embrun"
    assert "psp" in sheets(ask(sells % 22))
    assert "psp" not in sheets(ask(sells % 15))


def sheets(found: Answer) -> list[str]:
    return [sheet.slug for sheet in found.sheets]


def test_without_a_place_a_professional_s_own_department_leads(viewer_pro_05: Viewer) -> None:
    """Every department answers still (contract.md), and the page says whose services come first."""
    asked = "un enfant de 9 ans est battu par son père"
    mine = ask(asked, viewer=viewer_pro_05)
    assert names(mine)[0] == "CRIP 05"
    assert "CRIP 38" in names(mine)
    assert any("votre département (Hautes-Alpes)" in message for message in mine.messages)
    assert not any("votre département" in message for message in ask(asked).messages)
    elsewhere = ask(asked, "Grenoble", viewer=viewer_pro_05)
    assert names(elsewhere)[0] == "CRIP 38"
    assert not any("votre département" in message for message in elsewhere.messages)


def test_a_place_for_men_alone_is_no_door_of_whom_3919_is_for() -> None:
    """It stays among the others, and is the door of a man who says so."""
    men = ServiceFactory(
        name="Hommes 05", type_slug="france-victimes", department="05", coverage=[department("05")],
        gender="hommes", hours="24/7",
    )  # fmt: skip
    indexing.refresh([men.pk])
    assert "Hommes 05" not in _of_the_doors(ask("mon mari me frappe", "Embrun"))
    assert "Hommes 05" in names(ask("mon mari me frappe", "Embrun"))
    assert "Hommes 05" in _of_the_doors(ask("je suis un homme, ma femme me frappe", "Embrun"))


def _of_the_doors(found: Answer) -> list[str]:
    return [one.card.name for step in found.steps for one in step.results]


def test_raped_and_no_complaint_goes_to_care_first() -> None:
    """domain.md R10: without complaint, the doctor, the urgences, the Maison des femmes; judged now."""
    care = ServiceFactory(
        name="Urgences 05", type_slug="urgences", department="05", coverage=[department("05")], hours="24/7"
    )
    indexing.refresh([care.pk])
    for day in ("samedi", "hier"):
        found = ask(f"on m’a violée {day}, j’ai 26 ans, mais pas la police pour l’instant", "Embrun", at=DAY)
        assert (found.at, found.moment) == (DAY, None)
        assert (found.steps[0].label, names(found)[0]) == (
            "Se faire soigner et examiner, sans plainte",
            "Urgences 05",
        )


def test_what_is_open_is_judged_at_the_hour_said() -> None:
    found = ask("LEAO lundi prochain à 19h", "Embrun", at=DAY)
    assert found.at.strftime("%Y-%m-%dT%H:%M") == "2026-11-30T19:00"
    assert found.results[0].card.open.state == "closed"
    assert ask("LEAO lundi prochain à 9h", "Embrun", at=DAY).results[0].card.open.state == "open"
