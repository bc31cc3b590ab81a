"""What is shipped goes in once, fast, twice the same, and never undoes what a person wrote."""

import time
from io import StringIO

import pytest
from django.core.management import call_command

from directory import reference
from directory.models import ActorType, Area, Commune, Helpline

SECONDS = 20


@pytest.mark.usefixtures("whole_country")
class TestTheWholeCountry:
    def test_every_commune_is_there(self) -> None:
        assert Commune.objects.count() == 34_925
        assert Commune.objects.filter(parent__isnull=False).count() == 45
        assert set(Commune.objects.filter(parent__isnull=False).values_list("parent_id", flat=True)) == {
            "75056",
            "69123",
            "13055",
        }

    def test_what_the_sources_lack_stays_empty(self) -> None:
        assert Commune.objects.filter(centroid__isnull=True).count() == 13
        assert Commune.objects.filter(epci="").count() == 54
        without = [row["code_insee"] for row in reference.commune_rows() if row["mairie_lon"] in ("", "nan")]
        assert len(without) == 66
        assert not Commune.objects.filter(pk__in=without, town_hall__isnull=False).exists()

    def test_a_town_hall_that_is_elsewhere_is_not_believed(self) -> None:
        assert Commune.objects.filter(town_hall__isnull=True).count() == 66 + 216
        carnac, gex = (
            Commune.objects.get(pk="56034"),
            Commune.objects.get(pk="01173"),
        )  # lost sign, another town
        assert (carnac.town_hall, gex.town_hall) == (None, None)
        assert carnac.point.x == pytest.approx(-3.07, abs=0.01)
        for far_but_true in ("13004", "33236", "97353"):  # Arles, Lège-Cap-Ferret, Maripasoula
            assert Commune.objects.get(pk=far_but_true).town_hall

    def test_the_place_of_a_commune_is_its_town_hall_else_its_centroid(self) -> None:
        without = (
            Commune.objects.filter(town_hall__isnull=True, centroid__isnull=False).order_by("pk").first()
        )
        assert without.point == without.centroid
        assert Commune.objects.filter(town_hall__isnull=True, centroid__isnull=True).count() == 10
        assert Commune.objects.get(pk="38185").point.x == pytest.approx(5.73, abs=0.02)
        assert Commune(insee="99999", name="Nulle part").point is None

    def test_points_are_longitude_then_latitude(self) -> None:
        mainland = Commune.objects.exclude(department__startswith="97").exclude(department__startswith="98")
        swapped = [
            one.pk for one in mainland.filter(town_hall__isnull=False) if not -6 < one.town_hall.x < 10
        ]
        assert swapped == []

    def test_departments_and_epcis_hold_their_communes(self) -> None:
        assert (
            Area.objects.filter(kind="department").count()
            == Commune.objects.values("department").distinct().count()
        )
        isere = Area.objects.get(kind="department", code="38")
        assert isere.name == "Isère"
        assert isere.communes.count() == Commune.objects.filter(department="38").count()
        metropole = Area.objects.get(kind="epci", code="200040715")
        assert metropole.department == "38"
        assert metropole.communes.filter(pk="38185").exists()
        assert not Area.objects.filter(is_example=True).exists()

    def test_the_command_again_changes_nothing_says_so_and_is_quick(self) -> None:
        before, out = self._state(), StringIO()
        started = time.perf_counter()
        call_command("load_reference", stdout=out)
        assert time.perf_counter() - started < SECONDS
        assert self._state() == before
        assert [line.split(" (")[0] for line in out.getvalue().splitlines()] == [
            "[1/5] 34925 communes",
            "[2/5] 72 types d’acteurs",
            "[3/5] 19 numéros nationaux",
            "[4/5] 917 entrées du lexique",
            "[5/5] 72 règles d’orientation",
        ]

    def test_a_commune_that_moved_leaves_its_old_areas(self) -> None:
        voiron = Commune.objects.get(pk="38563")
        wrong = Area.objects.get(kind="department", code="05")
        wrong.communes.add(voiron)
        custom = Area.objects.create(kind="custom", code="a-nous", name="À nous")
        custom.communes.add(voiron)
        reference.load_communes()
        kinds = set(voiron.areas.values_list("kind", "code"))
        assert kinds == {("department", "38"), ("epci", voiron.epci), ("custom", "a-nous")}

    def test_an_unknown_epci_is_not_the_whole_department(self) -> None:
        row = {
            "kind": "custom",
            "code": "38-x",
            "name": "X (exemple)",
            "department": "38",
            "epcis": ["000000000"],
        }
        reference.load_areas([row])
        area = Area.objects.get(code="38-x")
        assert area.is_example
        assert area.communes.count() == 0

    def test_an_area_is_cut_at_the_border_of_its_department(self) -> None:
        epci = (
            Area.objects.filter(kind="epci", communes__department="38")
            .filter(communes__department="69")
            .first()
            or Area.objects.filter(kind="epci", communes__department="05")
            .filter(communes__department="04")
            .first()
        )
        row = {
            "kind": "judicial",
            "code": "x",
            "name": "X",
            "department": epci.department,
            "epcis": [epci.code],
        }
        reference.load_areas([row])
        communes = Area.objects.get(kind="judicial", code="x").communes
        assert set(communes.values_list("department", flat=True)) == {epci.department}
        assert 0 < communes.count() < epci.communes.count()

    @staticmethod
    def _state() -> list[tuple[object, ...]]:
        members = Area.communes.through.objects.count()
        communes = Commune.objects.order_by("pk").values_list("pk", "name", "population", "epci", "parent_id")
        return [(members, Area.objects.count()), *communes]


