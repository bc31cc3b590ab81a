"""The lexicon and the doors, changed and put back through the administration: who, when, and what follows."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from directory.models import DoorRule, LexiconEntry
from directory.reference_guidance import load_doors
from search.knowledge import Knowledge
from search.question import Question
from search.understanding import understand
from tests.directory import test_admin_guidance as doors
from tests.directory import test_admin_lexicon as lexicon
from tests.directory.admin_tools import administrator, coordinator, signed_in
from tests.factories import ActorTypeFactory, HelplineFactory

DOORS, LEXICON = "/gestion/annuaire/portes/", "/gestion/annuaire/lexique/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(communes: Any) -> DoorRule:
    """As a file brought it: nobody wrote it here."""
    ActorTypeFactory(slug="crip")
    ActorTypeFactory(slug="signalement", kind="mesure")
    HelplineFactory(key="119")
    return DoorRule.objects.create(key="essai", label="Livrée", source="un décret", when={"minor": True},
                                   steps=[doors.STEP])  # fmt: skip


def history(client: Client, address: str, pk: int) -> str:
    return client.get(f"{address}history/{pk}/").content.decode()


def change(client: Client, rule: DoorRule, label: str) -> None:
    response = client.post(f"{DOORS}edit/{rule.pk}/", doors.posted() | {"label": label})
    assert response.status_code == 302, response.context["form"].errors


def test_a_rule_says_who_changed_it_and_when(rule: DoorRule) -> None:
    before, account = rule.changed_at, administrator()
    client = signed_in(account)
    change(client, rule, "Changée")
    rule.refresh_from_db()
    assert (rule.label, rule.changed_by) == ("Changée", "Administration")
    assert rule.changed_at > before
    listed = client.get(DOORS).content.decode()
    assert "Changée" in listed
    assert "Administration" in listed
    assert f"{DOORS}history/{rule.pk}/" in listed
    shown = history(client, DOORS, rule.pk)
    assert account.get_username() in shown or account.get_full_name() in shown


def test_what_was_shipped_is_the_first_version_at_its_own_date(rule: DoorRule) -> None:
    shipped_at = rule.changed_at
    change(signed_in(administrator()), rule, "Changée")
    change(signed_in(administrator()), rule, "Encore")
    first, *others = rule.revisions.order_by("created_at")
    assert [one.content["label"] for one in (first, *others)] == ["Livrée", "Changée", "Encore"]
    assert (first.created_at, first.user) == (shipped_at, None)


def test_what_a_file_brings_to_a_changed_rule_is_a_version_too(rule: DoorRule) -> None:
    client = signed_in(administrator())
    change(client, rule, "Changée")
    rule.refresh_from_db()
    rule.source = "un autre décret"
    rule.save()
    change(client, rule, "Encore")
    said = [
        (one.content["label"], one.content["source"]) for one in rule.revisions.order_by("created_at", "pk")
    ]
    assert said == [
        ("Livrée", "un décret"),
        ("Changée", "une source"),
        ("Changée", "un autre décret"),
        ("Encore", "une source"),
    ]


def test_versions_are_compared_and_the_former_one_put_back(rule: DoorRule) -> None:
    client = signed_in(administrator())
    change(client, rule, "Changée")
    assert _in_force() == ["Changée"]
    first = rule.revisions.order_by("created_at").first()
    compared = client.get(f"{DOORS}history/{rule.pk}/revisions/compare/{first.pk}...latest/").content.decode()
    assert "Livrée" in compared
    assert "Changée" in compared
    revert = f"{DOORS}history/{rule.pk}/revisions/{first.pk}/revert/"
    assert revert in history(client, DOORS, rule.pk)
    form = client.get(revert).content.decode()
    assert 'value="Livrée"' in form
    assert "telle qu’elle a été livrée" in form
    response = client.post(revert, doors.posted() | {"label": "Livrée"})
    assert response.status_code == 302, response.context["form"].errors
    assert _in_force() == ["Livrée"]
    rule.refresh_from_db()
    assert rule.label == "Livrée"
    assert rule.revisions.count() == 3


def test_a_comparison_shows_the_words_that_changed(rule: DoorRule) -> None:
    client = signed_in(administrator())
    changed = doors.posted(steps=[doors.STEP | {"reason": "Elle écoute."}]) | {"label": "Livrée"}
    assert client.post(f"{DOORS}edit/{rule.pk}/", changed).status_code == 302
    address = f"{DOORS}history/{rule.pk}/revisions/compare/earliest...latest/"
    added = re.findall(r'<span class="addition">(.*?)</span>', client.get(address).content.decode(), re.S)
    assert any("Elle écoute." in one for one in added)
    assert not any("Appeler" in one for one in added)


def test_the_list_of_words_leads_to_each(communes: Any) -> None:
    entry = LexiconEntry.objects.create(words=["mon zouave"], concepts=["v:conjugales"])
    assert f"{LEXICON}edit/{entry.pk}/" in signed_in(coordinator("38")).get(LEXICON).content.decode()


def test_a_version_of_another_rule_does_not_exist(rule: DoorRule) -> None:
    client = signed_in(administrator())
    change(client, rule, "Changée")
    other = DoorRule.objects.create(key="autre", label="Autre", source="un décret")
    stranger = rule.latest_revision_id or rule.revisions.first().pk
    assert client.get(f"{DOORS}history/{other.pk}/revisions/{stranger}/revert/").status_code == 404


def test_a_rule_put_back_is_not_undone_by_the_next_start(communes: Any) -> None:
    """It was as shipped in its time: the file has brought another one since."""
    load_doors()
    rule = DoorRule.objects.get(key="R17")
    rule.label, rule.shipped = "Ancienne", rule.shipped | {"label": "Ancienne"}
    rule.save_version(None)
    load_doors()
    rule.refresh_from_db()
    assert rule.label != "Ancienne"
    rule.latest_revision.as_object().save_version(None, rule.latest_revision)
    load_doors()
    rule.refresh_from_db()
    assert rule.label == "Ancienne"


def test_coordinators_read_the_history_of_rules_and_write_none(rule: DoorRule) -> None:
    change(signed_in(administrator()), rule, "Changée")
    first = rule.revisions.order_by("created_at").first()
    client = signed_in(coordinator("38"))
    shown = history(client, DOORS, rule.pk)
    compare = f"{DOORS}history/{rule.pk}/revisions/compare/"
    assert compare in shown
    compared = client.get(f"{compare}{first.pk}...latest/").content.decode()
    assert "Livrée" in compared
    closed = (
        f"{DOORS}edit/{rule.pk}/",
        f"{DOORS}history/{rule.pk}/revisions/{first.pk}/revert/",
        f"{DOORS}add/",
    )
    for address in closed:
        assert address not in shown + compared
        assert client.get(address).status_code == 404
        assert client.post(address, doors.posted()).status_code == 404
    rule.refresh_from_db()
    assert rule.label == "Changée"


def test_a_coordinator_puts_words_back_and_the_search_follows_at_once(communes: Any) -> None:
    entry = LexiconEntry.objects.create(words=["mon zouave"], concepts=["v:conjugales"])
    client = signed_in(coordinator("38"))
    edit = f"{LEXICON}edit/{entry.pk}/"
    response = client.post(edit, lexicon.posted("mon zouave", concepts="v:escroquerie"))
    assert response.status_code == 302, response.context["form"].errors
    assert _understood("mon zouave") == ["escroquerie"]
    shown = history(client, LEXICON, entry.pk)
    (revert,) = set(re.findall(rf"{LEXICON}history/{entry.pk}/revisions/\d+/revert/", shown))
    assert client.get(revert).status_code == 200
    response = client.post(revert, lexicon.posted("mon zouave"))
    assert response.status_code == 302, response.context["form"].errors
    assert _understood("mon zouave") == ["conjugales"]
    entry.refresh_from_db()
    assert entry.changed_by == "Coordination 38"


def test_a_form_keeps_nothing_before_it_is_saved(rule: DoorRule) -> None:
    """Every save is in force at once: half a rule would be, too."""
    page = signed_in(administrator()).get(f"{DOORS}edit/{rule.pk}/")
    assert page.context["autosave_enabled"] is False


def test_versions_cost_the_search_nothing(
    rule: DoorRule, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    change(signed_in(administrator()), rule, "Changée")
    assert _in_force() == ["Changée"]
    with django_assert_num_queries(1):
        assert _in_force() == ["Changée"]


def _in_force() -> list[str]:
    """The rules as the next question reads them."""
    return [one.label for one in Knowledge().rules]


def _understood(words: str) -> list[str]:
    return [one.slug for one in understand(Question(words=words), []).question.concepts]
