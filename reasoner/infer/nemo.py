"""The rule engine Nemo: programs, engines, and the one thread they live on.

An object of Nemo may only be touched by the thread that made it, and Nemo holds the interpreter lock while it reasons.
So each process has one thread for it, and everybody else holds handles; nothing is lost by waiting, because nothing
else could run meanwhile. A case takes milliseconds; the closure of a release belongs into the process that builds it.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache
from itertools import count
from queue import SimpleQueue
from threading import Thread
from typing import Any

import nmo_python  # type: ignore[import-untyped]

from ...errors import ClewError

_Job = Callable[[dict[int, Any]], Any]  # gets the objects of the thread by their number
_numbers = count()


class _Home(Thread):
    """The thread that objects of Nemo live on; it ends with the process."""

    def __init__(self) -> None:
        super().__init__(name="nemo", daemon=True)
        self.jobs: SimpleQueue[tuple[_Job, Future[Any]]] = SimpleQueue()
        self.start()

    def run(self) -> None:
        objects: dict[int, Any] = {}
        while True:
            self._next(objects)

    def _next(self, objects: dict[int, Any]) -> None:
        job, future = self.jobs.get()
        try:
            future.set_result(job(objects))
        except BaseException as error:  # a panic in Rust arrives as an exception that is no Exception
            # The error itself would carry objects of Nemo to another thread in its traceback.
            future.set_exception(ClewError(f"the rule engine gave up: {error}", help="report it with the input"))

    def do(self, job: _Job) -> Any:
        future: Future[Any] = Future()
        self.jobs.put((job, future))
        return future.result()


@lru_cache(maxsize=1)
def _home(process: int) -> _Home:
    """Return the thread of a process; a fork gets one of its own."""
    return _Home()


class _Handle:
    """An object of Nemo, seen from other threads."""

    def __init__(self, make: _Job) -> None:
        self.number = number = next(_numbers)
        self._process = os.getpid()
        self._home = _home(self._process)

        def keep(objects: dict[int, Any]) -> None:
            objects[number] = make(objects)

        def drop(objects: dict[int, Any]) -> None:
            objects.pop(number, None)

        self._home.do(keep)
        weakref.finalize(self, self._home.jobs.put, (drop, Future())).atexit = False

    def _do(self, job: Callable[[Any], Any]) -> Any:
        if os.getpid() != self._process:
            raise ClewError("the rule engine does not pass from a process to its fork", help="close the case again")
        number = self.number
        return self._home.do(lambda objects: job(objects[number]))


class Program(_Handle):
    """A parsed program that engines can be made from again and again."""

    def __init__(self, text: str) -> None:
        """Parse a program."""
        super().__init__(lambda objects: nmo_python.load_string(text))


class Engine(_Handle):
    """Everything that a program concludes from the files it names."""

    def __init__(self, program: Program) -> None:
        """Draw every conclusion.

        Raises:
            ClewError: The engine gave up.
        """

        def make(objects: dict[int, Any]) -> Any:
            engine = nmo_python.NemoEngine(objects[program.number])
            engine.reason()
            return engine

        super().__init__(make)

    def rows(self, predicate: str) -> list[tuple[int, ...]]:
        """Return what holds for a predicate."""
        found: list[tuple[int, ...]] = self._do(lambda engine: [tuple(row) for row in engine.result(predicate)])
        return found

    def trace(self, fact: str) -> dict[str, Any] | None:
        """Return why a fact holds: `rule`, `assignment` and `subtraces`, down to `fact`; nothing when it does not."""

        def traced(engine: Any) -> dict[str, Any] | None:
            trace = engine.trace(fact)
            return None if trace is None else dict(trace.dict())

        nested: dict[str, Any] | None = self._do(traced)
        return nested
