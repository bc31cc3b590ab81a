"""The whole country, loaded once for a module that needs it; partners' files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from directory import reference
from directory.models import Service
from tests.directory.partners import ASSO, FULL, HEADER, MAPPING, run


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


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, header: str = HEADER, encoding: str = "utf-8", ending: str = "\r\n") -> Path:
        path = tmp_path / "partenaire.csv"
        path.write_bytes(ending.join([header, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "correspondance.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def imported(file: Callable[..., Path], mapping: Path) -> Service:
    run(file(ASSO, header=FULL), "--mapping", mapping, "--wet-run", source="essai")
    return Service.objects.get(source="essai")
