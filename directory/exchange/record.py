"""One line of a partner's file, cleaned: the same shape whatever the file."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Record:
    """`longitude`/`latitude` are degrees WGS 84, None when only the commune is known; `precision`: address, commune."""

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
    line: int
    message: str


class Unreadable(Exception):
    """The file cannot be read at all; the message says why and what to do."""
