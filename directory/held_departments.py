"""The departments where this directory holds services: of communes called alike, theirs are meant first."""

from typing import Any, TypeVar

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from directory.models import Service

Places = TypeVar("Places", bound=QuerySet[Any])

# Neither a draft nor what is kept to a team: an order tells that something is there.
_SHOWN = "live AND state <> 'ferme' AND audience <> 'equipe'"
# From one to the next by the index: services are a hundred thousand, departments a hundred.
WITH_HELD = f"""WITH RECURSIVE held AS (
    (SELECT department FROM directory_service WHERE {_SHOWN} ORDER BY department LIMIT 1)
    UNION ALL
    SELECT (SELECT department FROM directory_service
        WHERE department > held.department AND {_SHOWN} ORDER BY department LIMIT 1)
    FROM held WHERE held.department IS NOT NULL)"""
AMONG_HELD = "department IN (SELECT department FROM held WHERE department IS NOT NULL)"
_IS_HELD = AMONG_HELD.replace("(SELECT", f"({WITH_HELD} SELECT", 1)


def is_held(department: str) -> bool:
    shown = RawSQL(_SHOWN, [], output_field=BooleanField())
    return Service.objects.filter(shown, department=department).exists()


def with_held(places: Places) -> Places:
    """`is_held`: of a department of the directory. Of communes or areas."""
    table = places.model._meta.db_table
    return places.annotate(is_held=RawSQL(f"{table}.{_IS_HELD}", [], output_field=BooleanField()))
