"""An append-only log in which every entry carries the hash of the one before, so that no line can be changed unseen.

One entry is one line of JSON: `hash = sha256(previous || canonical JSON of the entry without its two hashes)`. A chain
alone does not show that its end was cut off; therefore the newest hash also stands in a file of its own, and
`verify` takes a hash that was noted down elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from ...errors import ClewError, ProofError
from ...reasoner.render import canonical

GENESIS = "0" * 64  # what stands before the first entry
_BLOCK = 64 * 1024


class AuditDamaged(ProofError):
    """The log does not hold together: an entry was changed, taken out, or cut off."""


class AuditUnwritable(ClewError):
    """The log cannot be written, so that nothing may be decided."""

    status = 503


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        seq: Its number, from 1.
        time: When it was written, in UTC.
        kind: What happened, such as check or key.
        who: The key by which it was done, or `local`.
        about: What else is known of it.
        previous: The hash of the entry before.
        hash: Its own.
    """

    seq: int
    time: str
    kind: str
    who: str
    about: Mapping[str, Any]
    previous: str
    hash: str

    def content(self) -> dict[str, Any]:
        """Return what the hash is made over."""
        return {"seq": self.seq, "time": self.time, "kind": self.kind, "who": self.who, "about": dict(self.about)}

    def line(self) -> bytes:
        """Return the entry as it stands in the log."""
        return canonical({**self.content(), "previous": self.previous, "hash": self.hash}).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """A log that holds: how many entries, the newest hash, and bytes of a last line that a crash cut off."""

    entries: int
    head: str
    torn: int


def link(previous: str, content: Mapping[str, Any]) -> str:
    """Return the hash of an entry with this content after one with that hash."""
    return hashlib.sha256((previous + canonical(content)).encode()).hexdigest()


class Chain:
    """The log in one folder; processes and threads may append at the same time."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made with the first entry and belongs to this user alone."""
        self.file = folder / "log.jsonl"
        self._head = folder / "head"

    def append(self, kind: str, who: str, about: Mapping[str, Any]) -> Entry:
        """Write an entry, and return it when it is on the disk.

        Raises:
            AuditUnwritable: The disk does not take it, or the end of the log is damaged.
        """
        try:
            with self._open() as file:
                last = self._last(file)
                if last is None or (torn := _cut(file)) is None:
                    return self._write(file, last, kind, who, about)
                last = self._write(file, last, "repair", "local", torn)
                return self._write(file, last, kind, who, about)
        except OSError as error:
            raise _unwritable(error) from error

    def check_writable(self) -> None:
        """Make sure that the log opens for writing and its last entry holds.

        Raises:
            AuditUnwritable: It does not.
        """
        try:
            with self._open() as file:
                self._last(file)
        except OSError as error:
            raise _unwritable(error) from error

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with open(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _last(self, file: IO[bytes]) -> Entry | None:
        """Return the last whole entry."""
        line = _last_line(file)
        if line is None:
            return None
        try:
            return _read(line)
        except AuditDamaged as error:
            raise AuditUnwritable(f"the end of the audit log is damaged: {error.message}", help=_LOOK) from error

    def _write(self, file: IO[bytes], last: Entry | None, kind: str, who: str, about: Mapping[str, Any]) -> Entry:
        seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        content = {"seq": seq, "time": now, "kind": kind, "who": who, "about": dict(about)}
        entry = Entry(seq, now, kind, who, about, previous, link(previous, content))
        file.seek(0, os.SEEK_END)
        file.write(entry.line())
        file.flush()
        os.fsync(file.fileno())
        aside = self._head.with_suffix(".new")  # behind the lock, so there is one at a time
        aside.write_text(f"{entry.seq} {entry.hash}\n", encoding="ascii")
        os.replace(aside, self._head)
        return entry

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in order, each held against the one before.

        Raises:
            AuditDamaged: An entry was changed, or one before it was taken out.
        """
        before, number = GENESIS, 0
        for number, line in enumerate(self._lines(), 1):
            where = f"{self.file.name}:{number}"
            entry = _read(line, where)
            if (entry.seq, entry.previous) != (number, before):
                raise AuditDamaged(f"entry {entry.seq} does not follow the one before it", where=where, help=_LOOK)
            before = entry.hash
            yield entry

    def _lines(self) -> Iterator[bytes]:
        """Yield the whole lines; a last one without its end was never answered for."""
        if self.file.exists():
            with open(self.file, "rb") as file:
                yield from (line for line in file if line.endswith(b"\n"))

    def head(self) -> tuple[int, str]:
        """Return the number and the hash that were written aside with the newest entry."""
        if not self._head.exists():
            return 0, GENESIS
        number, _, found = self._head.read_text(encoding="ascii").strip().partition(" ")
        return int(number), found

    def verify(self, noted: str = "") -> Verified:
        """Hold the whole log against itself, against the hash written aside, and against one noted elsewhere.

        Raises:
            AuditDamaged: It does not hold; the message names the first entry at fault.
        """
        count, head = self.head()
        seen, hashes = GENESIS, {0: GENESIS}
        number = 0
        for entry in self.entries():
            number, seen = entry.seq, entry.hash
            if entry.seq == count or entry.hash == noted:
                hashes[entry.seq] = entry.hash
        if hashes.get(count) != head:
            raise AuditDamaged(f"the log ends at entry {number}, but entry {count} was written once", help=_LOOK)
        if noted and noted not in hashes.values():
            raise AuditDamaged(f"no entry has the hash `{noted}`", help=_LOOK)
        return Verified(number, seen, self._torn())

    def _torn(self) -> int:
        if not self.file.exists():
            return 0
        with open(self.file, "rb") as file:
            return _size(file) - _end(file)


def _unwritable(error: OSError) -> AuditUnwritable:
    return AuditUnwritable(f"the audit log cannot be written: {error.strerror}", help="make room on the disk")


_LOOK = "compare the log with a copy, and keep both"


def _read(line: bytes, where: str = "") -> Entry:
    try:
        entry = Entry(**json.loads(line))
        fits = entry.hash == link(entry.previous, entry.content())
    except (ValueError, TypeError, AttributeError) as error:
        raise AuditDamaged("the line is no entry", where=where, help=_LOOK) from error
    if not fits or entry.line() != line:
        raise AuditDamaged(f"entry {entry.seq} was changed", where=where, help=_LOOK)
    return entry


def _size(file: IO[bytes]) -> int:
    return file.seek(0, os.SEEK_END)


def _end(file: IO[bytes], before: int | None = None) -> int:
    """Return where the last whole line ends, reading from the end towards the beginning."""
    at = _size(file) if before is None else before
    while at > 0:
        start = max(0, at - _BLOCK)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def _last_line(file: IO[bytes]) -> bytes | None:
    end = _end(file)
    if not end:
        return None
    start = _end(file, end - 1)
    file.seek(start)
    return file.read(end - start)


def _cut(file: IO[bytes]) -> dict[str, Any] | None:
    """Take away a line that a crash left unfinished and return what it was; it was never answered for."""
    end, size = _end(file), _size(file)
    if end == size:
        return None
    file.seek(end)
    rest = file.read()
    os.truncate(file.fileno(), end)
    return {"bytes": len(rest), "sha256": hashlib.sha256(rest).hexdigest(), "text": rest.decode("utf8", "replace")}