@pytest.mark.django_db
class TestTypesAndNumbers:
    def test_an_edit_of_a_type_stays(self) -> None:
        reference.load_actor_types()
        crip = ActorType.objects.get(slug="crip")
        crip.role = "Écrit par la coordination."
        crip.aliases = [*crip.aliases, "cellule du 38"]
        crip.save()
        reference.load_actor_types()
        crip.refresh_from_db()
        assert crip.role == "Écrit par la coordination."
        assert "cellule du 38" in crip.aliases

    def test_news_come_where_nobody_edited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reference.load_actor_types()
        ActorType.objects.filter(slug="crip").update(how="Écrit par la coordination.")
        rows = reference.shipped_rows("actor_types.toml", "type")
        news = [
            row | {"how": "Nouveau.", "role": "Nouveau."} if row["slug"] == "crip" else row for row in rows
        ]
        monkeypatch.setattr(reference, "shipped_rows", lambda *args: news)
        for _twice in range(2):
            reference.load_actor_types()
            crip = ActorType.objects.get(slug="crip")
            assert (crip.role, crip.how) == ("Nouveau.", "Écrit par la coordination.")

    def test_a_field_shipped_for_the_first_time_does_not_undo_an_edit(self) -> None:
        reference.load_actor_types()
        crip = ActorType.objects.get(slug="crip")
        crip.prepare = "Écrit par la coordination."
        del crip.shipped["prepare"]
        crip.save()
        reference.load_actor_types()
        crip.refresh_from_db()
        assert crip.prepare == "Écrit par la coordination."

    def test_again_writes_nothing(self, django_assert_num_queries: object) -> None:
        reference.load_actor_types()
        reference.load_helplines()
        with django_assert_num_queries(4):  # savepoint, types, links, release
            reference.load_actor_types()
        with django_assert_num_queries(3):
            reference.load_helplines()

    def test_confusions_are_linked_and_an_edit_of_them_stays(self) -> None:
        reference.load_actor_types()
        crip = ActorType.objects.get(slug="crip")
        assert "cippav" in crip.confused_with.values_list("slug", flat=True)
        crip.confused_with.set([ActorType.objects.get(slug="leao")])
        reference.load_actor_types()
        assert list(crip.confused_with.values_list("slug", flat=True)) == ["leao"]

    def test_no_number_comes_checked_and_a_check_stays(self) -> None:
        reference.load_helplines()
        assert not Helpline.objects.filter(checked_on__isnull=False).exists()
        Helpline.objects.filter(key="3919").update(checked_on="2026-11-01", recheck_by="2027-04-01")
        reference.load_helplines()
        assert str(Helpline.objects.get(key="3919").checked_on) == "2026-11-01"
        assert [line.key for line in Helpline.objects.all()][:4] == ["17", "112", "114", "15"]
