"""Who may see what: the only rule of the project, in two forms that a test proves equal.

An audience is read with the department and the organisation that hold the thing:
`public` by everybody; `professionnels` by the professionals granted that department; `equipe` by
those who keep the entry. A coordinator sees all that is reserved in the departments coordinated, a
member what is reserved in their own organisation, an administrator everything that is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from directory.models import Service
    from directory.querysets import ServiceQuerySet


class Kind(IntEnum):
    """From the one who may see the least to the one who may see the most."""

    ANONYMOUS = 0
    PROFESSIONAL = 1
    MEMBER = 2
    COORDINATOR = 3
    ADMINISTRATOR = 4


@dataclass(frozen=True)
class Viewer:
    """Who reads. Departments are INSEE codes ("38", "2A"); organisations are primary keys."""

    kind: Kind = Kind.ANONYMOUS
    professional_in: frozenset[str] = frozenset()
    coordinates: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()

    @property
    def is_anonymous(self) -> bool:
        return self.kind == Kind.ANONYMOUS

    @property
    def sees_all(self) -> bool:
        return self.kind == Kind.ADMINISTRATOR


ANONYMOUS = Viewer()


def home_of(viewer: Viewer) -> str:
    """The department of a professional who has but one; "" otherwise."""
    held = viewer.professional_in | viewer.coordinates
    return next(iter(held)) if len(held) == 1 else ""


def viewer_of(user: Any) -> Viewer:
    """The viewer that `user` is: one query for a signed-in account, none for the public."""
    if not (user and user.is_authenticated and user.is_active):
        return ANONYMOUS
    return _viewer_with(user.memberships.all(), user.is_superuser)


def _viewer_with(memberships: Iterable[Any], is_superuser: bool) -> Viewer:
    kinds = [Kind[membership.role.upper()] for membership in memberships]
    if is_superuser:
        kinds.append(Kind.ADMINISTRATOR)
    granted: dict[str, set[str]] = {"professional": set(), "coordinator": set()}
    organisations = set()
    for membership in memberships:
        if membership.role in granted:
            granted[membership.role].update(membership.departments)
        if membership.role == "member":
            organisations.add(membership.organisation_id)
    return Viewer(
        kind=max(kinds, default=Kind.ANONYMOUS),
        professional_in=frozenset(granted["professional"]),
        coordinates=frozenset(granted["coordinator"]),
        organisations=frozenset(organisations),
    )


def may_read(audience: str, department: str, organisation_id: int, viewer: Viewer) -> bool:
    """May `viewer` read a thing of that audience, held by that department and organisation?"""
    return (
        audience == "public"
        or viewer.sees_all
        or department in viewer.coordinates
        or organisation_id in viewer.organisations
        or (audience == "professionnels" and department in viewer.professional_in)
    )


def readable(viewer: Viewer) -> Q:
    """`may_read` as a filter, for any table with `audience`, `department` and `organisation_id`."""
    if viewer.sees_all:
        return Q()
    return (
        Q(audience="public")
        | Q(department__in=sorted(viewer.coordinates))
        | Q(organisation_id__in=sorted(viewer.organisations))
        | Q(audience="professionnels", department__in=sorted(viewer.professional_in))
    )


def visible_services(viewer: Viewer) -> "ServiceQuerySet":
    """The services that `viewer` may see, those closed for good included (their links live on)."""
    from directory.models import Service

    return Service.objects.published().filter(readable(viewer))


def can_see(service: "Service", viewer: Viewer) -> bool:
    """The same rule on one service."""
    is_published = bool(service.live and service.type.is_open)
    return is_published and may_read(service.audience, service.department, service.organisation_id, viewer)
