"""From a situation to its doors: the rules shipped, resolved for a commune of a small real territory."""

import pytest

from directory.models import DoorRule, LexiconEntry, Service
from directory.visibility import ANONYMOUS, Viewer
from search import indexing
from search.answer import answer
from search.doors import applies
from search.forms import SearchForm
from search.pinned import Situation
from search.question import Concept, Question
from tests.factories import (
    ContactFactory,
    ServiceFactory,
    shipped_helplines,
    shipped_types,
)
from tests.search.asked import DAY, NIGHT, ask, names
from tests.territory import EMBRUN, GAP, GRENOBLE, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]


QUESTION = "une gamine de 14 ans, des hommes plus vieux la paient, on est à Embrun, je fais quoi ce soir ?"


def test_the_question_of_the_mission_is_answered(viewer_pro_05: Viewer) -> None:
    found = ask(QUESTION, viewer=viewer_pro_05, at=NIGHT)
    assert found.place is not None
    assert found.place.insee == EMBRUN
    assert found.understood.age == 14
    assert [line.key for line in found.helplines][:2] == ["17", "119"]
    assert "CRIP 05" in names(found)[:3]
    assert not {"CRIP 38", "SIAO 05", "Refuge 05", "CPCA 05"} & set(names(found))
    assert [step.order for step in found.steps] == list(range(1, len(found.steps) + 1))


def test_services_of_the_doors_lead_in_their_order() -> None:
    found = ask(QUESTION, at=DAY)
    led = [one.card.pk for step in found.steps for one in step.results]
    assert led
    assert [one.card.pk for one in found.results][: len(led)] == led


def test_a_closed_door_gives_its_number_and_does_not_lead() -> None:
    found = ask("CRIP Gap ce soir, inquiète pour un enfant", at=NIGHT)
    (crip,) = [step for step in found.steps if step.types == ("crip",)][:1]
    assert [line.key for line in crip.fallback] == ["119"]
    opened = ask("CRIP Gap, inquiète pour un enfant", at=DAY)
    (crip,) = [step for step in opened.steps if step.types == ("crip",)][:1]
    assert [line.key for line in crip.fallback] == ["119"]  # open, and no number of its own is published
    ContactFactory(service=Service.objects.get(name="CRIP 05"), value="+33465710012")
    opened = ask("CRIP Gap, inquiète pour un enfant", at=DAY)
    assert not [step.fallback for step in opened.steps if step.types == ("crip",)][0]


@pytest.mark.parametrize("said", ["police", "commissariat", "gendarmerie"])
def test_the_unit_whose_zone_holds_the_commune_answers_whichever_was_named(said: str) -> None:
    """domain.md R7: « commissariat Embrun » is for the brigade; said in passing, it is nobody's wish."""
    brigade = ServiceFactory(
        name="Brigade 05",
        type_slug="brigade-gendarmerie",
        department="05",
        coverage=[department("05")],
        at=GAP,
    )
    indexing.refresh([brigade.pk])
    assert names(ask(said, "Embrun"))[:1] == ["Brigade 05"]
    assert names(ask("mon mari me frappe et la police ne vient pas", "Embrun"))[:1] != ["Brigade 05"]


def test_tomorrow_said_at_night_is_a_danger_tonight() -> None:
    """Whoever writes « demain » is judged tomorrow, but the cell is closed now (R4)."""
    asked = "un enfant de 9 ans est battu, j’appelle la CRIP de Gap demain matin"
    assert {"17", "119"} <= {line.key for line in ask(asked, at=NIGHT).helplines}
    assert "17" not in {line.key for line in ask(asked.removesuffix(" demain matin"), at=DAY).helplines}


def test_a_perpetrator_and_a_victim_never_meet() -> None:
    asking = ask("j’ai peur de la frapper, je n’arrive plus à me contrôler", "Gap")
    assert "CPCA 05" in names(asking)
    assert "LEAO 05" not in names(asking)
    assert asking.helplines == ()
    victim = ask("mon mari me frappe", "Gap")
    assert "LEAO 05" in names(victim)
    assert "CPCA 05" not in names(victim)


def test_what_was_understood_may_be_taken_back() -> None:
    asked = SearchForm(
        {"q": ["mon mari me frappe"], "lieu": ["Gap"], "sans": ["violence:conjugales"]}
    ).asked()
    found = answer(asked.question, ANONYMOUS, DAY)
    assert "conjugales" not in found.understood.said("violence")


