"""Measure the type-ahead: `python tests/bench/suggest.py --entries 10000` (up to a million).

What people type, key after key, through `/api/v1/suggest`, in the directory and the site of `search.py`; in
turn with a view that does nothing. Prints p50 and p95 of both in milliseconds, and their ratio.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench import measures, search  # noqa: E402 - once the path is set

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
    options = search.arguments(__doc__).parse_args()
    texts = list(beginnings())
    with search.served(options) as site:
        reader = measures.Reader(site.port)
        asked = [f"/api/v1/suggest?{urlencode({'q': text})}" for text in texts]
        turns = [(reader.asking("/empty"), reader.asking(path)) for path in asked]
        found = measures.measured(lambda _number: turns, 1, options.rounds)
    low = measures.line("empty view", found.column(0))
    high = measures.line(f"suggest ({len(texts)} texts)", found.column(1))
    measures.ratio("ratio", high, low)
    measures.ratio_to_p50("ratio to the empty view's p50", high, low)
    measures.slowest(found.best(1), texts, 5)


def beginnings() -> Iterator[str]:
    """Every text as it stands after two letters, three, and so on to the end."""
    for text in TYPED:
        yield from (text[:length] for length in range(2, len(text) + 1))


if __name__ == "__main__":
    main()
