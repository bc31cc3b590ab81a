"""Ask the Elasticsearch of ELASTICSEARCH_URL for its version; exits with 1, and says why, when it is unwell.

The settings are those that the site reads. Addresses are printed without the password that they may hold.
"""

import base64
import json
import os
import ssl
import sys
import urllib.error
import urllib.request
from urllib.parse import unquote, urlsplit, urlunsplit


def main() -> int:
    told = []
    for url in os.environ.get("ELASTICSEARCH_URL", "").split(","):
        shown = _without_password(url.strip())
        try:
            print(f"{_version(url.strip())} at {shown}")
            return 0
        except (OSError, ValueError, KeyError) as error:
            told.append(f"{shown}: {getattr(error, 'reason', None) or error}")
    print("; ".join(told))
    return 1


def _version(url: str) -> str:
    """The cluster's version, once its indexes can be read."""
    _get(url, "/_cluster/health?wait_for_status=yellow&timeout=20s")
    return str(_get(url, "/")["version"]["number"])


def _get(url: str, path: str) -> dict:
    request = urllib.request.Request(_without_password(url).rstrip("/") + path, headers=_who_asks(url))
    context = ssl.create_default_context(cafile=os.environ.get("ELASTICSEARCH_CA_CERTS") or None)
    # Straight to it: a proxy of the environment is for the world outside.
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    with opener.open(request, timeout=25) as answer:
        return json.load(answer)


def _who_asks(url: str) -> dict[str, str]:
    if key := os.environ.get("ELASTICSEARCH_API_KEY"):
        return {"Authorization": f"ApiKey {key}"}
    parts = urlsplit(url)
    user = os.environ.get("ELASTICSEARCH_USER") or unquote(parts.username or "")
    password = os.environ.get("ELASTICSEARCH_PASSWORD") or unquote(parts.password or "")
    if not user:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


if __name__ == "__main__":
    sys.exit(main())
