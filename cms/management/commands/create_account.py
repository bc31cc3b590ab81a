from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.accounts.provision import AccountError, make_account
from directory.models import Membership, Organisation


class Command(BaseCommand):
    help = "Make an account with one role; what is printed is shown this once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("login")
        parser.add_argument("--role", required=True, choices=Membership.Role.values)
        parser.add_argument("--departments", nargs="+", default=[], metavar="CODE", help="38 05 2A…")
        parser.add_argument("--organisation", default="", metavar="ID", help="as in its address, /o/ID/")
        parser.add_argument("--email", default="", help="for sign-in codes and forgotten passwords")
        parser.add_argument(
            "--totp", action="store_true", help="activate a code generator and print its secret"
        )
        parser.add_argument("--token", action="store_true", help="print a token of the JSON interface")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_account(
                options["login"],
                options["role"],
                options["departments"],
                _organisation(options["organisation"]),
                options["email"],
                with_totp=options["totp"],
                with_token=options["token"],
            )
        except AccountError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Identifiant : {made.login}\nMot de passe : {made.password}")
        if made.totp_secret:
            self.stdout.write(f"Secret du générateur de codes : {made.totp_secret}")
        if made.api_token:
            self.stdout.write(f"Clé d’accès : {made.api_token}")
        self.stdout.write("Notez-les maintenant : ils ne seront plus affichés.")


def _organisation(public_id: str) -> Organisation | None:
    if not public_id:
        return None
    found = Organisation.objects.filter(public_id=public_id).first()
    if found is None:
        raise CommandError(f"Aucune organisation « {public_id} » : prenez ce qui suit /o/ dans son adresse.")
    return found
