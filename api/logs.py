"""Logs as lines of JSON, each with the id of its request, and never with a name, a case or a key."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import IO

from flask import Response, g, request

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = logging.getLogger("clew.access")


class JsonLines(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": record.process,
            "message": record.getMessage(),
        }
        said |= getattr(record, "about", {})
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def to_lines(stream: IO[str] | None = None, level: int = logging.INFO) -> None:
    """Send the log of this process as lines of JSON to a stream, by default to standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)


def begin() -> None:
    """Give the request an id: the one it came with where that is one, else a new one."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
    g.began = time.perf_counter()


def finish(response: Response, who: str) -> None:
    """Tell the caller the id, and write one line about the request: the path without what was asked for."""
    if "request_id" not in g:  # refused before it began
        begin()
    response.headers["X-Request-Id"] = g.request_id
    route = request.url_rule.rule if request.url_rule else ""
    took = round((time.perf_counter() - g.began) * 1000, 1)
    about = {
        "request": g.request_id,
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": took,
        "who": who,
    }
    log.info("%s %s %s", request.method, route or "nowhere", response.status_code, extra={"about": about})
