"""What the demonstration must show, department by department; then all of it in the database."""

import time
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory import demo
from directory.cards import card_for
from directory.models import Organisation, Place, Service
from directory.visibility import ANONYMOUS, Kind, Viewer, visible_services
from tests.directory.demo_rows import organisations, services, types
from tests.factories import OrganisationFactory, ServiceFactory
from tests.territory import rows

DEPARTMENTS = ("38", "05", "04")
TOWNS = {
    "38": (
        "Grenoble", "Vienne", "Bourgoin-Jallieu", "Voiron", "La Mure", "La Tour-du-Pin", "Saint-Marcellin",
        "Villefontaine",
    ),
    "05": ("Gap", "Briançon", "Embrun", "Laragne-Montéglin"),
    "04": ("Digne-les-Bains", "Manosque", "Sisteron", "Forcalquier", "Barcelonnette", "Castellane"),
}  # fmt: skip
# One of each group in each department.
EVERYWHERE = (
    ("crip",), ("cippav", "alma"), ("cidff",), ("france-victimes",), ("siao-115",), ("leao",),
    ("accueil-de-jour",), ("iscg",), ("maison-des-femmes", "maison-femmes-municipale"), ("pmi",),
    ("cpca", "association-auteurs"),
    ("commissariat",), ("brigade-gendarmerie",), ("tribunal-judiciaire",), ("bav-tribunal",),
    ("hebergement-fvv",), ("association-point-entree",),
)  # fmt: skip
ISERE = (
    "uaped",
    "maison-des-femmes",
    "maison-femmes-municipale",
    "bav-police",
    "parquet-cellule-prostitution",
)


def of(department: str) -> list[dict[str, Any]]:
    return [service for organisation, service in services() if organisation["department"] == department]


def towns_of(one: dict[str, Any]) -> set[str]:
    return {rows()[place["commune"]]["nom"] for place in one.get("place", [])}


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_what_every_department_has(department: str) -> None:
    present = {one["type"] for one in of(department)}
    assert [group for group in EVERYWHERE if not present & set(group)] == []
    towns = {town for one in of(department) if one["type"] == "iscg" for town in towns_of(one)}
    assert len(towns) >= 3
    assert any("lsf" in one.get("languages", []) for one in of(department))


def test_what_isere_has_besides() -> None:
    present = {one["type"] for one in of("38")}
    assert set(ISERE) <= present
    assert any("Grenoble" in towns_of(one) for one in of("38") if one["type"] == "bav-police")


def test_every_type_of_structure_is_somewhere() -> None:
    shown = {one["type"] for _organisation, one in services()}
    assert (
        sorted(slug for slug, row in types().items() if row["kind"] == "structure" and slug not in shown)
        == []
    )


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_towns_have_services(department: str) -> None:
    towns = {town for one in of(department) for town in towns_of(one)}
    assert [town for town in TOWNS[department] if town not in towns] == []


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_kind_of_coverage(department: str) -> None:
    kinds = {code.split(":")[0] for one in of(department) for code in one.get("coverage", [])}
    assert {"department", "judicial", "gendarmerie", "epci", "commune"} <= kinds
    assert any("police" in code for one in of(department) for code in one.get("coverage", []))


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_kind_of_public_and_of_state(department: str) -> None:
    entries = of(department)
    assert any(one.get("gender") == "hommes" or one.get("gender", "tous") == "tous" for one in entries)
    assert any(one.get("age_max", 120) < 18 for one in entries)
    assert any(one.get("age_min", 0) >= 60 or one["type"] in ("alma", "cippav") for one in entries)
    for situation in ("sourd-malentendant", "sans-titre-sejour", "avec-enfants", "handicap"):
        assert any(situation in one.get("situations", []) for one in entries), situation
    assert any(one.get("audience", types()[one["type"]]["audience"]) == "professionnels" for one in entries)
    assert any(len(one.get("place", [])) > 1 for one in entries)
    ages = [one.get("verified_days_ago") for one in entries]
    assert None in ages
    assert any(days is not None and days > 365 for days in ages)


def test_some_are_closed_for_now_or_for_good() -> None:
    entries = [one for _organisation, one in services()]
    assert {"suspendu", "ferme"} <= {one.get("state", "actif") for one in entries}
    assert any("closed_from_days" in one for one in entries)
    assert any(one.get("gender") == "hommes" for one in entries)


def test_one_organisation_does_very_different_things() -> None:
    kinds = [{one["type"] for one in row.get("service", [])} for row in organisations()]
    assert any("leao" in one and one & {"cpca", "association-auteurs"} for one in kinds)
    assert max(len(one) for one in kinds) >= 3


# --- In the database -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("whole_country", "actor_types")
class TestLoaded:
    def test_all_of_it_loads_quickly_and_can_be_shown(self) -> None:
        started = time.perf_counter()
        count = demo.load(date(2026, 11, 23))
        assert time.perf_counter() - started < 20
        assert count == len(list(services())) == Service.objects.filter(source="demo", live=True).count()
        cards = [card_for(one, Viewer(Kind.ADMINISTRATOR)) for one in Service.objects.for_cards()]
        assert len(cards) == count
        assert (
            sum(len(one.places) for one in cards)
            == Place.objects.exclude(address_visibility="jamais").count()
        )

    def test_dates_are_days_before_loading(self) -> None:
        demo.load(date(2030, 1, 31))
        row = next(one for _organisation, one in services() if one.get("verified_days_ago", 0) > 365)
        verified = Service.objects.get(source_id=row["key"]).verified_on
        assert verified == date(2030, 1, 31) - timedelta(days=row["verified_days_ago"])

    def test_what_is_reserved_stays_so(self) -> None:
        demo.load()
        hidden = Service.objects.filter(type__address="jamais")
        assert hidden.count() >= 3
        assert not hidden.filter(audience="public").exists()
        assert not hidden.filter(places__isnull=False).exists()
        assert not visible_services(ANONYMOUS).filter(type__address="jamais").exists()

    def test_a_type_that_does_not_exist_is_told_with_its_entry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        row = organisations()[0] | {"service": [organisations()[0]["service"][0] | {"type": "nulle-part"}]}
        monkeypatch.setattr(demo, "read_organisations", lambda: [row])
        with pytest.raises(CommandError, match="nulle-part"):
            call_command("load_demo", stdout=StringIO())
        assert not Organisation.objects.exists()

    def test_the_command_loads_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("directory.management.commands.load_demo.get_commands", dict)
        out = StringIO()
        call_command("load_demo", stdout=out)
        assert out.getvalue() == f"{len(list(services()))} services fictifs chargés.\n"
        for options, said in (
            ((), "La démonstration est déjà chargée : rien à faire.\n"),
            (("--if-empty",), ""),
        ):
            out = StringIO()
            call_command("load_demo", *options, stdout=out)
            assert out.getvalue() == said


@pytest.mark.django_db
@pytest.mark.parametrize("real", [ServiceFactory, OrganisationFactory])
def test_fiction_is_never_mixed_with_real_entries(real: Any) -> None:
    real()
    with pytest.raises(CommandError, match="vraies fiches"):
        call_command("load_demo", stdout=StringIO())
    out = StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert out.getvalue() == ""
    assert not Service.objects.filter(source="demo").exists()
