"""Who may see what: the queryset and the predicate are one rule, over every mix of entry and reader."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from directory.models import Organisation, Service
from directory.visibility import (
    ANONYMOUS,
    Kind,
    Viewer,
    can_see,
    may_read,
    readable,
    viewer_of,
    visible_services,
)
from tests.factories import (
    ActorTypeFactory,
    MembershipFactory,
    OrganisationFactory,
    ServiceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AUDIENCES = ("public", "professionnels", "equipe")
DEPARTMENTS = ("38", "05", "2A")


@pytest.fixture
def corpus() -> list[Service]:
    """Every audience × department × organisation × state, published or not, of a type in use or not."""
    organisations = [OrganisationFactory(), OrganisationFactory(closed=True)]
    used, unused = ActorTypeFactory(slug="leao"), ActorTypeFactory(slug="crip", is_open=False)
    for audience, department, organisation in product(AUDIENCES, DEPARTMENTS, organisations):
        for state, live, kind in product(("actif", "suspendu", "ferme"), (True, False), (used, unused)):
            ServiceFactory(
                audience=audience,
                department=department,
                organisation=organisation,
                state=state,
                live=live,
                type=kind,
            )
    return list(Service.objects.select_related("type"))


def viewers(mine: int, other: int) -> list[Viewer]:
    grants = [
        (frozenset(pro), frozenset(coordinates), frozenset(organisations))
        for pro, coordinates, organisations in product(
            ((), ("38",), ("38", "2A")), ((), ("05",), ("05", "38")), ((), (mine,), (mine, other))
        )
    ]
    return [ANONYMOUS, Viewer(Kind.ADMINISTRATOR), *(Viewer(Kind.COORDINATOR, *grant) for grant in grants)]


def test_queryset_and_predicate_are_one_rule(corpus: list[Service]) -> None:
    mine, other = Organisation.objects.order_by("pk").values_list("pk", flat=True)
    seen = set()
    for viewer in viewers(mine, other):
        listed = set(visible_services(viewer).values_list("pk", flat=True))
        assert listed == {service.pk for service in corpus if can_see(service, viewer)}, viewer
        seen.add(len(listed))
    assert len(seen) >= 10  # the corpus tells readers apart


def test_what_each_reader_sees(corpus: list[Service]) -> None:
    def seen(viewer: Viewer) -> set[tuple[str, str]]:
        return set(visible_services(viewer).values_list("audience", "department"))

    public = {("public", one) for one in DEPARTMENTS}
    assert seen(ANONYMOUS) == public
    assert seen(Viewer(Kind.PROFESSIONAL, frozenset({"38"}))) == public | {("professionnels", "38")}
    kept = {(audience, "05") for audience in AUDIENCES}
    assert seen(Viewer(Kind.COORDINATOR, coordinates=frozenset({"05"}))) == public | kept
    assert seen(Viewer(Kind.ADMINISTRATOR)) == set(product(AUDIENCES, DEPARTMENTS))


def test_a_member_sees_what_is_reserved_in_their_own_organisation_only(corpus: list[Service]) -> None:
    mine = Organisation.objects.order_by("pk").first().pk
    member = Viewer(Kind.MEMBER, organisations=frozenset({mine}))
    reserved = visible_services(member).exclude(audience="public")
    assert set(reserved.values_list("organisation_id", flat=True)) == {mine}
    assert set(reserved.values_list("audience", flat=True)) == {"professionnels", "equipe"}


def test_nobody_sees_a_draft_nor_a_type_out_of_use(corpus: list[Service]) -> None:
    administrator = Viewer(Kind.ADMINISTRATOR)
    assert not visible_services(administrator).filter(live=False).exists()
    assert not visible_services(administrator).filter(type__is_open=False).exists()


def test_closed_for_good_still_answers_and_is_not_searched(corpus: list[Service]) -> None:
    visible = visible_services(ANONYMOUS)
    assert visible.filter(state="ferme").exists()
    assert not visible.searchable().filter(state="ferme").exists()
    assert not visible.searchable().filter(organisation__is_open=False).exists()
    assert visible.searchable().filter(state="suspendu").exists()


departments = st.frozensets(st.sampled_from(DEPARTMENTS))
any_viewer = st.builds(
    Viewer, st.sampled_from(Kind), departments, departments, st.frozensets(st.integers(1, 3))
)


@given(any_viewer, st.sampled_from(AUDIENCES), st.sampled_from(DEPARTMENTS), st.integers(1, 3))
def test_seeing_only_ever_grows_with_what_is_granted(
    viewer: Viewer, audience: str, department: str, organisation: int
) -> None:
    assert may_read("public", department, organisation, viewer)
    if may_read("equipe", department, organisation, viewer):
        assert may_read("professionnels", department, organisation, viewer)
    if may_read(audience, department, organisation, ANONYMOUS):
        assert may_read(audience, department, organisation, viewer)


def test_an_administrator_is_not_filtered() -> None:
    assert not readable(Viewer(Kind.ADMINISTRATOR))


# --- From an account to a viewer ------------------------------------------------------------------


def test_the_public_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert viewer_of(None) is viewer_of(AnonymousUser()) is ANONYMOUS


def test_memberships_add_up(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    organisation = OrganisationFactory()
    user = UserFactory(professional_in=["05"], coordinates=["38", "2A"], member_of=organisation)
    with django_assert_num_queries(1):
        viewer = viewer_of(user)
    assert viewer == Viewer(
        Kind.COORDINATOR, frozenset({"05"}), frozenset({"38", "2A"}), frozenset({organisation.pk})
    )


def test_a_closed_account_is_anonymous() -> None:
    assert viewer_of(UserFactory(coordinates=["38"], is_active=False)) is ANONYMOUS


def test_a_superuser_is_an_administrator_and_an_account_without_grant_sees_the_public() -> None:
    assert viewer_of(UserFactory(administrator=True)).sees_all
    assert viewer_of(UserFactory()) == Viewer(Kind.ANONYMOUS)


def test_a_member_is_a_member_of_something() -> None:
    with pytest.raises(IntegrityError, match="member_has_organisation"), transaction.atomic():
        MembershipFactory(role="member")
