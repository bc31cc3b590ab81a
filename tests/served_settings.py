"""The settings of the tests, for a site served in a process of its own: its environment names its engine."""

import os

from cms.settings.test import *  # noqa: F403

ELASTICSEARCH_URLS = [url for url in os.environ.get("SERVED_ELASTICSEARCH_URL", "").split(",") if url]
