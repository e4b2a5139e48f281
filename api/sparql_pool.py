"""Worker processes for queries of strangers: a few that answer, one more in reserve.

A query that runs too long, takes too much memory or makes the engine fall over costs its worker process and nothing
else. The reserve takes the place at once, and a new process warms up in the background.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from ..errors import ClewError, QueryError, QueryTimeout, ReleaseError
from ..ontology import BASE

_START = 60.0  # seconds a worker may take to open a release on a busy machine


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use.

    Attributes:
        seconds: Time of the clock until the worker is ended.
        memory: Bytes of memory beyond what an idle worker has.
        rows: Rows or triples of an answer; the rest is left out and the answer says so.
        size: Bytes of an answer; a larger one is refused.
        workers: Queries that may run at the same time.
    """

    seconds: float = 10.0
    memory: int = 512 * 1024 * 1024
    rows: int = 10_000
    size: int = 32 * 1024 * 1024
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the formats the caller takes and the graphs it is asked of; no graphs means all of them.

    Attributes:
        text: The query; its relative IRIs are short for those of Clew, such as `<place/RU>`.
        table: The form of rows; empty when the caller takes none.
        graph: The form of triples; empty when the caller takes none.
        defaults: Graphs of the default graph.
        named: Named graphs.
        own_dataset: Whether the query itself names its graphs.
        base: What relative IRIs are relative to.
    """

    text: str
    table: str = "application/sparql-results+json"
    graph: str = "text/turtle"
    defaults: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    own_dataset: bool = False
    base: str = BASE


@dataclass(frozen=True, slots=True)
class Result:
    """An answer as bytes in a format, and whether rows were left out."""

    kind: str
    body: bytes
    more: bool


class NotAcceptable(ClewError):
    """The answer has a form that the caller does not take."""

    status = 406


class Worker:
    """One process with the pipe that leads to it."""

    def __init__(self, store: Path, limits: Limits) -> None:
        """Start the process; it gets ready by itself."""
        self._pipe, far = Pipe()
        command = [sys.executable, "-m", f"{__package__}.sparql_worker", str(far.fileno()), str(store)]
        self._process = subprocess.Popen(
            [*command, json.dumps(asdict(limits))],
            pass_fds=[far.fileno()],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt from the keyboard is for the server
        )
        far.close()
        self.isolated: bool | None = None  # known when it is ready

    def ask(self, request: bytes, seconds: float) -> bytes | None:
        """Return the answer to a request, or nothing when the time ran out.

        Raises:
            EOFError: The process ended.
        """
        if self.isolated is None:
            ready = self._receive(_START)
            if ready is None:
                raise EOFError
            self.isolated = bool(json.loads(ready)["isolated"])
        try:
            self._pipe.send_bytes(request)
        except OSError as error:
            raise EOFError from error
        return self._receive(seconds)

    def _receive(self, seconds: float) -> bytes | None:
        try:
            return self._pipe.recv_bytes() if self._pipe.poll(seconds) else None
        except OSError as error:
            raise EOFError from error

    def end(self) -> int:
        """End the process, whatever it does, and return how it ended."""
        self._process.kill()
        self._pipe.close()
        return self._process.wait()


def _environment() -> dict[str, str]:
    """Return what a worker is told about its surroundings: where modules are, and nothing of the server's secrets."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)
    return {"PYTHONPATH": path, "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


class Pool:
    """Runs queries on one release, each in a worker process that can be ended."""

    def __init__(self, store: Path, limits: Limits) -> None:
        """Remember the store; processes start with the first query."""
        self.limits = limits
        self._store = store
        self._free = threading.BoundedSemaphore(limits.workers)
        self._lock = threading.Lock()
        self._idle: deque[Worker] = deque()
        self._owner = 0
        self._closed = False
        self._finalizer = weakref.finalize(self, _end_all, self._idle)

    def run(self, query: Query) -> Result:
        """Return the answer to a query.

        Raises:
            QueryError: The query is not well formed, or its worker fell over.
            QueryTimeout: It ran out of its time, or all workers were busy for as long.
            NotAcceptable: Its answer has a form the caller does not take.
        """
        with self._worker() as worker:
            started = time.monotonic()
            reply = self._ask(worker, json.dumps(asdict(query)).encode())
        if reply is None:
            raise QueryTimeout(
                f"the query was ended after {time.monotonic() - started:.0f} seconds",
                help="narrow its patterns, or add LIMIT",
            )
        header, _, body = reply.partition(b"\n")
        return _result(json.loads(header), body)

    def _ask(self, worker: Worker, request: bytes) -> bytes | None:
        """Ask a worker and put it back; one that failed or ran out of time is ended and replaced."""
        try:
            reply = worker.ask(request, self.limits.seconds)
        except EOFError:
            self._replace(worker)
            if worker.isolated is None:
                raise ReleaseError("a query worker does not start", help="see the log of the server") from None
            raise QueryError(
                "the query needs more memory than a query may use, or makes the engine fail",
                help="narrow its patterns, or add LIMIT",
            ) from None
        if reply is None:
            self._replace(worker)
        else:
            self._put(worker)
        return reply

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        """Take a worker for the length of a block; the block puts it back or replaces it."""
        if not self._free.acquire(timeout=self.limits.seconds):
            raise QueryTimeout("all workers are busy", help="ask again in a few seconds")
        try:
            self._fill()
            with self._lock:  # a pool that was closed meanwhile still answers who had come before
                worker = self._idle.popleft() if self._idle else Worker(self._store, self.limits)
            yield worker
        finally:
            self._free.release()

    def _fill(self) -> None:
        """Start the processes on first use, and once more in a process that was forked off."""
        with self._lock:
            if self._owner != os.getpid():
                self._idle.clear()  # after a fork these belong to the parent
                self._owner = os.getpid()
                if not self._closed:
                    self._idle.extend(Worker(self._store, self.limits) for _ in range(self.limits.workers + 1))

    def _put(self, worker: Worker) -> None:
        with self._lock:
            if not self._closed:
                self._idle.appendleft(worker)  # the warm one is asked again first
                return
        worker.end()

    def _replace(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            if not self._closed:
                self._idle.append(Worker(self._store, self.limits))

    def close(self) -> None:
        """End all workers; a query that is running ends its own when it is done."""
        with self._lock:
            self._closed = True
            self._finalizer()


def _end_all(idle: deque[Worker]) -> None:
    while idle:
        idle.popleft().end()


def _result(header: dict[str, Any], body: bytes) -> Result:
    match header.get("error"):
        case None:
            return Result(header["kind"], body, header["more"])
        case "syntax":
            raise QueryError(f"the query is not well formed: {_short(header['message'])}", help="correct the query")
        case "unacceptable":
            raise NotAcceptable(f"the answer is a {header['message']}", help="name a format for it in Accept")
    raise QueryError(str(header["message"]), help="narrow its patterns, or add LIMIT")


def _short(message: str) -> str:
    """Return the first part of a parser's message, without the long list of everything else it would have taken."""
    text = " ".join(message.split())
    return text if len(text) <= 160 else f"{text[:160].rpartition(' ')[0]} and others"


__all__ = ["Limits", "NotAcceptable", "Pool", "Query", "Result", "Worker"]
