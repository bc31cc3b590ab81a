"""Measure what is published until it is found: `python tests/bench/publishing.py --entries 1000 --times 20`.

Entries of the directory of `search.py` are published again under a new name, one after the other, and the
site, served with its worker, is asked for that name without end. Prints the median and the worst of the
seconds from the end of the publication to the answer; with `--elasticsearch`, of that engine. A first one
warms up and does not count. The names come back afterwards.
"""

import os
import random
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

from tests.bench import search  # noqa: E402 - once the path is set
from tests.publishing import seconds_until_found  # noqa: E402
from tests.serving import ServedSite, served_worker  # noqa: E402

PATIENCE = 30  # seconds


def main() -> None:
    parser = search.arguments(__doc__)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    engine = "elasticsearch" if options.elasticsearch else "postgresql"
    with ExitStack() as stack:
        site = stack.enter_context(search.served(options))
        if options.elasticsearch:
            stack.enter_context(served_worker("tests.bench.settings", **search.environment(options)))
        published_and_found(site, engine, 0)
        seconds = [published_and_found(site, engine, number) for number in range(1, options.times + 1)]
        time.sleep(1)  # the last names are followed too
    print(f"found by {engine} after {len(seconds)} publications:", end=" ")
    print(f"median {median(seconds):.2f} s, worst {max(seconds):.2f} s")


def published_and_found(site: ServedSite, engine: str, number: int) -> float:
    """Seconds, of the publication of the entry of that number."""
    from directory import editing
    from directory.visibility import ANONYMOUS, visible_services
    from tests.bench.corpus import made_up_word

    service = visible_services(ANONYMOUS).order_by("pk")[number]
    before, word = service.name, made_up_word(random.Random(f"publication {number}")) + "ix"
    service.name = f"Accueil {word}"
    editing.publish(service)
    try:
        return seconds_until_found(site, word, engine, PATIENCE)
    finally:
        service.name = before
        editing.publish(service)


if __name__ == "__main__":
    main()
