"""The only writers of services: propose, publish, withdraw, confirm, close. Three doors lead here:
imports, self-service and the administration. Each writes a revision, and tells what changed after commit.

`by` is the account that asks, None for the machine itself (imports): an account is refused what
`permissions.py` does not allow it, whatever the form let through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory import permissions
from directory.events import announce, announce_words
from directory.models import (
    ActorType,
    Area,
    Commune,
    Contact,
    DoorRule,
    Helpline,
    LexiconEntry,
    Organisation,
    Place,
    Service,
    User,
)
from directory.visibility import viewer_of

# What a revision keeps of a place that may no longer be told (C3).
_LOCATING = {"street": "", "postal_code": "", "complement": "", "label": "", "point": None}


class NotAllowed(PermissionDenied):
    """Writing outside the departments that one keeps."""


def require(service: Service, by: User | None, rule: Any = permissions.may_publish) -> None:
    """Raise NotAllowed unless `by` may write `service`, where it stands and where it would go."""
    if by is None:
        return
    reader = viewer_of(by)
    stands = (
        Service.objects.filter(pk=service.pk).select_related("organisation").first() if service.pk else None
    )
    if not rule(reader, service) or (stands and not rule(reader, stands)):
        raise NotAllowed(_("Cette fiche est tenue par un autre département : écrivez à sa coordination."))
    joins = stands is None or stands.organisation_id != service.organisation_id
    if joins and rule is permissions.may_publish:
        require_organisation(service.organisation, by)


def require_organisation(organisation: Organisation, by: User | None) -> None:
    if by is None:
        return
    stands = Organisation.objects.filter(pk=organisation.pk).first() if organisation.pk else None
    kept = (organisation, stands) if stands else (organisation,)
    if not all(permissions.may_edit_organisation(viewer_of(by), one) for one in kept):
        raise NotAllowed(
            _("Cette organisation est tenue par un autre département : écrivez à sa coordination.")
        )


def _require_shared(by: User | None) -> None:
    if by is not None and not permissions.may_edit_shared(viewer_of(by)):
        raise NotAllowed(_("Cette fiche sert à tous les départements : écrivez à un administrateur."))


@dataclass
class Entry:
    """A service that does not exist yet, with all that belongs to it."""

    service: Service
    places: list[Place] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    communes: list[Commune] = field(default_factory=list)


@transaction.atomic
def propose(service: Service, by: User | None = None) -> Any:
    """Keep the values of `service` as a draft revision; what is live stays. Returns the revision."""
    require(service, by, permissions.may_propose)
    if service.pk is None:
        service.live = False
        service.save()
    revision = service.save_revision(user=by, clean=False)
    if not service.live:
        forget_addresses(service)
    return revision


@transaction.atomic
def publish(service: Service, by: User | None = None) -> None:
    """Write the values of `service` with its places and contacts, and make them live."""
    require(service, by)
    if service.pk is None:
        service.live = False
        service.save()
    publish_revision(service.save_revision(user=by, clean=False), by)


@transaction.atomic
def publish_revision(revision: Any, by: User | None = None) -> None:
    """Make a kept draft live."""
    service = revision.as_object()
    require(service, by)
    revision.publish(user=by, skip_permission_checks=True)
    forget_addresses(service)
    announce({service.pk})


def forget_addresses(service: Service) -> None:
    """Take out of the older revisions what locates the places that must no longer be told (C3, P2)."""
    hides = service.type.hides_address
    never = {place.pk for place in service.places.all() if place.pk and place.address_visibility == "jamais"}
    if not (hides or never):
        return
    for revision in service.revisions.order_by("pk"):
        places = revision.content.get("places") or []
        hidden = [place for place in places if hides or place.get("pk") in never]
        if any(place.get(name) for place in hidden for name in _LOCATING):
            for place in hidden:
                place.update(_LOCATING)
            revision.save(update_fields=["content"])


@transaction.atomic
def publish_all(entries: Sequence[Entry]) -> None:
    """Make many new entries live at once, in a few queries; their first revision comes with an edit."""
    now = timezone.now()
    for entry in entries:
        entry.service.live, entry.service.first_published_at, entry.service.last_published_at = True, now, now
    Service.objects.bulk_create([entry.service for entry in entries], batch_size=500)
    _create_children(Place, ((entry.service, entry.places) for entry in entries))
    _create_children(Contact, ((entry.service, entry.contacts) for entry in entries))
    _link(Service.coverage_areas.through, "area", ((entry.service, entry.areas) for entry in entries))
    _link(
        Service.coverage_communes.through, "commune", ((entry.service, entry.communes) for entry in entries)
    )
    announce(entry.service.pk for entry in entries)


def _create_children(model: Any, families: Iterable[tuple[Service, list[Any]]]) -> None:
    children = []
    for service, members in families:
        for order, child in enumerate(members):
            child.service_id, child.sort_order = service.pk, order
            children.append(child)
    model.objects.bulk_create(children, batch_size=1000)


def _link(through: Any, name: str, families: Iterable[tuple[Service, list[Any]]]) -> None:
    links = (
        through(service_id=service.pk, **{f"{name}_id": one.pk}) for service, many in families for one in many
    )
    through.objects.bulk_create(links, batch_size=2000)


@transaction.atomic
def withdraw(service: Service, by: User | None = None) -> None:
    """Take the entry out of sight; it stays as a draft."""
    require(service, by)
    service.unpublish(user=by)
    announce({service.pk})


def _change(service: Service, by: User | None, **values: Any) -> None:
    """Write `values` on what is live *and* on the draft in preparation: neither undoes the other."""
    draft = service.get_latest_revision_as_object() if service.has_unpublished_changes else None
    for name, value in values.items():
        setattr(service, name, value)
        if draft:
            setattr(draft, name, value)
    if service.live:
        publish(service, by)
    if draft or not service.live:
        propose(draft or service, by)


@transaction.atomic
def confirm(service: Service, by: User | None, label: str, on: date | None = None) -> None:
    """« Rien n’a changé »: verifying is not saving, so it is its own gesture (domain.md §3)."""
    _change(service, by, verified_on=on or timezone.localdate(), verified_by=label)


@transaction.atomic
def close(service: Service, message: str, by: User | None = None) -> None:
    """Closed for good: never deleted, its address still answers and says so."""
    _change(service, by, state=Service.State.CLOSED, state_message=message)


@transaction.atomic
def suspend(
    service: Service,
    message: str,
    by: User | None = None,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Closed for now; with dates, it reopens by itself."""
    state = Service.State.ACTIVE if since or until else Service.State.SUSPENDED
    _change(service, by, state=state, state_message=message, closed_from=since, closed_until=until)


