#!/usr/bin/env python3
"""Django's commands, in the environment and on the database that `bin/serve` made (unless told otherwise)."""

import os
import sys
from pathlib import Path

VAR = Path(os.environ.get("MAILLAGE_VAR", Path(__file__).resolve().parent / "var"))


def use_environment() -> None:
    """Start again with the project's own Python when it is there and is not the one that runs."""
    python = VAR / "venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != (VAR / "venv").resolve():
        os.execv(python, [str(python), *sys.argv])


def use_served_site() -> None:
    """Keys and database of `bin/serve`; what the environment already says wins."""
    secrets = VAR / "secrets.env"
    if secrets.exists() and os.access(secrets, os.R_OK):
        for line in secrets.read_text().splitlines():
            name, _equals, value = line.partition("=")
            os.environ.setdefault(name, value)
    port, passwords = VAR / "postgres.port", VAR / "pgpass"
    if "DATABASE_URL" not in os.environ and port.exists() and os.access(passwords, os.R_OK):
        by_role = {line.split(":")[3]: line.split(":")[4] for line in passwords.read_text().split()}
        password = by_role.get("maillage", "")
        os.environ["DATABASE_URL"] = (
            f"postgis://maillage:{password}@127.0.0.1:{port.read_text().strip()}/maillage"
        )


def main() -> None:
    use_environment()
    use_served_site()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
