"""Every question of the embedded engine, every other one of Elasticsearch, and one variant of every fourth
one, asked once over the demonstration, in a transaction rolled back: nothing is left for the other tests. The
report asks everything of both; the contract's tests hold both to the same answers."""

import fcntl
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.relevance.judging import Verdict
from tests.relevance.questions import read_requirements
from tests.relevance.runner import load_demonstration, maillage, on_elasticsearch, run
from tests.relevance.variants import one_variant_each
from tests.search.elastic_tools import WITHOUT, elastic_urls


@dataclass(frozen=True)
class Outcome:
    """`variants`: of the embedded engine only."""

    verdicts: list[Verdict]
    variants: list[Verdict]


Outcomes = dict[str, Outcome]  # by the name of the engine


@pytest.fixture(scope="session")
def outcomes(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Outcomes:
    """Computed by one worker and read by the others, when there are several."""

    def compute() -> Outcomes:
        with django_db_blocker.unblock():
            return _ask_everything()

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return compute()
    return _once(tmp_path_factory.getbasetemp().parent / "relevance", compute)


@pytest.fixture(params=["postgresql", "elasticsearch"])
def outcome(request: pytest.FixtureRequest, outcomes: Outcomes) -> Outcome:
    if request.param == "elasticsearch":
        elastic_urls(settings)
    return outcomes[request.param]


def _ask_everything() -> Outcomes:
    with transaction.atomic():
        load_demonstration()
        requirements = read_requirements()
        variants = run(partial(maillage, with_readings=False), one_variant_each(requirements[::4]))
        outcomes = {"postgresql": Outcome(run(maillage, requirements), variants)}
        if os.environ.get(WITHOUT) != "1":
            with on_elasticsearch(elastic_urls(settings)):
                outcomes["elasticsearch"] = Outcome(run(maillage, requirements[::2]), [])
        transaction.set_rollback(True)
    return outcomes


def _once(path: Path, compute: Callable[[], Outcomes]) -> Outcomes:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_bytes(pickle.dumps(compute()))
        return pickle.loads(path.read_bytes())
