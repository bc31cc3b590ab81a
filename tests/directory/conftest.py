"""The whole country, loaded once for a module that needs it, and taken out after."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from directory import reference


@pytest.fixture(scope="module")
def _country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        _empty()
        reference.load_communes()
    yield
    with django_db_blocker.unblock():
        _empty()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_commune, directory_area CASCADE")


@pytest.fixture
def whole_country(_country: None, db: None) -> None:
    """Every commune, department and EPCI, as `load_reference` brings them (three seconds, once a module)."""


@pytest.fixture
def actor_types(db: None) -> None:
    """Every type of the shipped table."""
    reference.load_actor_types()
