"""Does the database server write into its own log what visitors type? Asked in a session of the site's."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections
from django.utils.translation import gettext as _

# In PostgreSQL's order, where LOG stands between ERROR and FATAL; below it, refused values are quoted.
_SILENT_ON_ERRORS = frozenset({"log", "fatal", "panic"})


def _is(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _is_negative(value: str) -> bool:
    return value.startswith("-")


def _is_zero(value: str) -> bool:
    return float(value) == 0


# What writes statements, parameters or what an error quotes, and the values with which it is quiet. The site
# sends values within its statements (psycopg binds them in the client): a statement is what was typed,
# whatever `log_parameter_max_length` says. PostgreSQL 15, "Error Reporting and Logging"; and two extensions.
QUIET: dict[str, Callable[[str], bool]] = {
    "log_statement": _is("none"),
    "log_min_duration_statement": _is_negative,
    "log_min_duration_sample": _is_negative,
    "log_transaction_sample_rate": _is_zero,
    "log_min_messages": _SILENT_ON_ERRORS.__contains__,
    "log_min_error_statement": _is("panic"),
    "log_parameter_max_length_on_error": _is("0"),
    "debug_print_parse": _is("off"),
    "debug_print_rewritten": _is("off"),
    "debug_print_plan": _is("off"),
    "auto_explain.log_min_duration": _is_negative,
    "pgaudit.log": _is("none", ""),
}


def talkative(values: Mapping[str, str | None]) -> list[str]:
    """The settings, as « name = value », that let typed words into the log. None: no such one there."""
    return [
        f"{name} = {value}"
        for name, is_quiet in QUIET.items()
        if (value := values.get(name)) is not None and not is_quiet(value)
    ]


def check_database_log(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Run when a database is looked at: by `migrate`, `check --database default`, and `bin/serve`."""
    found = (talkative(_values_of(alias)) for alias in databases or ())
    return [_warning(said) for said in found if said]


def _values_of(alias: str) -> dict[str, str | None]:
    """Of this session: what the role, the database or the address change is in it."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name, true) FROM unnest(%s::text[]) AS name", [list(QUIET)]
        )
        return dict(cursor.fetchall())


def _warning(said: list[str]) -> Warning:
    text = _(
        "Le journal du serveur de base de données peut garder ce que tapent les visiteurs : %(settings)s."
    )
    hint = _(
        "Donnez à ces réglages les valeurs de compose.yaml (service « database ») : dans postgresql.conf ou, "
        "en superutilisateur, par « ALTER ROLE … SET » pour le rôle du site."
    )
    return Warning(text % {"settings": ", ".join(said)}, hint=hint, id="cms.W001")