def test_a_place_said_is_taken_and_given_back() -> None:
    asked = SearchForm({"q": ["CRIP Embrun"]}).asked()
    assert asked.place.commune is not None
    assert asked.is_place_said
    assert SearchForm({"q": ["CRIP Embrun"], "sans": ["lieu:05046"]}).asked().place.commune is None
    explicit = SearchForm({"q": ["CRIP Embrun"], "lieu": ["Grenoble"]}).asked()
    assert explicit.place.commune is not None
    assert explicit.place.commune.pk == GRENOBLE
    assert any("Embrun" in message for message in explicit.messages)


def test_an_unknown_sigle_is_said_never_expanded() -> None:
    found = ask("le XKQZ de Gap")
    assert [(one.text, one.close) for one in found.unknown] == [("XKQZ", ())]
    (close,) = ask("un CRXX à Gap").unknown
    assert "CRIP" in close.close


@pytest.mark.parametrize(
    "words",
    [
        "il a posé le grille-pain de ma cousine sur le balcon, elle descend plus les poubelles",
        "ma voisine, 58 ans, range ses volets en accordéon, c’est lui qui décide des moufles",
    ],
)
def test_what_is_told_and_not_understood_is_listened_to(words: str) -> None:
    found = ask(words, lieu="Gap")
    assert names(found)[0] == "LEAO 05"
    assert {"17", "3919", "116006"} <= {line.key for line in found.helplines}
    assert ["17"] in [[line.key for line in step.fallback] for step in found.steps]


@pytest.mark.parametrize(
    "words", ["La Balise", "La Balise aide aux victimes des Hautes-Alpes à Gap", "xylophone"]
)
def test_a_name_is_no_story(words: str) -> None:
    assert not any("pas reconnu" in step.reason for step in ask(words, lieu="Gap").steps)


def test_training_is_no_situation() -> None:
    """What a team asks for comes before the doors of what it speaks of."""
    assert ask("mon mari me frappe", "Gap").steps
    assert ask("former mon équipe au repérage des violences conjugales", "Gap").steps == ()


def test_a_house_for_children_answers_only_to_its_name() -> None:
    home = ServiceFactory(type_slug="mecs", department="05", roles=["victime"], provisions=["accueil"])
    indexing.rebuild()
    beaten, named = ask("mon mari me frappe, accueil", "Gap"), ask("MECS", "Gap")
    assert home.pk not in {one.card.pk for one in beaten.results}
    assert home.pk in {one.card.pk for one in named.results}


def test_an_entry_that_changes_is_in_force_at_once() -> None:
    assert not ask("mon zouave", "Gap").understood.said("violence")
    LexiconEntry.objects.create(words=["mon zouave"], concepts=["v:conjugales"])
    assert ask("mon zouave", "Gap").understood.said("violence") == ["conjugales"]


def test_a_rule_that_is_closed_says_nothing() -> None:
    assert ask("mon mari me frappe", "Gap").steps
    DoorRule.objects.update(is_open=False)
    assert ask("mon mari me frappe", "Gap").steps == ()


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({}, True),
        ({"minor": True}, True),
        ({"adult": True}, False),
        ({"adult": False}, True),
        ({"violences": ["enfants", "inceste"]}, True),
        ({"violences": ["escroquerie"]}, False),
        ({"minor": True, "violences": ["escroquerie"]}, False),
        ({"unheard": True}, False),
    ],
)
def test_conditions(when: dict[str, object], holds: bool) -> None:
    said = (Concept("public", "adolescent", "", ""), Concept("violence", "enfants", "", ""))
    assert applies(when, Situation.of(Question(concepts=said))) is holds


def test_rules_and_lexicon_name_what_exists() -> None:
    from directory.administration.guidance_forms import unknown_concepts

    codes = [code for one in LexiconEntry.objects.all() for code in (*one.concepts, *one.minor, *one.adult)]
    assert list(unknown_concepts(codes)) == []
    types, lines = (
        set(shipped_types()) | {"umj-sans-requisition", "commissariat-brigade"},
        shipped_helplines(),
    )
    for rule in DoorRule.objects.all():
        assert rule.source
        assert set(rule.never.get("types", ())) <= types, rule.key
        for step in rule.steps:
            assert step["label"]
            assert {*step["types"], *step.get("sheets", ())} <= types, rule.key
            assert set(step["fallback"]) <= set(lines), rule.key
