"""Making accounts: what each role opens, what is printed once, the accounts of the demonstration."""

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from cms.accounts.grants import ADMINISTRATION, COORDINATION, group_of
from cms.accounts.provision import AccountError, make_account
from cms.accounts.strength import has_second_factor
from directory.models import Membership, User
from directory.tokens import user_of
from directory.visibility import Kind, viewer_of
from tests.factories import ActorTypeFactory, OrganisationFactory, ServiceFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role


def test_an_account_opens_what_its_role_says() -> None:
    organisation = OrganisationFactory()
    for login, role, scope, kind in (
        ("une-pro", Role.PROFESSIONAL, {"departments": ["38", "05"]}, Kind.PROFESSIONAL),
        ("une-asso", Role.MEMBER, {"organisation": organisation}, Kind.MEMBER),
        ("une-coord", Role.COORDINATOR, {"departments": ["38"]}, Kind.COORDINATOR),
        ("une-admin", Role.ADMINISTRATOR, {}, Kind.ADMINISTRATOR),
    ):
        made = make_account(login, role, **scope)
        user = User.objects.get(username=login)
        assert user.check_password(made.password)
        assert viewer_of(user).kind == kind
        assert user.has_perm("wagtailadmin.access_admin") == (kind >= Kind.COORDINATOR) == user.is_staff
        assert not user.is_superuser


def test_what_is_asked_is_given_once() -> None:
    made = make_account(
        "une-pro", Role.PROFESSIONAL, ["38"], email="pro@exemple.example", with_totp=True, with_token=True
    )
    user = User.objects.get(username="une-pro")
    assert has_second_factor(user)
    assert len(made.totp_secret) == 32
    assert user_of(made.api_token) == user
    bare = make_account("une-autre", Role.PROFESSIONAL, ["38"])
    assert (bare.totp_secret, bare.api_token) == ("", "")


@pytest.mark.parametrize(
    ("login", "role", "scope", "says"),
    [
        ("une pro", Role.PROFESSIONAL, {"departments": ["38"]}, "sans espace"),
        ("Prise", Role.PROFESSIONAL, {"departments": ["38"]}, "déjà pris"),
        ("pro", "chef", {}, "Rôle inconnu"),
        ("pro", Role.PROFESSIONAL, {}, "--departments"),
        ("pro", Role.COORDINATOR, {"departments": ["isere"]}, "Département inconnu : isere"),
        ("pro", Role.COORDINATOR, {"departments": ["20"]}, "Département inconnu"),
        ("pro", Role.MEMBER, {}, "--organisation"),
        ("pro", Role.ADMINISTRATOR, {"email": "pas-une-adresse"}, "pas valable"),
        ("pro", Role.ADMINISTRATOR, {"email": "prise@exemple.example"}, "un autre compte"),
    ],
)
def test_refusals_say_what_to_change(login: str, role: str, scope: dict[str, Any], says: str) -> None:
    if says != "Département inconnu":
        make_account("prise", Role.ADMINISTRATOR, email="prise@exemple.example")
    before = User.objects.count()
    with pytest.raises(AccountError, match=says):
        make_account(login, role, **scope)
    assert User.objects.count() == before


def _granted(group: Group) -> set[str]:
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def _expected(granted: dict[str, tuple[str, ...]]) -> set[str]:
    return {
        f"{label.split('.')[0]}.{action}_{label.split('.')[1]}"
        for label, actions in granted.items()
        for action in actions
    }


def test_every_permission_that_a_group_is_promised_exists() -> None:
    assert _granted(group_of(Role.COORDINATOR)) == _expected(COORDINATION)
    assert _granted(group_of(Role.ADMINISTRATOR)) == _expected(ADMINISTRATION)


def test_nobody_may_delete() -> None:
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        assert not [name for name in _granted(group_of(role)) if ".delete_" in name]


def test_groups_are_made_once_and_keep_what_was_added() -> None:
    group = group_of(Role.COORDINATOR)
    group.permissions.add(*group_of(Role.ADMINISTRATOR).permissions.filter(codename="change_actortype"))
    assert group_of(Role.COORDINATOR) == group
    assert "directory.change_actortype" in _granted(group)
    assert Group.objects.filter(name="Coordination").count() == 1


# --- Commands --------------------------------------------------------------------------------------------


def _run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_create_account_prints_the_password_once() -> None:
    printed = _run(
        "create_account",
        "une-coord",
        "--role",
        "coordinator",
        "--departments",
        "38",
        "05",
        "--totp",
        "--token",
    )
    lines = dict(line.split(" : ") for line in printed.splitlines() if " : " in line)
    user = User.objects.get(username=lines["Identifiant"])
    assert user.check_password(lines["Mot de passe"])
    assert user_of(lines["Clé d’accès"]) == user
    assert lines["Secret du générateur de codes"]
    assert viewer_of(user).coordinates == {"38", "05"}


def test_create_account_of_a_member() -> None:
    organisation = OrganisationFactory()
    _run("create_account", "une-asso", "--role", "member", "--organisation", organisation.public_id)
    assert viewer_of(User.objects.get()).organisations == {organisation.pk}
    with pytest.raises(CommandError, match="/o/"):
        _run("create_account", "autre", "--role", "member", "--organisation", "inconnue")
    with pytest.raises(CommandError, match="--departments"):
        _run("create_account", "autre", "--role", "professional")


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    for department in ("38", "05"):
        OrganisationFactory(department=department, source="demo", source_id=f"vide-{department}")
        association = OrganisationFactory(
            department=department, source="demo", source_id=f"asso-{department}"
        )
        ServiceFactory(organisation=association, type=ActorTypeFactory(slug="cidff"))
    return tmp_path / "demo-accounts.txt"


def test_demo_accounts_are_written_for_their_owner_alone(demo: Path) -> None:
    _run("create_demo_accounts")
    assert stat.S_IMODE(demo.stat().st_mode) == 0o600
    rows = [line.split(" ") for line in demo.read_text(encoding="utf-8").splitlines()]
    assert [row[0] for row in rows] == [
        "admin",
        "coordination-38",
        "coordination-05",
        "pro-38",
        "asso-38",
        "asso-05",
    ]
    for login, password, secret, token in rows:
        user = User.objects.get(username=login)
        assert user.check_password(password)
        assert user_of(token) == user
        assert (secret != "-") == has_second_factor(user) == (viewer_of(user).kind >= Kind.COORDINATOR)
    assert Membership.objects.get(user__username="asso-05").organisation.source_id == "asso-05"


def test_demo_accounts_are_made_once(demo: Path) -> None:
    _run("create_demo_accounts")
    before = demo.read_text(encoding="utf-8")
    assert "existent déjà" in _run("create_demo_accounts")
    assert demo.read_text(encoding="utf-8") == before
    _run("create_demo_accounts", "--renew")
    assert demo.read_text(encoding="utf-8") != before
    assert User.objects.count() == 6


def test_demo_accounts_never_replace_real_ones_unasked(demo: Path) -> None:
    make_account("admin", Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="--renew"):
        _run("create_demo_accounts")
    assert not demo.exists()
    assert User.objects.count() == 1


def test_demo_accounts_need_the_demonstration(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match="load_demo"):
        _run("create_demo_accounts")
    assert not User.objects.exists()
