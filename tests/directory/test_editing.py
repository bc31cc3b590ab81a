"""The only writers: what is live changes, what changed is told after commit and never before."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from directory import editing
from directory.events import announce, services_changed
from directory.models import Area, Commune, Contact, Place, Service
from tests.factories import ActorTypeFactory, AreaFactory, OrganisationFactory, PlaceFactory, ServiceFactory
from tests.territory import GRENOBLE, VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


@pytest.fixture
def told() -> Iterator[list[frozenset[int]]]:
    """Each announcement, as it comes."""
    heard: list[frozenset[int]] = []

    def hear(ids: frozenset[int], **kwargs: object) -> None:
        heard.append(ids)

    services_changed.connect(hear, weak=False)
    yield heard
    services_changed.disconnect(hear)


# --- Telling -----------------------------------------------------------------------------------------


def test_nothing_is_told_before_the_commit_nor_after_a_rollback(
    told: list[frozenset[int]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        announce([3, 1, 3])
        assert told == []
    assert told == [frozenset({1, 3})]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        announce([2])
        transaction.set_rollback(True)
    assert len(told) == 1


def test_nothing_changed_is_not_told(
    told: list[frozenset[int]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        announce([])
    assert callbacks == []
    assert told == []


WRITERS: list[Callable[[Service], None]] = [
    editing.publish,
    editing.withdraw,
    lambda service: editing.confirm(service, None, "Coordination"),
    lambda service: editing.close(service, "Fini."),
    lambda service: editing.save_organisation(service.organisation),
    lambda service: editing.save_actor_type(service.type),
]


@pytest.mark.parametrize("write", WRITERS)
def test_every_writer_tells(
    write: Callable[[Service], None],
    told: list[frozenset[int]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = ServiceFactory()
    with django_capture_on_commit_callbacks(execute=True):
        write(service)
    assert told
    assert all(ids == {service.pk} for ids in told)


# --- Writing ------------------------------------------------------------------------------------------


def test_publishing_writes_values_places_and_contacts_and_keeps_a_revision() -> None:
    service = ServiceFactory(at=VOIRON, phone="+33465710012")
    service.summary = "Nouveau résumé"
    place = service.places.get()
    place.street = "9 quai Neuf"
    service.places = [place, Place(commune_id=GRENOBLE)]
    service.contacts = [Contact(kind="courriel", value="a@b.example")]
    editing.publish(service)
    fresh = Service.objects.get(pk=service.pk)
    assert (fresh.summary, fresh.live, fresh.has_unpublished_changes) == ("Nouveau résumé", True, False)
    assert sorted(fresh.places.values_list("commune_id", "street")) == [
        (GRENOBLE, ""),
        (VOIRON, "9 quai Neuf"),
    ]
    assert list(fresh.contacts.values_list("value", flat=True)) == ["a@b.example"]
    assert fresh.revisions.count() == 1


def test_points_and_coverage_survive_a_revision() -> None:
    area = AreaFactory()
    service = ServiceFactory(coverage=[area, Commune.objects.get(pk=VOIRON)])
    PlaceFactory(service=service, point=(5.7311, 45.1922))
    editing.publish(Service.objects.get(pk=service.pk))
    fresh = Service.objects.get(pk=service.pk)
    assert fresh.places.get().point.coords == (5.7311, 45.1922)
    assert [*fresh.coverage_areas.all()] == [area]
    assert [one.pk for one in fresh.coverage_communes.all()] == [VOIRON]


def test_a_proposal_changes_nothing_that_is_seen() -> None:
    service = ServiceFactory()
    service.summary = "Proposé"
    revision = editing.propose(service)
    fresh = Service.objects.get(pk=service.pk)
    assert fresh.summary != "Proposé"
    assert fresh.has_unpublished_changes
    assert revision.as_object().summary == "Proposé"


def test_a_new_service_is_proposed_then_published() -> None:
    service = Service(
        organisation=OrganisationFactory(),
        type=ActorTypeFactory(),
        name="Neuf",
        department="38",
        summary="Neuf.",
    )
    editing.propose(service)
    assert not Service.objects.get(pk=service.pk).live
    editing.publish(service)
    assert Service.objects.get(pk=service.pk).live


def test_verifying_is_not_saving() -> None:
    service = ServiceFactory(verified_on=date(2025, 1, 1))
    editing.publish(service)
    assert Service.objects.get(pk=service.pk).verified_on == date(2025, 1, 1)
    editing.confirm(service, None, "Coordination 38", on=date(2026, 11, 23))
    fresh = Service.objects.get(pk=service.pk)
    assert (fresh.verified_on, fresh.verified_by) == (date(2026, 11, 23), "Coordination 38")


def test_confirming_leaves_a_draft_in_preparation() -> None:
    service = ServiceFactory(summary="En ligne")
    service.summary = "En préparation"
    editing.propose(service)
    editing.confirm(Service.objects.get(pk=service.pk), None, "Coordination", on=date(2026, 11, 23))
    fresh = Service.objects.get(pk=service.pk)
    draft = fresh.get_latest_revision_as_object()
    assert (fresh.summary, fresh.verified_on) == ("En ligne", date(2026, 11, 23))
    assert (draft.summary, draft.verified_on) == ("En préparation", date(2026, 11, 23))


def test_withdrawn_and_closed_are_kept() -> None:
    withdrawn, closed = ServiceFactory(), ServiceFactory()
    editing.withdraw(withdrawn)
    editing.close(closed, "Remplacé par un autre.")
    assert not Service.objects.get(pk=withdrawn.pk).live
    fresh = Service.objects.get(pk=closed.pk)
    assert (fresh.live, fresh.state, fresh.state_message) == (True, "ferme", "Remplacé par un autre.")


def test_many_are_published_in_a_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    organisation, kind, area = OrganisationFactory(), ActorTypeFactory(), AreaFactory()
    commune = Commune.objects.get(pk=VOIRON)

    def entry(number: int) -> editing.Entry:
        service = Service(
            organisation=organisation,
            type=kind,
            name=f"N° {number}",
            department="38",
            summary="Un parmi d’autres.",
        )
        places = [Place(commune=commune, label="un"), Place(commune=commune, label="deux")]
        return editing.Entry(service, places, [Contact(value="3919")], [area], [commune])

    with django_assert_max_num_queries(10):
        editing.publish_all([entry(number) for number in range(100)])
    services = Service.objects.filter(live=True)
    assert services.count() == 100
    assert len({one.public_id for one in services}) == 100
    one = services.prefetch_related("places").order_by("-pk").first()
    assert [place.label for place in one.places.all()] == ["un", "deux"]
    assert Area.objects.get(pk=area.pk).services.count() == 100
    assert commune.covering_services.count() == 100
    assert one.first_published_at == one.last_published_at is not None


def test_nothing_to_publish_is_nothing_told(told: list[frozenset[int]]) -> None:
    editing.publish_all([])
    assert told == []
