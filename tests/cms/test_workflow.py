"""The workflow of guides through Wagtail's own views: a writer submits, each institution approves in turn."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import TaskState, Workflow

from cms import models
from cms.starter.roles import VALIDATORS, WORKFLOW, WRITERS, create_roles
from directory.dates import long_date
from directory.discretion import telling_words
from directory.models import User
from tests import pages
from tests.cms.page_tools import in_group, posted, text_of, writer
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

SHEET = {"version": "", "reviewed_on": "", "reviewed_by": "", "review_by": "", "keywords": ""}


def _edit(client: Client, page: Any, action: str, **values: Any) -> Any:
    fields = SHEET | {"title": page.title, "slug": page.slug, action: "x"} | values
    return client.post(f"/gestion/pages/{page.pk}/edit/", posted(**fields))


def _submitted(account: User, **values: Any) -> models.GuidePage:
    """A guide written in the form, and submitted."""
    shelf = pages.make_shelf()
    address = f"/gestion/pages/add/cms/guidepage/{shelf.pk}/"
    response = signed_in(account).post(address, posted(**SHEET, **values, **{"action-submit": "x"}))
    assert response.status_code == 302, response.context["form"].errors
    return models.GuidePage.objects.get()


def _approve(client: Client, page: Any, action: str = "approve", comment: str = "") -> int:
    state = page.current_workflow_task_state
    address = f"/gestion/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return client.post(address, {"comment": comment}).status_code


def _again(page: Any) -> models.GuidePage:
    return models.GuidePage.objects.get(pk=page.pk)


def test_each_institution_approves_in_turn_and_the_page_is_published() -> None:
    validators = {name: signed_in(in_group(f"Validation : {name}")) for name in VALIDATORS}
    guide = _submitted(writer(), heading="Prostitution des mineurs")
    assert not guide.live
    for turn, name in enumerate(VALIDATORS):
        assert _again(guide).current_workflow_task.name == name
        for other in VALIDATORS[turn + 1 :]:  # nobody approves for another
            _approve(validators[other], _again(guide))
            assert _again(guide).current_workflow_task.name == name
        assert Client().get(guide.address).status_code == 404
        assert _approve(validators[name], _again(guide)) == 302
    assert _again(guide).live
    said = text_of(Client().get(guide.address))
    assert "Qui a validé ce guide" in said
    for name in VALIDATORS:
        assert f"{name}\u00a0: approuvé le {long_date(timezone.localdate())}" in said.replace(" :", "\u00a0:")


def test_what_is_still_awaited_is_said() -> None:
    in_group(WRITERS)
    guide = pages.make_guide()
    said = text_of(Client().get(guide.address))
    for name in VALIDATORS:
        assert f"{name} : relecture attendue" in said.replace("\u00a0", " ")


def test_what_is_refused_goes_back_to_the_writer() -> None:
    validator = signed_in(in_group("Validation : Parquet"))
    account = writer()
    guide = _submitted(account)
    _approve(validator, guide, "reject", "À revoir.")
    guide = _again(guide)
    assert not guide.live
    assert guide.current_workflow_state.status == "needs_changes"
    assert _edit(signed_in(account), guide, "action-submit").status_code == 302
    assert _again(guide).current_workflow_task.name == VALIDATORS[0]


def test_an_approval_is_of_what_was_read() -> None:
    """The history keeps who approved which revision: the names on the page come from there."""
    validator = signed_in(in_group("Validation : Parquet"))
    guide = _submitted(writer())
    _approve(validator, guide)
    state = TaskState.objects.get(status=TaskState.STATUS_APPROVED)
    assert state.revision_id == guide.latest_revision_id
    assert state.finished_by is not None


def test_what_changes_while_it_is_read_is_approved_again() -> None:
    validators = {name: signed_in(in_group(f"Validation : {name}")) for name in VALIDATORS}
    first, second, _last = VALIDATORS
    guide = _submitted(writer())
    _approve(validators[first], guide)
    _edit(validators[second], _again(guide), "action-workflow-action", summary="Changé entre-temps.")
    assert _again(guide).latest_revision.content["summary"] == "Changé entre-temps."
    _approve(validators[second], _again(guide))
    assert _again(guide).current_workflow_task.name == first
    for name in VALIDATORS:
        assert not _again(guide).live
        _approve(validators[name], _again(guide))
    assert _again(guide).live


def test_a_writer_cannot_publish() -> None:
    account = writer()
    client = signed_in(account)
    guide = _submitted(account)
    _edit(client, guide, "action-publish")
    assert not _again(guide).live
    published = pages.make_guide("publie")
    client.post(f"/gestion/pages/{published.pk}/unpublish/")
    client.post(f"/gestion/pages/{published.pk}/delete/")
    assert _again(published).live
    assert _approve(client, _again(guide)) in (302, 403, 404)
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()


@pytest.mark.parametrize("group", [WRITERS, "Validation : DDDFE"])
def test_they_open_the_pages_and_nothing_of_the_directory(group: str) -> None:
    client = signed_in(in_group(group))
    guide = pages.make_guide()
    assert client.get(f"/gestion/pages/{guide.pk}/edit/").status_code == 200
    for closed in (
        "annuaire/services/", "annuaire/organisations/", "annuaire/types/", "annuaire/numeros/", "users/",
        "groups/", "sites/", "settings/cms/operator/", "reports/site-history/", "reports/workflow/",
        "snippets/", "collections/", "annuaire/territoires/", "redirects/", "locales/", "workflows/list/",
    ):  # fmt: skip
        assert client.get(f"/gestion/{closed}").status_code == 404, closed
    assert client.get("/s/inconnu/").status_code == 404


def test_a_validator_changes_no_page_outside_the_guides() -> None:
    client = signed_in(in_group("Validation : DDDFE"))
    client.raise_request_exception = False
    about = pages.make_standard("a-propos")
    _edit(client, about, "action-publish", title="Changé")
    client.post(f"/gestion/pages/{about.pk}/unpublish/")
    about.refresh_from_db()
    assert (about.title, about.live) == ("A propos", True)
    response = client.get(f"/gestion/pages/{about.pk}/edit/")
    assert response.status_code in (302, 403, 404)


def test_mails_to_validators_tell_nothing() -> None:
    in_group("Validation : Parquet")
    _submitted(writer(), heading="Prostitution des mineurs")
    assert mail.outbox
    for sent in mail.outbox:
        assert telling_words(f"{sent.subject} {sent.body}") == []


def test_roles_are_made_once_and_left_as_they_were_changed() -> None:
    in_group(WRITERS)
    workflow = Workflow.objects.get(name=WORKFLOW)
    workflow.workflow_tasks.first().delete()
    create_roles()
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1
    assert workflow.workflow_tasks.count() == len(VALIDATORS) - 1
