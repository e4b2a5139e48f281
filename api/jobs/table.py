"""The table of jobs: cases in, answers out, in one SQLite file that server and worker processes share.

A case is taken by one worker at a time and its answer is written in one transaction, so that a crash at any moment
leaves each case either to be done or done.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ATTEMPTS = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, release TEXT NOT NULL, rules_version TEXT NOT NULL, as_of TEXT NOT NULL,
    created REAL NOT NULL, expires REAL NOT NULL, touched REAL NOT NULL, idempotency TEXT, request TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS once ON jobs (owner, idempotency) WHERE idempotency IS NOT NULL;
CREATE TABLE IF NOT EXISTS cases (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, number INTEGER NOT NULL, body BLOB NOT NULL,
    strict INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0,
    worker TEXT, status INTEGER, result BLOB, PRIMARY KEY (job, number));
CREATE INDEX IF NOT EXISTS open_cases ON cases (state, job, number) WHERE state <> 'done';
"""
_TAKE = """
UPDATE cases SET state = 'running', worker = ?, attempts = attempts + 1 WHERE rowid = (
    SELECT cases.rowid FROM cases JOIN jobs ON jobs.id = cases.job WHERE cases.state = 'waiting'
    ORDER BY jobs.touched, cases.number LIMIT 1)
RETURNING job, number, body, strict
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A job and how far it is.

    Attributes:
        id: Its id.
        owner: Who asked for it.
        release: The release that all its cases are answered from.
        rules_version: The version of the rules of that release.
        as_of: The day of that release, for cases that name none.
        created: When it came, in seconds since 1970.
        expires: When it and its answers are erased.
        total: How many cases it has.
        done: How many have an answer or a problem.
        failed: How many of these have a problem.
    """

    id: str
    owner: str
    release: str
    rules_version: str
    as_of: str
    created: float
    expires: float
    total: int
    done: int
    failed: int

    @property
    def state(self) -> str:
        """Return waiting, running or done."""
        return "done" if self.done == self.total else "running" if self.done else "waiting"


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a worker has taken: where it stands, its text, how to read it, and what to answer it from."""

    job: str
    number: int
    body: bytes
    strict: bool
    release: str
    as_of: str
    owner: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a case, or a problem, as JSON text with an HTTP status."""

    number: int
    status: int
    result: str


class Table:
    """The table of jobs of one installation."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        """Open the file, or make it."""
        self._file, self._clock = file, clock
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(self._connect()) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=30, isolation_level=None)

    @contextmanager
    def _open(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, which is kept when the block ends well and undone when not."""
        with closing(self._connect()) as db:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute(begin)
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def _look(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open the file for reading, beside whoever writes."""
        return self._open("BEGIN")

    def add(
        self,
        cases: Sequence[tuple[bytes, bool]],
        *,
        owner: str,
        release: str,
        rules_version: str,
        as_of: str,
        keep: float,
        request: str,
        idempotency: str | None = None,
    ) -> tuple[str, str]:
        """Add a job and return its id, with the hash of the request that made it.

        Args:
            cases: The text of each case, and whether it is read strictly.
            owner: Who asks.
            release: What all cases are answered from.
            rules_version: Its rules.
            as_of: Its day.
            keep: Seconds until the job is erased.
            request: The hash of the request.
            idempotency: A name the caller gave the request; the same one gives the job that it gave before.
        """
        id, now = uuid.uuid4().hex, self._clock()
        with self._open() as db:
            if idempotency is not None:
                found = db.execute(
                    "SELECT id, request FROM jobs WHERE owner = ? AND idempotency = ?", (owner, idempotency)
                ).fetchone()
                if found:
                    return str(found[0]), str(found[1])
            row = (id, owner, release, rules_version, as_of, now, now + keep, now, idempotency, request)
            db.execute("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            db.executemany(
                "INSERT INTO cases (job, number, body, strict) VALUES (?, ?, ?, ?)",
                ((id, number, zlib.compress(body), strict) for number, (body, strict) in enumerate(cases, 1)),
            )
        return id, request

    def job(self, id: str) -> Job | None:
        """Return a job and how far it is, or nothing where there is none or it is over its time."""
        query = """SELECT id, owner, release, rules_version, as_of, created, expires, count(*),
            sum(state = 'done'), sum(state = 'done' AND status <> 200)
            FROM jobs JOIN cases ON cases.job = jobs.id WHERE id = ? AND expires > ? GROUP BY id"""
        with self._look() as db:
            found = db.execute(query, (id, self._clock())).fetchone()
        return Job(*found) if found else None

    def take(self, worker: str) -> Case | None:
        """Take the next case, in turns over the jobs, or nothing where none waits."""
        with self._open() as db:
            found = db.execute(_TAKE, (worker,)).fetchone()
            if not found:
                return None
            job, number, body, strict = found
            db.execute("UPDATE jobs SET touched = ? WHERE id = ?", (self._clock(), job))
            known = db.execute("SELECT release, as_of, owner FROM jobs WHERE id = ?", (job,)).fetchone()
        return Case(job, number, zlib.decompress(body), bool(strict), *known)

    def finish(self, job: str, done: Done) -> None:
        """Write the answer to a case."""
        result = zlib.compress(done.result.encode())
        with self._open() as db:
            db.execute(
                "UPDATE cases SET state = 'done', worker = NULL, status = ?, result = ? WHERE job = ? AND number = ?",
                (done.status, result, job, done.number),
            )

    def give_back(self, failed: Callable[[int], str], worker: str | None = None, *, blame: bool = True) -> None:
        """Let cases whose worker is gone wait again; one that was tried too often gets a problem.

        Args:
            failed: Makes the problem, from the number of tries.
            worker: Only those of this worker; all that are running when left out.
            blame: Whether the try counts.
        """
        mine = "state = 'running'" + (" AND worker = ?" if worker else "")
        who = (worker,) if worker else ()
        with self._open() as db:
            if not blame:
                db.execute(f"UPDATE cases SET attempts = attempts - 1 WHERE {mine}", who)
            problem = zlib.compress(failed(ATTEMPTS).encode())
            db.execute(
                f"UPDATE cases SET state = 'done', status = 500, result = ? WHERE {mine} AND attempts >= {ATTEMPTS}",
                (problem, *who),
            )
            db.execute(f"UPDATE cases SET state = 'waiting', worker = NULL WHERE {mine}", who)

    def results(self, id: str, after: int = 0) -> Iterator[Done]:
        """Yield the answers of a job that are there, in the order of its cases."""
        query = """SELECT number, status, result FROM cases
            WHERE job = ? AND state = 'done' AND number > ? ORDER BY number LIMIT 50"""
        while True:
            with self._look() as db:
                rows = db.execute(query, (id, after)).fetchall()
            for number, status, result in rows:
                yield Done(number, status, zlib.decompress(result).decode())
                after = number
            if not rows:
                return

    def states(self) -> dict[str, int]:
        """Return how many cases are in each state, over all jobs."""
        with self._look() as db:
            return dict(db.execute("SELECT state, count(*) FROM cases GROUP BY state").fetchall())

    def open_cases(self) -> int:
        """Return how many cases have no answer yet."""
        with self._look() as db:
            return int(db.execute("SELECT count(*) FROM cases WHERE state <> 'done'").fetchone()[0])

    def erase(self, id: str | None = None) -> None:
        """Erase a job with its answers, or all that are over their time."""
        with self._open() as db:
            if id:
                db.execute("DELETE FROM jobs WHERE id = ?", (id,))
            else:
                db.execute("DELETE FROM jobs WHERE expires <= ?", (self._clock(),))
