"""Every question, and one variant of each, asked once over the demonstration, in a transaction that is rolled
back: nothing is left for the other tests. The report asks all the variants."""

import fcntl
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.relevance.judging import Verdict
from tests.relevance.questions import read_requirements
from tests.relevance.runner import load_demonstration, maillage, run
from tests.relevance.variants import one_variant_each


@dataclass(frozen=True)
class Outcome:
    verdicts: list[Verdict]
    variants: list[Verdict]


@pytest.fixture(scope="session")
def outcome(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    """Computed by one worker and read by the others, when there are several."""

    def compute() -> Outcome:
        with django_db_blocker.unblock():
            return _ask_everything()

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return compute()
    return _once(tmp_path_factory.getbasetemp().parent / "relevance", compute)


def _ask_everything() -> Outcome:
    requirements = read_requirements()
    with transaction.atomic():
        load_demonstration()
        verdicts = run(maillage, requirements)
        variants = run(partial(maillage, with_readings=False), one_variant_each(requirements))
        transaction.set_rollback(True)
    return Outcome(verdicts, variants)


def _once(path: Path, compute: Callable[[], Outcome]) -> Outcome:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_bytes(pickle.dumps(compute()))
        return pickle.loads(path.read_bytes())
