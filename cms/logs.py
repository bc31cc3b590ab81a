"""What the application writes down: the fact, never what somebody typed (domain.md D5, L1–L3).

A line about a request says its method and the *pattern* of its address ("s/<id:public_id>/"), never the
address itself. A traceback keeps its files and lines and the kind of the error, never its message, which
quotes values. Messages of other packages are written without the values that they carry.
"""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

_OUR_PACKAGES = ("cms", "search", "directory")
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class DiscreetFormatter(logging.Formatter):
    """The only formatter of the site's only handler."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        said = logging.makeLogRecord(
            record.__dict__ | {"msg": _words(record), "args": None, "exc_text": None}
        )
        said.stack_info = None
        return super().format(said)

    def formatException(self, ei: Any) -> str:
        return "\n".join(_trace(ei[1])) if ei[1] else ""


def _words(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is not None:
        return _about(request, getattr(record, "status_code", ""))
    is_ours = record.name.split(".")[0] in _OUR_PACKAGES
    return record.getMessage() if is_ours else str(record.msg)


def _about(request: Any, status: object) -> str:
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "(unknown address)"
    return f"{status} {getattr(request, 'method', '')} {route}".strip()


def _trace(error: BaseException | None) -> Iterator[str]:
    """The frames and kinds of an error and of those that led to it, the first cause last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}, most recent call last:"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}: {frame.line or ""}'
        error = error.__cause__ or error.__context__


def discreet_logging(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error through one formatter, nothing by mail."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": DiscreetFormatter}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "discreet"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Replaces Django's own handlers, among them the one that mails whole requests.
            "django": {"handlers": [], "level": level, "propagate": True},
            # The development server would write each address with its query.
            "django.server": {"handlers": ["nowhere"], "propagate": False},
        },
    }
