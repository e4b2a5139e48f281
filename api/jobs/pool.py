"""The processes that work on jobs, looked after by one server process of the installation.

Whichever server process holds the lock looks after them; when it dies, however it dies, the lock is free, its workers
end with it, and another server process or the next one started takes over what had been left.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
import uuid
from typing import IO

from ..store import Home
from .answering import problem_text
from .table import Table

_LOOK = 1.0  # seconds between two looks at the table
_ERASE = 600  # looks between two rounds of erasing

log = logging.getLogger(__name__)


class Jobs:
    """The jobs of one installation, as one server process sees them."""

    def __init__(self, home: Home, workers: int) -> None:
        """Open the table and watch it; work that an earlier server left is taken up again."""
        self.table = Table(home.jobs / "jobs.sqlite")
        self._home, self._count = home, workers
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._lock: IO[str] | None = None
        self._wake, self._closed = threading.Event(), False
        self._thread = threading.Thread(target=self._watch, name="clew-jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at the table at once."""
        self._wake.set()

    def _watch(self) -> None:
        looks = 0
        while not self._closed:
            try:
                if self._mine():
                    self._look()
                    looks += 1
                    if looks % _ERASE == 1:
                        self.table.erase()
            except Exception:  # the watch goes on, whatever one look meets
                log.exception("looking at the jobs failed")
            self._wake.wait(_LOOK)
            self._wake.clear()

    def _mine(self) -> bool:
        """Return whether this process looks after the workers, taking that over where nobody does."""
        if self._lock is not None:
            return True
        lock = open(self._home.jobs / "lock", "w", encoding="ascii")  # noqa: SIM115 - held as long as the process lives
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        self.table.give_back(_failed)
        return True

    def _look(self) -> None:
        """Set free what ended workers held, and start workers while there is work."""
        for name, worker in list(self._workers.items()):
            if worker.poll() is not None:
                self._drop(name, blame=True)
        if len(self._workers) < self._count and self.table.open_cases():
            self._start()

    def _start(self) -> None:
        name = uuid.uuid4().hex
        self._workers[name] = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.worker", str(self._home.path.absolute()), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )

    def _drop(self, name: str, *, blame: bool) -> None:
        worker = self._workers.pop(name)
        if worker.stdin:
            worker.stdin.close()
        if worker.returncode and blame:
            log.warning("a worker ended with %s", worker.returncode)
        self.table.give_back(_failed, name, blame=blame)

    def close(self) -> None:
        """End the workers; a case that one of them had begun is begun again later, without blame."""
        self._closed = True
        self._wake.set()
        self._thread.join(timeout=30)
        for name, worker in list(self._workers.items()):
            worker.kill()
            worker.wait()
            self._drop(name, blame=False)
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _environment() -> dict[str, str]:
    """Return the surroundings of a worker: those of the server, with the places where modules are."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)
    kept = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    return {**kept, "PYTHONPATH": path}


def _failed(tries: int) -> str:
    detail = f"the case made its worker fail {tries} times"
    return problem_text(500, detail, "internal", "make the case smaller, and tell the operator if it stays", [])


__all__ = ["Jobs"]
