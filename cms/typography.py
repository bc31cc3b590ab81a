"""French spaces: what a typist leaves out and a reader expects."""

import re

_BEFORE = re.compile(r" ([:;!?»%])")
_AFTER = re.compile(r"« ")


def spaced(escaped: str) -> str:
    """No-break spaces before : ; ! ? » % and after «, in text that is escaped already."""
    return _AFTER.sub("«\u00a0", _BEFORE.sub("\u00a0\\1", escaped))
