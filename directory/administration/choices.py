"""The lists offered in the administration."""

from typing import Any

from directory import taxonomy
from directory.gazetteer import department_names
from directory.models import ActorType, Helpline
from directory.visibility import Viewer

Choices = list[tuple[Any, Any]]


def department_choices(viewer: Viewer, current: str = "") -> Choices:
    """The departments that `viewer` keeps, and the entry's own one for an administrator."""
    names = department_names()
    codes = (
        sorted(names) if viewer.sees_all and not current else sorted(viewer.coordinates | ({current} - {""}))
    )
    return [(code, f"{names.get(code, code)} ({code})") for code in codes]


def type_choices(current: int | None = None) -> Choices:
    """Types in use, by family, then by name as they are said."""
    families: dict[str, Choices] = {slug: [] for slug in taxonomy.FAMILIES.slugs}
    for one in ActorType.objects.filter(kind="structure").order_by("rank", "name", "pk"):
        if one.is_open or one.pk == current:
            families[one.family].append((one.pk, f"{one.acronym} — {one.name}" if one.acronym else one.name))
    return [("", "—"), *((taxonomy.FAMILIES.label(slug), types) for slug, types in families.items() if types)]


def helpline_choices() -> Choices:
    return [
        (line.key, f"{line.display} — {line.label}")
        for line in Helpline.objects.order_by("rank", "key", "pk")
    ]
