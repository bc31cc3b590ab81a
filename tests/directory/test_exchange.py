"""A partner's file: dry by default, counted, in one transaction; what changed in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory import editing
from directory.exchange import apply
from directory.models import Organisation, Service
from tests.directory.partners import ASSO, FULL, LINES, counted, run
from tests.factories import ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "actor_types")]

# --- Dry, wet, again ------------------------------------------------------------------------------


def test_dry_by_default(file: Callable[..., Path]) -> None:
    code, counts, errors, said = run(file(*LINES))
    assert list(counts) == ["ADDED", "CHANGED", "UNCHANGED", "MISSING", "CONFLICT", "ERROR"]
    assert (counts["ADDED"], counts["ERROR"]) == (4, 2)
    assert errors == [
        "ligne 4 : La commune « 98735 » n’est pas dans la liste (code INSEE).",
        "ligne 7 : Déjà présente à la ligne 6.",
    ]
    assert code == 1
    assert "rien n’est écrit" in said
    assert not Service.objects.exists()
    assert not Organisation.objects.exists()


def test_wet_then_again(file: Callable[..., Path]) -> None:
    path = file(*LINES)
    assert counted(path, "--wet-run") == {"ADDED": 4, "ERROR": 2}
    assert Service.objects.filter(source="dila-2020", live=True).count() == 4
    before = list(Service.objects.order_by("pk").values())
    for options in ((), ("--wet-run",)):
        assert counted(path, *options) == {"UNCHANGED": 4, "ERROR": 2}
    assert list(Service.objects.order_by("pk").values()) == before


def test_what_comes_in_is_complete(file: Callable[..., Path]) -> None:
    run(file(*LINES), "--wet-run")
    court = Service.objects.get(type__slug="tribunal-judiciaire")
    assert court.name == "Tribunal judiciaire des Exemples"
    assert court.organisation.name == "Justice — Isère"
    assert (court.department, court.audience, court.verified_on) == ("38", "public", None)
    assert court.summary.endswith("À vérifier : donnée de 2020 (annuaire de la DILA).")
    assert court.referrers == court.type.referrers
    (place,) = court.places.all()
    assert (place.commune_id, place.address_visibility, place.point, place.street) == (
        "38185",
        "commune",
        None,
        "",
    )
    assert set(Organisation.objects.values_list("name", "department")) == {
        ("Justice — Isère", "38"),
        ("Gendarmerie nationale — Isère", "38"),
        ("Police nationale — Hautes-Alpes", "05"),
        ("Gendarmerie nationale — Alpes-de-Haute-Provence", "04"),
    }


def test_all_good_is_exit_0(file: Callable[..., Path]) -> None:
    assert run(file(*LINES[:2]), "--wet-run")[0] == 0


def test_every_field_of_a_mapped_file(file: Callable[..., Path], mapping: Path) -> None:
    path = file(ASSO, header=FULL)
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"ADDED": 1}
    service = Service.objects.get(source="essai")
    (place,) = service.places.all()
    assert service.source_id == "a1"
    assert (place.street, place.postal_code, place.hours) == ("3 rue d’Essai", "38000", "Mo-Fr 09:00-12:00")
    assert (place.point.x, place.point.y) == (5.7311, 45.1922)
    assert place.address_visibility == "publique"
    assert dict(service.contacts.values_list("kind", "value")) == {
        "telephone": "+33465710012",
        "courriel": "a@b.example",
        "site": "https://b.example",
    }
    assert counted(path, "--mapping", mapping, source="essai") == {"UNCHANGED": 1}


# --- What changed in the file ---------------------------------------------------------------------


def test_a_changed_line_changes_everything_that_changed(file: Callable[..., Path], mapping: Path) -> None:
    run(file(ASSO, header=FULL), "--mapping", mapping, "--wet-run", source="essai")
    news = "a1;L’Étape bis;cidff;05061;9 quai Neuf;05000;6.08;44.56;3919;;https://c.example;24/7;"
    path = file(news, header=FULL)
    assert counted(path, "--mapping", mapping, source="essai") == {"CHANGED": 1}
    assert Service.objects.get(source="essai").name == "L’Étape"
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"CHANGED": 1}
    service = Service.objects.get(source="essai")
    (place,) = service.places.all()
    assert (service.name, service.type.slug, service.department) == ("L’Étape bis", "cidff", "05")
    assert service.organisation.department == "05"
    assert (place.commune_id, place.street, place.hours, place.point.x) == (
        "05061",
        "9 quai Neuf",
        "24/7",
        6.08,
    )
    assert dict(service.contacts.values_list("kind", "value")) == {
        "telephone": "3919",
        "site": "https://c.example",
    }
    assert service.live
    assert service.revisions.count() == 1
    assert counted(path, "--mapping", mapping, source="essai") == {"UNCHANGED": 1}


def test_an_address_that_came_is_added_and_one_that_went_is_taken_away(
    file: Callable[..., Path], mapping: Path
) -> None:
    bare = "a1;L’Étape;leao;38185;;;;;;;;;"
    for line in (bare, ASSO, bare):
        run(file(line, header=FULL), "--mapping", mapping, "--wet-run", source="essai")
        (place,) = Service.objects.get(source="essai").places.all()
        assert bool(place.street) == bool(place.point) == (line == ASSO)
        assert place.address_visibility == ("publique" if line == ASSO else "commune")


def test_missing_lines_are_counted_and_left_alone(file: Callable[..., Path]) -> None:
    run(file(*LINES), "--wet-run")
    assert counted(file(*LINES[:2]), "--wet-run") == {"UNCHANGED": 2, "MISSING": 2}
    assert Service.objects.filter(live=True, state="actif").count() == 4


def test_a_line_that_became_bad_is_not_missing(file: Callable[..., Path], mapping: Path) -> None:
    run(file(ASSO, header=FULL), "--mapping", mapping, "--wet-run", source="essai")
    bad = ASSO.replace("04 65 71 00 12", "04 65")
    assert counted(file(bad, header=FULL), "--mapping", mapping, "--wet-run", source="essai") == {"ERROR": 1}
    assert Service.objects.get(source="essai").contacts.filter(value="+33465710012").exists()


def test_other_sources_are_not_its_business(file: Callable[..., Path]) -> None:
    ServiceFactory()
    ServiceFactory(source="autre", source_id="x")
    assert counted(file(*LINES[:1]), "--wet-run") == {"ADDED": 1}


# --- One transaction ------------------------------------------------------------------------------


def test_an_error_in_the_middle_leaves_nothing(
    imported: Service, file: Callable[..., Path], mapping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: Any) -> None:
        raise RuntimeError("panne")

    path = file(ASSO.replace("Texte.", "Autre."), ASSO.replace("a1;", "a2;"), header=FULL)
    monkeypatch.setattr(editing, "publish", breaks)
    with pytest.raises(RuntimeError, match="panne"):
        run(path, "--mapping", mapping, "--wet-run", source="essai")
    assert list(Service.objects.filter(source="essai").values_list("source_id", flat=True)) == ["a1"]
    monkeypatch.undo()
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"ADDED": 1, "CHANGED": 1}


def test_progress_is_told_for_every_batch(file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "_BATCH", 2)
    said = run(file(*LINES), "--wet-run")[3]
    assert said.splitlines()[:2] == ["2/4 écrites…", "4/4 écrites…"]
