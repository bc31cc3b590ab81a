"""One line of a partner's file, cleaned: the same shape whatever the file."""

from dataclasses import asdict, dataclass
from typing import Any

# What says where: one thing, so that a street is never joined to the commune of another source.
WHERE = ("commune", "street", "postal_code", "longitude", "latitude", "precision")


@dataclass(frozen=True)
class Record:
    """`longitude`/`latitude` are degrees WGS 84, None when only the commune is known.

    `precision`: address or commune. Of a type that hides its address nothing says where: `commune` is
    empty, and `department` alone places it.
    """

    line: int
    source_id: str
    name: str
    type: str
    commune: str
    department: str
    organisation: str
    summary: str
    description: str = ""
    street: str = ""
    postal_code: str = ""
    longitude: float | None = None
    latitude: float | None = None
    precision: str = "commune"
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""

    def values(self) -> dict[str, Any]:
        """What is compared and remembered: all but where it stood in the file."""
        return {name: value for name, value in asdict(self).items() if name not in ("line", "source_id")}


@dataclass(frozen=True)
class LineError:
    """`source_id` when it could be read: what is in the file, however badly written, is not missing."""

    line: int
    message: str
    source_id: str = ""


class Unreadable(Exception):
    """The file cannot be read at all; the message says why and what to do."""
