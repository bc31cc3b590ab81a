"""Measure the type-ahead: `python tests/bench/suggest.py --entries 10000`.

What people type, key after key, through `/api/v1/suggest`, in the directory and the site of `search.py`; in
turn with a view that does nothing. Prints p50 and p95 of both in milliseconds, and their ratio.
"""

import argparse
import http.client
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
os.environ["SEARCH_RATE_LIMIT"] = "0"

TYPED = (
    "violences conjugales à Grenoble",
    "hébergement d’urgence saint-martin",
    "CRIP",
    "association bat",
    "ma fille de 14 ans escort",
    "mon mari me frappe à Voiron",
    "brigade de gendarmerie",
    "accueil de jour la mure",
    "38500",
    "psychologue",
)


def main() -> None:
    import django

    from tests.bench import search

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000, choices=(1000, 10_000))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(namespace=argparse.Namespace(clients=1, elasticsearch=False))
    django.setup()
    with search.served(search.prepare(options.entries), options) as (port, _process):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        asked = [f"/api/v1/suggest?{urlencode({'q': text})}" for text in beginnings()]
        empty, suggested = search.rounds(client, [("/empty", path) for path in asked], options.rounds)
        low = search.line("empty view", [one for times in empty for one in times])
        high = search.line(f"suggest ({len(asked)} texts)", [one for times in suggested for one in times])
        print(f"ratio                     p50 {high[0] / low[0]:6.2f}   p95 {high[1] / low[1]:6.2f}")
        print(f"p95 of suggest to p50 of empty {high[1] / low[0]:6.2f}")
        slowest = sorted(zip(suggested, beginnings(), strict=True), key=lambda one: -min(one[0]))[:5]
        print("slowest:", ", ".join(f"« {text} » {min(times) * 1000:.1f}" for times, text in slowest))


def beginnings() -> list[str]:
    return list(_beginnings())


def _beginnings() -> Iterator[str]:
    """Every text as it stands after two letters, three, and so on to the end."""
    for text in TYPED:
        yield from (text[:length] for length in range(2, len(text) + 1))


if __name__ == "__main__":
    main()
