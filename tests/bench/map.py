"""Measure the map: `python tests/bench/map.py --entries 10000`.

What `/api/v1/map` answers for a view of a town, of a department and of France, in the directory and the site
of `search.py`; in turn with the floor of the searches, twenty cards loaded by key and rendered. Prints p50
and p95 of each in milliseconds, and their ratio to the floor's p50.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench import measures, search  # noqa: E402 - once the path is set

# West, south, east, north in degrees, and the zoom at which a map some 800 pixels wide shows them.
VIEWS = {
    "a town (Grenoble)": {"bbox": "5.66,45.14,5.80,45.22", "zoom": "13"},
    "a department (Isère)": {"bbox": "4.74,44.69,6.36,45.89", "zoom": "9"},
    "France": {"bbox": "-5.2,41.3,9.6,51.1", "zoom": "6"},
}
ASKED: tuple[dict[str, str], ...] = (
    {},
    {"q": "violences conjugales"},
    {"q": "hébergement", "lieu": "insee:38185"},
    {"lieu": "insee:38185"},
    {"type": "siao-115"},
    {"public": "femmes", "besoin": "hebergement"},
    {"q": "association"},
    {"q": "dépôt de plainte", "ouvert": "maintenant"},
)


def main() -> None:
    options = search.arguments(__doc__).parse_args()
    names = [(view, asked) for view in VIEWS for asked in ASKED]
    paths = [f"/api/v1/map?{urlencode(VIEWS[view] | asked)}" for view, asked in names]
    with search.served(options) as site:
        reader = measures.Reader(site.port)
        floors = search.floor_paths(options.entries, len(paths))
        turns = [(reader.asking(low), reader.asking(high)) for low, high in zip(floors, paths, strict=True)]
        found = measures.measured(lambda _number: turns, 1, options.rounds)
    low = measures.line("floor (20 cards by key)", found.column(0))
    for view in VIEWS:
        rows = [rounds for (of, _asked), rounds in zip(names, found.times[0][1], strict=True) if of == view]
        high = measures.line(view, [one for rounds in rows for one in rounds])
        measures.ratio_to_p50("ratio to the floor's p50", high, low)
    measures.slowest(found.best(1), names, 5)


if __name__ == "__main__":
    main()
