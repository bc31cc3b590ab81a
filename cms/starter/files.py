"""The files of the starter site: one page each, in the order in which they can be made."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MODELS = ("home", "index", "standard", "guide", "reflex", "measure", "resource", "chapter")
FRENCH, ENGLISH = "fr", "en"


@dataclass(frozen=True)
class StarterPage:
    """`fields` are those of the model as they are; links in `body` are not resolved yet."""

    language: str
    model: str
    slug: str
    parent: str
    order: int
    fields: Mapping[str, Any]
    body: tuple[Mapping[str, Any], ...]
    digest: str = field(compare=False)


@cache
def starter_pages(language: str = FRENCH) -> tuple[StarterPage, ...]:
    """Parents before children, then by order: as they are to be made."""
    pages = (_read(path, language) for path in sorted((FOLDER / language).glob("*.toml")))
    return tuple(
        sorted(pages, key=lambda page: (MODELS.index(page.model), page.parent, page.order, page.slug))
    )


def _read(path: Path, language: str) -> StarterPage:
    text = path.read_text(encoding="utf-8")
    content = tomllib.loads(text)
    fields = dict(content["page"])
    named = {name: fields.pop(name, "") for name in ("model", "slug", "parent")}
    order = fields.pop("order", 0)
    body = tuple(content.get("body", ()))
    return StarterPage(language, **named, order=order, fields=fields, body=body, digest=_digest(text))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def fields_for(page: StarterPage, model: Any) -> dict[str, Any]:
    """What the file says that this model holds: every file may say subjects, not every page has them."""
    held = {one.name for one in model._meta.get_fields()}
    return {name: value for name, value in page.fields.items() if name in held}


def rewritten(value: Any, rewrite: Any) -> Any:
    """The same value with each of its texts rewritten."""
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, Mapping):
        return {name: rewritten(part, rewrite) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [rewritten(part, rewrite) for part in value]
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a body, links included."""
    found: list[str] = []
    rewritten(value, lambda text: found.append(text) or text)
    yield from found
