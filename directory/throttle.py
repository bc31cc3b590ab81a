"""How many searches a reader may make a minute, counted once for all the workers, in one statement.

The reader is a keyed hash of the address and the minute: nothing that lasts says who searched.
"""

import hmac
from hashlib import sha256
from random import random
from time import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

_COUNT = """
INSERT INTO directory_tally AS tally (reader, minute, hits) VALUES (%s, %s, 1)
ON CONFLICT (reader) DO UPDATE SET hits = tally.hits + 1 RETURNING hits"""
_FORGET = "DELETE FROM directory_tally WHERE minute < %s"


def seconds_to_wait(request: HttpRequest, kind: str = "search", share: int = 1, times: int = 1) -> int:
    """0 when the reader may go on, else the seconds to wait. Nothing is counted when limits are lifted.

    `share`: what takes longer than a search is allowed as many times less; `times`: what comes by the dozen
    (each key of a sentence, each part of a map), as many times more. Each `kind` is counted apart: what is
    suggested while typing takes nothing from the searches.
    """
    has_token = getattr(request, "has_api_token", False)
    limit = settings.SEARCH_RATE_LIMIT_TOKEN if has_token else settings.SEARCH_RATE_LIMIT
    if not settings.SEARCH_RATE_LIMIT or not limit:
        return 0
    limit = max(1, limit * times // share)
    minute, second = divmod(int(time()), 60)
    return 60 - second if _hits(_reader(request, kind, minute), minute) > limit else 0


def _reader(request: HttpRequest, kind: str, minute: int) -> str:
    # Only a token that was recognised tells who asks: any other header would be a new reader each time.
    has_token = getattr(request, "has_api_token", False)
    address = request.META.get("HTTP_AUTHORIZATION" if has_token else "REMOTE_ADDR", "")
    told = f"{kind}|{minute}|{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, sha256).hexdigest()[:40]


def _hits(reader: str, minute: int) -> int:
    with connection.cursor() as cursor:
        if random() < 0.01:
            cursor.execute(_FORGET, [minute - 1])
        cursor.execute(_COUNT, [reader, minute])
        return cursor.fetchone()[0]
