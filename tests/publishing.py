"""From the publication of an entry to the search that finds it, as a reader meets it."""

import time

import orjson

from tests.serving import ServedSite

PAUSE = 0.02  # seconds, between two questions


def seconds_until_found(site: ServedSite, word: str, engine: str, patience: float) -> float:
    """From now to the answer, by that engine, in which a service or a page holds `word`. AssertionError after
    `patience` seconds."""
    started = time.monotonic()
    while (spent := time.monotonic() - started) < patience:
        found = orjson.loads(site.get("/api/v1/search", {"q": word}).text)
        named = [one["name"] for one in found["services"]] + [one["title"] for one in found["guides"]]
        if found["engine"] == engine and any(word in name for name in named):
            return time.monotonic() - started
        time.sleep(PAUSE)
    raise AssertionError(f"« {word} » not found by {engine} in {spent:.1f} s")
