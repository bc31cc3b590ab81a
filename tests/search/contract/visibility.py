"""Who counts what; and the index following the directory."""

import pytest

from directory.models import ActorType, Place, Service
from directory.visibility import ANONYMOUS, Kind, Viewer, can_see
from search import indexing
from tests.factories import OrganisationFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import VOIRON

PRO_38 = Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"38"}))
COORDINATOR_38 = Viewer(Kind.COORDINATOR, coordinates=frozenset({"38"}))
ADMINISTRATOR = Viewer(Kind.ADMINISTRATOR)


class VisibilityContract(ContractBase):
    @pytest.fixture
    def corpus(self) -> None:
        for department in ("38", "05"):
            for audience in ("public", "professionnels", "equipe"):
                ServiceFactory(name=f"{audience} {department}", audience=audience, department=department)
        self.index()

    @pytest.mark.parametrize(
        "viewer", [ANONYMOUS, PRO_38, COORDINATOR_38, ADMINISTRATOR], ids=lambda one: one.kind.name
    )
    def test_total_and_facets_count_what_the_viewer_may_see(self, corpus: None, viewer: Viewer) -> None:
        visible = {service.pk for service in Service.objects.all() if can_see(service, viewer)}
        found = self.find(viewer=viewer)
        assert {hit.service for hit in found.hits} == visible
        assert found.total == len(visible) == sum(found.facets["type"].values())

    def test_a_member_sees_their_own(self, corpus: None) -> None:
        own = ServiceFactory(name="La mienne", team=True)
        self.index()
        viewer = Viewer(Kind.MEMBER, organisations=frozenset({own.organisation_id}))
        assert sorted(self.names(viewer=viewer)) == ["La mienne", "public 05", "public 38"]

    def test_a_reserved_entry_changes_nothing_for_the_public(self) -> None:
        """Neither count, nor order, nor what typos are taken for."""
        for name in ("Médiation", "Méditation", "Radiation"):
            ServiceFactory(name=name, summary="Atelier.", type_slug="admr")
        self.index()
        asked = ["medaition", "mediation", "atelier", "meditatoin", "tolstoi"]
        before = [self.find(words) for words in asked]
        ServiceFactory(name="Medaition", summary="Tolstoï, atelier.", description="meditatoin", reserved=True)
        self.index()
        assert [self.find(words) for words in asked] == before
        assert self.names("tolstoi", viewer=PRO_38) == ["Medaition"]

    # --- The index follows ------------------------------------------------------------------------------

    def follow(self, *services: Service) -> None:
        self.drop(*(service.pk for service in services))

    def drop(self, *ids: int) -> None:
        """What the receivers have done once it is committed."""
        indexing.refresh(ids)

    def test_a_service_withdrawn_is_dropped(self) -> None:
        service = ServiceFactory(name="A")
        self.index()
        Service.objects.update(live=False)
        self.follow(service)
        assert self.names() == []

    def test_a_service_closed_for_good_is_dropped(self) -> None:
        service = ServiceFactory(name="A")
        self.index()
        Service.objects.update(state="ferme")
        self.follow(service)
        assert self.names() == []

    def test_the_services_of_a_closed_organisation_or_type_are_dropped(self) -> None:
        closed = ServiceFactory(name="A", organisation=OrganisationFactory(is_open=False))
        ServiceFactory(name="B", type_slug="cidff")
        ServiceFactory(name="C", type_slug="leao")
        ActorType.objects.filter(slug="cidff").update(is_open=False)
        assert self.indexed_names() == ["C"]
        assert closed.organisation.is_open is False

    def test_a_service_deleted_is_gone(self) -> None:
        service = ServiceFactory(name="A")
        self.index()
        gone = service.pk
        service.delete()
        self.drop(gone)
        assert self.find().total == 0

    def test_a_new_name_is_found_and_the_old_one_is_not(self) -> None:
        service = ServiceFactory(name="Baobab")
        self.index()
        Service.objects.update(name="Sequoia")
        self.follow(service)
        assert (self.names("sequoia"), self.names("baobab"), self.names("baobaab")) == (["Sequoia"], [], [])

    def test_a_place_that_moves_is_found_where_it_is(self) -> None:
        service = ServiceFactory(name="A", at=VOIRON)
        self.index()
        Place.objects.update(commune="05061")
        self.follow(service)
        assert self.names(commune=VOIRON) == []
        assert self.names(commune="05061") == ["A"]

    def test_an_entry_made_reserved_is_no_longer_counted(self) -> None:
        service = ServiceFactory(name="A")
        self.index()
        Service.objects.update(audience="professionnels")
        self.follow(service)
        assert self.find().total == 0
        assert self.names(viewer=PRO_38) == ["A"]

    def test_a_draft_is_not_in_it(self) -> None:
        ServiceFactory(draft=True)
        assert self.indexed_names(viewer=ADMINISTRATOR) == []
