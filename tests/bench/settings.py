"""The site as it is tested, with one address more: the floor that searches are compared with."""

from cms.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
