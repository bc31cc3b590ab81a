"""What somebody edited here is kept and counted; what hides never comes in with its address."""

from collections.abc import Callable
from pathlib import Path

import pytest

from directory import editing
from directory.models import Organisation, Place, Service
from tests.directory.partners import ASSO, FULL, LINES, counted, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "actor_types")]

# --- What was edited here -------------------------------------------------------------------------


def by_editing(service: Service) -> None:
    editing.publish(service)


def by_wagtail(service: Service) -> None:
    service.save_revision(clean=False).publish()


@pytest.mark.parametrize("publish", [by_editing, by_wagtail])
def test_an_edit_is_kept_and_counted(
    imported: Service, file: Callable[..., Path], mapping: Path, publish: Callable[[Service], None]
) -> None:
    imported.name = "Le nom choisi ici"
    contacts = list(imported.contacts.all())
    contacts[0].value = "+33465710099"
    imported.contacts = contacts
    publish(imported)
    path = file(ASSO.replace("Texte.", "Autre texte."), header=FULL)
    for _twice in range(2):
        code, counts, _errors, said = run(path, "--mapping", mapping, "--wet-run", source="essai")
        assert {name: count for name, count in counts.items() if count} == {"CONFLICT": 1}
        assert "ligne 2 : Le nom choisi ici garde name, phone (modifié ici)" in said
        assert code == 0
    imported.refresh_from_db()
    assert (imported.name, imported.description) == ("Le nom choisi ici", "Autre texte.")
    assert imported.contacts.get(kind="telephone").value == "+33465710099"


def test_an_edit_that_the_source_joins_is_no_conflict(
    imported: Service, file: Callable[..., Path], mapping: Path
) -> None:
    imported.description = "La bonne description"
    editing.publish(imported)
    path = file(ASSO.replace("Texte.", "La bonne description"), header=FULL)
    assert counted(path, "--mapping", mapping, source="essai") == {"UNCHANGED": 1}


@pytest.mark.parametrize("visibility", ["sur-appel", "professionnels", "commune", "jamais"])
def test_an_address_hidden_here_never_comes_back(
    imported: Service, file: Callable[..., Path], mapping: Path, visibility: str
) -> None:
    place = imported.places.get()
    place.address_visibility = visibility
    if visibility == "jamais":
        place.street = place.postal_code = place.label = ""
        place.point = None
    imported.places = [place]
    editing.publish(imported)
    moved = (
        ASSO.replace("3 rue d’Essai", "8 rue Nouvelle").replace("38185", "38563").replace("5.7311", "5.59")
    )
    assert counted(file(moved, header=FULL), "--mapping", mapping, "--wet-run", source="essai") == {
        "CONFLICT": 1
    }
    kept = imported.places.get()
    assert (kept.address_visibility, kept.commune_id) == (visibility, "38185")
    assert kept.street != "8 rue Nouvelle"


def test_a_place_removed_here_never_comes_back(
    imported: Service, file: Callable[..., Path], mapping: Path
) -> None:
    imported.places = []
    editing.publish(imported)
    moved = ASSO.replace("3 rue d’Essai", "8 rue Nouvelle")
    assert counted(file(moved, header=FULL), "--mapping", mapping, "--wet-run", source="essai") == {
        "CONFLICT": 1
    }
    assert not Place.objects.filter(service=imported).exists()


def test_what_was_withdrawn_is_not_published_again(
    imported: Service, file: Callable[..., Path], mapping: Path
) -> None:
    editing.withdraw(imported)
    path = file(ASSO.replace("Texte.", "Autre texte."), header=FULL)
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"CONFLICT": 1}
    imported.refresh_from_db()
    assert not imported.live


def test_a_draft_in_preparation_is_not_swept_away(
    imported: Service, file: Callable[..., Path], mapping: Path
) -> None:
    imported.summary = "En préparation"
    editing.propose(imported)
    path = file(ASSO.replace("Texte.", "Autre texte."), header=FULL)
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"CONFLICT": 1}
    imported.refresh_from_db()
    assert imported.get_latest_revision_as_object().summary == "En préparation"


def test_an_organisation_renamed_here_stays_one(file: Callable[..., Path]) -> None:
    run(file(LINES[1]), "--wet-run")
    organisation = Organisation.objects.get()
    organisation.name = "Gendarmerie de l’Isère"
    editing.save_organisation(organisation)
    other = "Brigade de Vienne-Exemple;gendarmerie;38544;Vienne;38;;;commune"
    assert counted(file(LINES[1], other), "--wet-run") == {"ADDED": 1, "CONFLICT": 1}
    assert Organisation.objects.get().services.count() == 2


# --- What hides -----------------------------------------------------------------------------------


def test_a_type_that_hides_stores_no_place(file: Callable[..., Path], mapping: Path) -> None:
    line = (
        "b1;Le Refuge;hebergement-fvv;38563;3 rue d’Essai;38500;5.59;45.36;0465710013;;;24/7;Sur orientation."
    )
    path = file(line, header=FULL)
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"ADDED": 1}
    service = Service.objects.get(source="essai")
    assert (service.audience, service.department, service.hours) == ("professionnels", "38", "24/7")
    assert not service.places.exists()
    assert not any(word in str(service.imported) for word in ("38563", "rue d’Essai", "45.36", "Voiron"))
    assert counted(path, "--mapping", mapping, "--wet-run", source="essai") == {"UNCHANGED": 1}


def test_without_identifier_the_commune_of_what_hides_is_not_kept(file: Callable[..., Path]) -> None:
    run(file("Le Refuge;hebergement-fvv;38563"), "--wet-run")
    assert Service.objects.get().source_id == "hebergement-fvv:38:le refuge"


def test_a_text_that_tells_where_a_hidden_place_is_is_refused(
    file: Callable[..., Path], mapping: Path
) -> None:
    line = "b1;Le Refuge;hebergement-fvv;38563;;;;;;;;;Sonner au 3 rue d’Essai."
    code, counts, errors, _said = run(file(line, header=FULL), "--mapping", mapping, source="essai")
    assert (code, counts["ERROR"]) == (1, 1)
    assert errors[0].startswith("ligne 2 : description : Ce texte ressemble à une adresse.")


def test_a_service_that_becomes_hidden_loses_its_place_and_its_audience(
    imported: Service, file: Callable[..., Path], mapping: Path
) -> None:
    hidden = ASSO.replace(";leao;", ";hebergement-fvv;")
    assert counted(file(hidden, header=FULL), "--mapping", mapping, "--wet-run", source="essai") == {
        "CHANGED": 1
    }
    imported = Service.objects.get(pk=imported.pk)
    assert (imported.type.slug, imported.audience) == ("hebergement-fvv", "professionnels")
    assert not imported.places.exists()
    assert "rue d’Essai" not in str(
        [imported.imported, *imported.revisions.values_list("content", flat=True)]
    )


@pytest.mark.parametrize(
    ("kind", "visibility"), [("association-prostitution", "commune"), ("accueil-de-jour", None)]
)
def test_an_import_never_shows_more_than_its_type(
    file: Callable[..., Path], mapping: Path, kind: str, visibility: str | None
) -> None:
    path = file(ASSO.replace(";leao;", f";{kind};"), header=FULL)
    run(path, "--mapping", mapping, "--wet-run", source="essai")
    service = Service.objects.get(source="essai")
    place = service.places.get()
    assert place.address_visibility == (visibility or service.type.address)
    if visibility == "commune":
        assert (place.street, place.point) == ("", None)
    assert counted(path, "--mapping", mapping, source="essai") == {"UNCHANGED": 1}
