"""What each role may open in the administration: Wagtail's permissions, through one group a role.

This says which lists and forms exist for somebody; which entries they may write: directory/permissions.py.
Nothing may be deleted: organisations, types and services are closed.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from directory.models import Membership, Organisation, User
from directory.visibility import Kind, Viewer

Role = Membership.Role
Granted = dict[str, tuple[str, ...]]  # "app.model" → actions

_WRITE = ("add", "change", "view")
COORDINATION: Granted = {
    "wagtailadmin.admin": ("access",),
    "directory.service": (*_WRITE, "publish", "lock", "unlock"),
    "directory.organisation": _WRITE,
    "directory.area": _WRITE,
    "directory.lexiconentry": _WRITE,
    "directory.doorrule": ("view",),
    "directory.actortype": ("view",),
    "directory.helpline": ("view",),
}
ADMINISTRATION: Granted = COORDINATION | {
    "directory.actortype": _WRITE,
    "directory.helpline": _WRITE,
    "directory.doorrule": _WRITE,
    "directory.user": _WRITE,
    "cms.operator": ("change",),
    "simple_translation.translation": ("submit",),
    "wagtailcore.site": _WRITE,
    "wagtailcore.collection": _WRITE,
    "wagtailcore.workflow": _WRITE,
    "wagtailcore.task": _WRITE,
}
_PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock")
_FILE_ACTIONS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
GROUPS = {
    Role.COORDINATOR: ("Coordination", COORDINATION),
    Role.ADMINISTRATOR: ("Administration", ADMINISTRATION),
}


def enters_admin(user: User, reader: Viewer) -> bool:
    """Coordinators, administrators and editors of pages; never somebody who is only a member."""
    is_only_member = bool(reader.organisations) and reader.kind < Kind.COORDINATOR
    return not is_only_member and user.has_perm("wagtailadmin.access_admin")


@transaction.atomic
def grant(
    user: User, role: str, departments: Iterable[str] = (), organisation: Organisation | None = None
) -> Membership:
    """Give `user` a role, once: the membership that says what is seen, and the group that opens the forms."""
    membership, _created = Membership.objects.get_or_create(
        user=user, role=role, organisation=organisation, defaults={"departments": sorted(set(departments))}
    )
    if role in GROUPS:
        user.groups.add(group_of(role))
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.is_staff = True
    return membership


def group_of(role: str) -> Group:
    """The group of a role, with at least the permissions that it needs; what was added by hand stays."""
    name, granted = GROUPS[Role(role)]
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(*_permissions(granted))
    if role == Role.ADMINISTRATOR:
        _open_pages(group)
    return group


def _permissions(granted: Granted) -> list[Permission]:
    wanted = {
        (label.split(".")[0], f"{action}_{label.split('.')[1]}")
        for label, actions in granted.items()
        for action in actions
    }
    apps = {app for app, _codename in wanted}
    known = Permission.objects.filter(content_type__app_label__in=apps).select_related("content_type")
    return [one for one in known if (one.content_type.app_label, one.codename) in wanted]


def _open_pages(group: Group) -> None:
    """Pages and files, from the root of their trees."""
    root, shelf = Page.get_first_root_node(), Collection.get_first_root_node()
    for action in _permissions({"wagtailcore.page": _PAGE_ACTIONS}) if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=action)
    files = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=_FILE_ACTIONS
    )
    for action in files if shelf else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=shelf, permission=action)
