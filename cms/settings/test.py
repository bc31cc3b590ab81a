"""For pytest: the real engines, quick passwords, no hashed file names."""

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests-" + "x" * 40
SEARCH_TOKEN_KEY = "only-for-tests-too-" + "y" * 40
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SEARCH_RATE_LIMIT = 0
SEARCH_RATE_LIMIT_TOKEN = 0
WAGTAIL_AUTOSAVE_INTERVAL = 0
# Counts kept from one test would be read in the next.
CACHES = CACHES | {"local": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # noqa: F405
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
# The tests of Elasticsearch say themselves when it is used.
TEST_ELASTICSEARCH_URLS, ELASTICSEARCH_URLS = ELASTICSEARCH_URLS, []  # noqa: F405
# A lock that is never given back, or a plan gone wrong, ends in an error, not in a run without an end.
DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=60s -c statement_timeout=120s"  # noqa: F405
