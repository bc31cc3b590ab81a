"""Who writes and who approves: a group of writers, and a workflow with the validators of the guides."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.accounts.grants import group_of
from cms.models import GuideIndexPage
from directory.models import Membership

WRITERS = "Rédaction"
WORKFLOW = "Validation des guides"
# domain.md §9: the validators of the guide. Others are added in « Réglages, Tâches de flux de travail ».
VALIDATORS = ("Parquet", "Conseil départemental", "DDDFE")
_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def create_roles() -> None:
    """Once: what somebody changed in a group or a workflow since stays as it is."""
    group_of(Membership.Role.ADMINISTRATOR)  # pages bring permissions that older groups lack
    guides = GuideIndexPage.objects.filter(slug="guides").order_by("path").first()
    writers, is_new = Group.objects.get_or_create(name=WRITERS)
    if is_new:
        _enter(writers)
        _open(writers, Page.get_first_root_node(), ("add", "change"))
        _open_files(writers)
    if guides is not None and not Workflow.objects.filter(name=WORKFLOW).exists():
        _create_workflow(guides)


def _create_workflow(guides: Page) -> None:
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, name in enumerate(VALIDATORS):
        group, is_new = Group.objects.get_or_create(name=f"Validation : {name}")
        if is_new:
            _enter(group)
            _open(group, guides, ("change",))
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=guides, defaults={"workflow": workflow})


def _enter(group: Group) -> None:
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )


def _open(group: Group, page: Page, actions: tuple[str, ...]) -> None:
    for action in actions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", content_type__model="page", codename=f"{action}_page"
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _open_files(group: Group) -> None:
    shelf = Collection.get_first_root_node()
    files = Permission.objects.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    for permission in files.filter(codename__in=_FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=shelf, permission=permission)
