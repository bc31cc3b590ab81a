"""The text files of the demonstration, read once for the tests that check every line of them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from directory import demo, reference

Row = dict[str, Any]


@cache
def organisations() -> list[Row]:
    return demo.read_organisations()


@cache
def areas() -> list[Row]:
    return demo.read_areas()


@cache
def types() -> dict[str, Row]:
    return {row["slug"]: row for row in reference.shipped_rows("actor_types.toml", "type")}


def services() -> Iterator[tuple[Row, Row]]:
    """Each organisation with each of its services."""
    for organisation in organisations():
        for service in organisation.get("service", []):
            yield organisation, service


def children(name: str) -> Iterator[tuple[Row, Row]]:
    """Each service with each of its places, or contacts."""
    for _organisation, service in services():
        for child in service.get(name, []):
            yield service, child
