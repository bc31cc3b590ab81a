"""Who may change what: plain functions, each saying why. Who may *see* what is published is visibility.py."""

from typing import Any

from django.db.models import Q

from directory.visibility import Kind, Viewer

# What `load_reference` writes again at each start; an edit would be lost.
REFERENCE_AREAS = ("department", "epci")


def may_keep(viewer: Viewer, department: str) -> bool:
    """The coordination of a department answers for its entries; an administrator for all of them."""
    return viewer.sees_all or department in viewer.coordinates


def may_edit(viewer: Viewer, service: Any) -> bool:
    """Only those who keep the department: a neighbour's mistake would send people to the wrong door."""
    return may_keep(viewer, service.department)


def may_publish(viewer: Viewer, service: Any) -> bool:
    """Publishing makes true for everyone: the same people, and never a member (their edits are proposals)."""
    return may_edit(viewer, service)


def may_propose(viewer: Viewer, service: Any) -> bool:
    """A member knows their own organisation best; what they write waits for the coordination."""
    return may_edit(viewer, service) or service.organisation_id in viewer.organisations


def may_edit_organisation(viewer: Viewer, organisation: Any) -> bool:
    """The department that holds the sheet: an organisation of two departments has one keeper."""
    return may_keep(viewer, organisation.department)


def may_edit_area(viewer: Viewer, area: Any) -> bool:
    """Departments and EPCIs come from the national file and would be written again; the rest is local."""
    return area.kind not in REFERENCE_AREAS and may_keep(viewer, area.department)


def may_edit_shared(viewer: Viewer) -> bool:
    """Types and national numbers are read by every department: only administrators change them."""
    return viewer.sees_all


def may_see_pro(viewer: Viewer, department: str) -> bool:
    """The professional view of a department, in a preview: its keepers and its professionals."""
    return may_keep(viewer, department) or department in viewer.professional_in


def kept(viewer: Viewer) -> Q:
    """`may_keep` as a filter, for any table with a `department`: lists and searches go through it."""
    if viewer.sees_all:
        return Q()
    return Q(department__in=sorted(viewer.coordinates))


def is_keeper(viewer: Viewer) -> bool:
    """Somebody who works in the directory's administration."""
    return viewer.kind >= Kind.COORDINATOR
