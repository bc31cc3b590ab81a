"""The site as it is tested, with one address more: the floor that searches are compared with."""

import os

from cms.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
# The server answers, with the index of that name.
if prefix := os.environ.get("BENCH_PREFIX"):
    ELASTICSEARCH_URLS, ELASTICSEARCH_PREFIX = TEST_ELASTICSEARCH_URLS, prefix  # noqa: F405
