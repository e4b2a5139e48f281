"""How a service is operated: where it keeps its state, whom it lets in, how much they may ask, what it writes down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_openapi3.openapi import OpenAPI
from pydantic import Field

from ..errors import ClewError
from . import access, logs, metrics, problems
from .access import NOBODY, Caller, NoKey, NotAllowed
from .audit import AuditUnwritable, Decided, Ledger, engine_version
from .jobs import Jobs
from .keys import Keys
from .limits import Allowance, Gate, TooMany
from .live import answer, current
from .models import Stamped
from .models import problems as described
from .store import Home, home

_EXTENSION = "clew.operation"
NO_AUTH = "CLEW_NO_AUTH"  # 1: this machine may ask without a key
JOB_WORKERS = "CLEW_JOB_WORKERS"
RATE = "CLEW_RATE"  # requests a second of one caller; 0 for no limit
_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class ReadyModel(Stamped):
    """That the service can answer."""

    status: str = Field(description="`ready`.", examples=["ready"])
    keys: bool = Field(description="Whether keys are asked for.", examples=[True])
    audit: bool = Field(description="Whether decisions are written down.", examples=[True])


@dataclass(frozen=True, slots=True)
class Operation:
    """How a service is operated.

    Attributes:
        home: The installation with the keys, the audit log and the jobs; without one nothing is kept.
        open: Whether this machine may ask without a key even though there are keys.
        allowance: How much one caller may ask; nothing for no limit.
        workers: Processes that work on jobs.
    """

    home: Home | None = None
    open: bool = False
    allowance: Allowance | None = field(default_factory=Allowance)
    workers: int = 1

    @classmethod
    def of_environment(cls) -> Operation:
        """Return how the installation that the environment names is operated."""
        asked = os.environ
        rate = float(asked[RATE]) if asked.get(RATE) else Allowance().rate
        return cls(home(), asked.get(NO_AUTH) == "1", Allowance(rate), int(asked.get(JOB_WORKERS, "1")))


class Running:
    """What one server process has at hand while it runs."""

    def __init__(self, operation: Operation) -> None:
        """Open what the installation keeps."""
        engine_version()  # of the files as they are now, not as they may be at the first check
        kept = operation.home
        self.ledger = Ledger(kept.audit) if kept else None
        self.jobs = Jobs(kept, operation.workers) if kept else None
        self.gate = Gate(operation.allowance) if operation.allowance else None
        self._open, self._home = operation.open, kept
        self._keys = Keys(kept.keys) if kept else None

    @property
    def keys(self) -> Keys | None:
        """Return the keys that are asked for; nothing while the installation has none, or when it is open."""
        return self._keys if self._home and not self._open and self._home.keys.exists() else None


def running() -> Running:
    """Return what the application of this request has at hand."""
    found: Running = current_app.extensions[_EXTENSION]
    return found


def decided(document: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Write down a decision where decisions are kept, and return its id.

    Raises:
        AuditUnwritable: It cannot be written down; the answer must not be given then.
    """
    made = Decided.now(document, found, strict=True)
    ledger = running().ledger
    if ledger:
        ledger.check(made, access.caller().id, request=g.request_id)
    metrics.DECISIONS.labels(found["decision"]).inc()
    return made.id


def operate(app: OpenAPI, operation: Operation) -> None:
    """Have an application let in, limit, count and write down what the operation says."""
    app.extensions[_EXTENSION] = Running(operation)
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_leave)
    for kind in (NoKey, NotAllowed, TooMany):
        app.register_error_handler(kind, _refused)
    _routes(app)


def close(app: Flask) -> None:
    """End the processes that work on jobs; what they had begun is begun again later."""
    found: Running = app.extensions[_EXTENSION]
    if found.jobs:
        found.jobs.close()


def _begin() -> None:
    """Let a request in, or refuse it, before anything looks at what it asks."""
    logs.begin()
    here, address = running(), request.remote_addr or ""
    if here.gate and here.keys:
        here.gate.guessed(address, cost=0)
    try:
        g.caller = access.admit(here.keys)
    except NoKey:
        if here.gate and access.shown_key():
            here.gate.guessed(address)
        raise
    if here.gate and access.needed(request.method, request.path):
        name = g.caller.id if here.keys else address
        here.gate.enter(name)
        g.entered = name


def _leave(error: BaseException | None) -> None:
    gate = running().gate
    if gate and "entered" in g:
        gate.leave(g.pop("entered"))


def _finish(response: Response) -> Response:
    caller: Caller = g.get("caller", NOBODY)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if running().keys:
        response.vary.update(("Authorization", "X-API-Key"))
        response.cache_control.private = True
    metrics.observe(response)
    logs.finish(response, caller.id)
    return response


def _refused(error: ClewError) -> Response:
    """Return a refusal with the header that its status asks for."""
    response = problems.of_clew(error)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.after)
    if isinstance(error, NoKey):
        response.headers.add("WWW-Authenticate", 'Bearer realm="clew"')
        if request.blueprint == "pages":  # a browser asks its reader for the key as a password
            response.headers.add("WWW-Authenticate", 'Basic realm="clew", charset="UTF-8"')
    return response


def _routes(app: OpenAPI) -> None:
    text = {"description": "Figures in the text format.", "content": {"text/plain": {"schema": {"type": "string"}}}}

    @app.get("/metrics", responses={200: text, **described(401, 403, 429)})
    def figures() -> Response:
        """Tell figures for Prometheus."""
        manifest = current().release.manifest
        jobs = running().jobs
        return metrics.exposition(manifest.id, manifest.rules_version, jobs.table.states() if jobs else {})

    @app.get("/readyz", responses={200: ReadyModel, **described(503)})
    def readyz() -> Response:
        """Tell whether the service can answer: the release is open, and decisions can be written down."""
        if not current().release.data.ask("ASK { ?s ?p ?o }"):
            raise AuditUnwritable("the release is empty", help="build a release")
        ledger = running().ledger
        if ledger:
            ledger.check_writable()
        return answer({"status": "ready", "keys": bool(running().keys), "audit": ledger is not None})
