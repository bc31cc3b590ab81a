"""A search's address: the question, encrypted, that expires. No typed word is in any history or log."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

LIFETIME = 15 * 60  # seconds
_LONGEST = 6000  # characters: far above what a form can produce


class Expired(Exception):
    """The address is too old, or was never one of ours: an empty form, and no more."""


@lru_cache(maxsize=4)
def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"search address:" + key.encode()).digest()))


def seal(params: Mapping[str, Sequence[str]]) -> str:
    """Parameters → an opaque token, valid for LIFETIME seconds."""
    text = json.dumps(params, ensure_ascii=False, separators=(",", ":"))
    return _cipher(settings.SEARCH_TOKEN_KEY).encrypt(zlib.compress(text.encode())).decode().rstrip("=")


def unseal(token: str) -> dict[str, list[str]]:
    """The parameters back. Raises Expired for what is old, altered or foreign."""
    if len(token) > _LONGEST:
        raise Expired
    padded = token + "=" * (-len(token) % 4)
    try:
        packed = _cipher(settings.SEARCH_TOKEN_KEY).decrypt(padded.encode(), ttl=LIFETIME)
        params = json.loads(zlib.decompress(packed))
    except (InvalidToken, zlib.error, ValueError) as error:
        raise Expired from error
    if not isinstance(params, dict):
        raise Expired
    return params