@transaction.atomic
def reopen(service: Service, by: User | None = None) -> None:
    _change(service, by, state=Service.State.ACTIVE, state_message="", closed_from=None, closed_until=None)


# --- What services stand on ---------------------------------------------------------------------------


@transaction.atomic
def save_organisation(organisation: Organisation, by: User | None = None) -> None:
    require_organisation(organisation, by)
    organisation.save()
    announce(organisation.services.values_list("pk", flat=True))


@transaction.atomic
def save_actor_type(actor_type: ActorType, by: User | None = None) -> None:
    _require_shared(by)
    actor_type.save()
    announce(actor_type.services.values_list("pk", flat=True))


@transaction.atomic
def save_area(area: Area, communes: Iterable[Commune], by: User | None = None) -> None:
    """An area with its communes; what it covers, or covered, is told anew."""
    if by is not None and not permissions.may_edit_area(viewer_of(by), area):
        raise NotAllowed(_("Ce territoire est tenu ailleurs : écrivez à sa coordination."))
    area.save()
    area.communes.set(communes)
    announce(area.services.values_list("pk", flat=True))


@transaction.atomic
def save_helpline(helpline: Helpline, by: User | None = None) -> None:
    _require_shared(by)
    helpline.save()


@transaction.atomic
def save_lexicon_entry(entry: LexiconEntry, by: User | None = None, former: Any = None) -> None:
    """By any coordinator; effective at once. Its words are known to the search as soon as it is committed."""
    if by is not None and not permissions.is_keeper(viewer_of(by)):
        raise NotAllowed(_("Le lexique est tenu par les coordinations."))
    entry.save_version(by, former)
    announce_words()


@transaction.atomic
def save_door_rule(rule: DoorRule, by: User | None = None, former: Any = None) -> None:
    _require_shared(by)
    rule.save_version(by, former)
