"""On one's own machine, over plain http: what `bin/serve` runs."""

import os
from secrets import token_urlsafe

from cms.settings.base import *  # noqa: F403

DEBUG = os.environ.get("DEBUG") == "1"
# Without `bin/serve` (which keeps its keys under var/) a key that lives as long as the process.
SECRET_KEY = os.environ.get("SECRET_KEY") or token_urlsafe(50)
SEARCH_TOKEN_KEY = os.environ.get("SEARCH_TOKEN_KEY") or SECRET_KEY
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Passkeys over http: browsers allow them on http://localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
# As in production but not compressed: that takes a minute, and spares nothing on the same machine.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
