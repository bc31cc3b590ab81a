"""Every address of the URLconf, enumerated from it, with sample arguments. One without fails the test."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Address:
    """`template` is "/s/%(public_id)s/"; `names` its parameters."""

    template: str
    names: tuple[str, ...]

    def filled(self, values: dict[str, Any]) -> str:
        return self.template % values


class Unreachable(Exception):
    """A pattern of the URLconf that no template can be made of."""


def all_addresses() -> list[Address]:
    """Sorted and without doubles."""
    found = {address.template: address for address in _walk(get_resolver(), "")}
    return [found[template] for template in sorted(found)]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        for part in _templates(entry):
            if isinstance(entry, URLPattern):
                template = "/" + prefix + part
                yield Address(template, tuple(PLACEHOLDER.findall(template)))
            else:
                yield from _walk(entry, prefix + part)


def _templates(entry: URLPattern | URLResolver) -> list[str]:
    """A route or a regular expression as templates (a language prefix is its own text)."""
    pattern = getattr(entry.pattern, "regex", None)
    if pattern is None:
        raise Unreachable(str(entry))
    templates = [template for template, _names in normalize(pattern.pattern)]
    if not templates:
        raise Unreachable(str(entry))
    # Optional parts come first without, then with: the fullest says most.
    return [max(templates, key=len)]


def fillings(address: Address, samples: dict[str, list[Any]]) -> list[str]:
    """The address with each sample in turn. KeyError names the parameter that has none."""
    if not address.names:
        return [address.template.replace("%%", "%")]
    longest = max(len(samples[name]) for name in address.names)
    return [
        address.filled({name: samples[name][turn % len(samples[name])] for name in address.names})
        for turn in range(longest)
    ]
