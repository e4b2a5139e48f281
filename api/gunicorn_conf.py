"""How gunicorn runs the application: several processes, each with threads, logs as JSON, figures added up.

`clew serve --workers N` uses it; so does `gunicorn -c python:clew.api.gunicorn_conf 'clew.api.app:create_app()'`.
Everything here can be set otherwise on gunicorn's own command line.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # it must be known before any counter is made
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="clew-figures-")

worker_class = "gthread"
workers = 2
threads = 4
timeout = 120  # seconds until a process that hangs is replaced; a request in it is lost
graceful_timeout = 30
keepalive = 5
limit_request_line = 8190  # longer queries come by POST
control_socket_disable = True
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": f"{__package__}.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
    "root": {"level": "INFO", "handlers": ["lines"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["lines"], "propagate": False}},
}


def child_exit(server: Any, worker: Any) -> None:
    """Close the figures of a process that ended."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def worker_exit(server: Any, worker: Any) -> None:
    """End the processes that a server process has started."""
    from .app import close

    app = getattr(worker, "wsgi", None)
    if app is not None:
        close(app)


def on_exit(server: Any) -> None:
    """Take the figures away when all is over."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
