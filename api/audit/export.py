"""The audit log as files that other programs read: one line of JSON an entry, or a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from .chain import Entry

_COLUMNS = (
    "seq", "time", "kind", "who", "id", "case", "decision", "grade", "as_of", "release", "rules_version", "engine",
    "reading", "input", "answer", "request", "job",
)  # fmt: skip
_ENDS = ("previous", "hash")


def jsonl(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the entries as they stand in the log, so that the chain can be checked elsewhere."""
    for entry in entries:
        yield entry.line().decode()


def table(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the entries as CSV (RFC 4180), header first; what has no column of its own stands in the last as text.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*_COLUMNS, "more", *_ENDS])
    for entry in entries:
        yield _drained(buffer)
        known = {**entry.about, **entry.content()}
        more = "; ".join(f"{name}={value}" for name, value in sorted(entry.about.items()) if name not in _COLUMNS)
        cells = [known.get(name, "") for name in _COLUMNS]
        writer.writerow([_harmless(str(cell)) for cell in (*cells, more, entry.previous, entry.hash)])
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
