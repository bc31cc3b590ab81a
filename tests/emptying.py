"""The database after a test that committed: as the migrations left it, without making anew what they made."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

# What follows from the models alone. Django's own flush takes it away, then puts the same rows back.
_LASTING = {ContentType._meta.db_table, Permission._meta.db_table}


def empty_database(_case: Any = None) -> None:
    """Every row of every table, as `flush` takes them. A test wrote few: they are deleted sooner than a
    hundred tables are made again, and in any order, since keys are checked at the end."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    rows = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables if table not in _LASTING]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(rows))
