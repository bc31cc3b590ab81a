"""The site as it is tested, with addresses more: the floors that searches are compared with."""

from tests.served_settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
