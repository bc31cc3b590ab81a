"""The departments where this directory holds services: of communes called alike, theirs are meant first."""

from typing import TypeVar

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from directory.models import Commune

Communes = TypeVar("Communes", bound=QuerySet[Commune])

# From one to the next by the index: services are a hundred thousand, departments a hundred.
IS_HELD = """department IN (
WITH RECURSIVE held AS (
    (SELECT department FROM directory_service ORDER BY department LIMIT 1)
    UNION ALL
    SELECT (SELECT department FROM directory_service AS further
        WHERE further.department > held.department ORDER BY department LIMIT 1)
    FROM held WHERE held.department IS NOT NULL)
SELECT department FROM held WHERE department IS NOT NULL)"""


def with_held(communes: Communes) -> Communes:
    """`is_held`: of a department of the directory."""
    return communes.annotate(is_held=RawSQL(f"directory_commune.{IS_HELD}", [], output_field=BooleanField()))
