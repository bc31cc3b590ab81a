"""Gunicorn, on one's own machine (bin/serve) and in production (Dockerfile).

No access log; and since gunicorn's own messages quote addresses, and addresses can hold what was typed, its
logger keeps the fact and the traceback and drops the quotation.
"""

import os
from threading import Thread
from typing import Any

from gunicorn.glogging import Logger


class DiscreetLogger(Logger):
    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Invalid request"):
            msg, args = "Invalid request", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)


wsgi_app = "cms.wsgi:application"
bind = "127.0.0.1:8000"
workers = 2
# Threads, so that a browser's idle spare connection does not hold a whole worker.
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 5
accesslog = None
loglevel = "warning"
logger_class = DiscreetLogger
# The most that it counts: five hundred characters of any script, escaped, and the site answers in French.
limit_request_line = 8190
# A worker's heartbeat is a file: in memory where possible, since a slow disk would look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def post_worker_init(_worker: object) -> None:
    """In each worker, once it is apart, and aside: a database that does not answer holds nobody up."""
    Thread(target=_read_ahead, daemon=True).start()


def _read_ahead() -> None:
    from django.db import Error, connection

    from search.knowledge import read_ahead

    try:
        read_ahead()
    except Error:
        pass  # the first question will read it
    finally:
        connection.close()
