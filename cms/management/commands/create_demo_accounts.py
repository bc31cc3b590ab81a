import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.accounts.provision import Credentials, make_account
from directory.models import Membership, Organisation, User

Role = Membership.Role
# login → role, departments. The members' organisation is found in the demonstration of the same department.
ACCOUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "admin": (Role.ADMINISTRATOR, ()),
    "coordination-38": (Role.COORDINATOR, ("38",)),
    "coordination-05": (Role.COORDINATOR, ("05",)),
    "pro-38": (Role.PROFESSIONAL, ("38",)),
    "asso-38": (Role.MEMBER, ("38",)),
    "asso-05": (Role.MEMBER, ("05",)),
}
# What associations run, the most usual first.
_ASSOCIATION_TYPES = ("cidff", "france-victimes", "leao", "accueil-de-jour")


class Command(BaseCommand):
    help = "The accounts of the demonstration, random, written to var/demo-accounts.txt (mode 0600)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--renew", action="store_true", help="replace the accounts that bear these names")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.VAR_DIR) / "demo-accounts.txt"
        taken = User.objects.filter(username__in=ACCOUNTS)
        if taken.exists() and not options["renew"]:
            self._explain(path, taken.count())
            return
        with transaction.atomic():
            taken.delete()
            made = [_make(login, *ACCOUNTS[login]) for login in ACCOUNTS]
            _write(path, made)
        self.stdout.write(f"{len(made)} comptes de démonstration : voir {path}")

    def _explain(self, path: Path, count: int) -> None:
        if count < len(ACCOUNTS) or not path.exists():
            raise CommandError(
                "Des comptes portent déjà ces noms. Pour les remplacer : create_demo_accounts --renew"
            )
        self.stdout.write(f"Les comptes de démonstration existent déjà : voir {path}")


def _make(login: str, role: str, departments: tuple[str, ...]) -> Credentials:
    is_member = role == Role.MEMBER
    return make_account(
        login,
        role,
        () if is_member else departments,
        _association(departments[0]) if is_member else None,
        with_totp=role in (Role.ADMINISTRATOR, Role.COORDINATOR),
        with_token=True,
    )


def _association(department: str) -> Organisation:
    """An association of the demonstration that has something to show; any organisation of it otherwise."""
    ours = Organisation.objects.filter(source="demo", department=department, is_open=True).order_by("pk")
    for slug in _ASSOCIATION_TYPES:
        found = ours.filter(services__type__slug=slug).first()
        if found:
            return found
    anyone = ours.first()
    if anyone is None:
        raise CommandError(f"Rien de la démonstration dans le {department} : lancez d’abord load_demo.")
    return anyone


def _write(path: Path, made: list[Credentials]) -> None:
    lines = [" ".join((one.login, one.password, one.totp_secret or "-", one.api_token)) for one in made]
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    # Readable by its owner alone from the first byte.
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    new.replace(path)
