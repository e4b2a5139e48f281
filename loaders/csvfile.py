"""CSV files cut into rows that keep their bytes.

Each row comes with its line number and its bytes as published. What cannot be cut, decoded or fitted to the columns is
yielded as quarantined, and reading goes on with the next line: one bad row never takes others with it. The grammar is
that of Python's `csv` module in strict mode (RFC 4180); a cell longer than its limit of 131,072 characters is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from ..errors import LoadError
from .lines import ROW_LIMIT, Lines
from .source import Quarantined, Record

_JOINED = 100  # lines that one row may span; a quote that is never closed must not swallow a file
_END_OF_FILE = b"\x1a"  # the end mark of CP/M and DOS, still written by OFAC
_OPEN = "a quoted cell is not closed"
_REMEDY = "download the file again, or correct the row"


def csv_rows(
    file: Path, *, columns: Collection[int] = (), encoding: str = "utf-8", delimiter: str = ","
) -> Iterator[Record | Quarantined]:
    """Cut a CSV file into records whose fields are a list of cells.

    Rows are numbered by the line they begin on, from 1. Empty lines and an end mark 0x1A at the end are no rows.

    Args:
        file: The file, packed when its name ends in `.gz`.
        columns: The numbers of cells a row may have; empty means that the first row decides.
        encoding: How the characters are written; a byte order mark of UTF-8 is passed over.
        delimiter: The character between cells.

    Raises:
        LoadError: The file cannot be read, or is written in UTF-16.
    """
    lines = Lines(file)
    while raw := lines.take():
        row = lines.number
        if not _is_empty(raw, lines):
            cells, raw = _cut(raw, lines, encoding, delimiter)
            if isinstance(cells, list) and not columns:
                columns = (len(cells),)
            yield _checked(file.name, row, raw, cells, columns)
    if lines.cut_off:
        reason = "the packed file ends inside this row"
        yield Quarantined(file.name, lines.number + 1, lines.tail, reason, "download the file again")


def csv_dicts(
    file: Path, *, encoding: str = "utf-8", delimiter: str = ",", needs: Collection[str] = ()
) -> Iterator[Record | Quarantined]:
    """Cut a CSV file with a header into records whose fields are a dict from column name to cell.

    Args:
        file: The file, packed when its name ends in `.gz`.
        encoding: How the characters are written.
        delimiter: The character between cells.
        needs: Columns the header must name.

    Raises:
        LoadError: The file cannot be read, or its header is broken or lacks a column.
    """
    rows = csv_rows(file, encoding=encoding, delimiter=delimiter)
    header = _header(file, next(rows, None), needs)
    for row in rows:
        if isinstance(row, Record):
            row = Record(row.file, row.row, row.raw, dict(zip(header, row.fields, strict=True)))
        yield row


def _header(file: Path, first: Record | Quarantined | None, needs: Collection[str]) -> list[str]:
    if not isinstance(first, Record):
        reason = first.reason if first else "the file is empty"
        raise LoadError(f"there is no header: {reason}", where=str(file), help="give the publisher's file")
    header = [cell.strip() for cell in first.fields]
    missing = sorted(set(needs) - set(header))
    if missing:
        raise LoadError(f"the header lacks the column `{missing[0]}`", where=str(file), help="give the whole file")
    return header


def _is_empty(raw: bytes, lines: Lines) -> bool:
    bare = raw.strip(b"\r\n")
    if bare != _END_OF_FILE:
        return not bare
    following = lines.take()
    if following:
        lines.put_back([following])
    return not following


def _cut(raw: bytes, lines: Lines, encoding: str, delimiter: str) -> tuple[list[str] | str, bytes]:
    """Return the cells of a row, or what is wrong with it, and its bytes; take more lines while a quote is open."""
    cells = _parse(raw, encoding, delimiter)
    more: list[bytes] = []
    quotes = 0
    while cells == _OPEN and len(more) < _JOINED and (line := lines.take()):
        more.append(line)
        quotes += line.count(b'"')
        if quotes % 2:  # an even number of quotes leaves the cell open
            cells = _parse(raw + b"".join(more), encoding, delimiter)
    if isinstance(cells, list):
        return cells, raw + b"".join(more)
    # A quote that never closes belongs to the first line alone; the lines after it are read again for themselves.
    lines.put_back(more)
    return cells, raw


def _parse(raw: bytes, encoding: str, delimiter: str) -> list[str] | str:
    if len(raw) >= ROW_LIMIT:
        return "the row is longer than 1 MB"
    if b"\0" in raw:
        return "the row holds a NUL byte"
    try:
        return next(csv.reader([raw.decode(encoding)], delimiter=delimiter, strict=True))
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1} of the row is not {encoding.upper()}"
    except csv.Error as error:
        return _OPEN if "unexpected end" in str(error) else f"the row is no CSV: {error}"


def _checked(file: str, row: int, raw: bytes, cells: list[str] | str, columns: Collection[int]) -> Record | Quarantined:
    if isinstance(cells, str):
        return Quarantined(file, row, raw, cells, _REMEDY)
    if len(cells) not in columns:
        wanted = " or ".join(map(str, sorted(columns)))
        return Quarantined(file, row, raw, f"the row has {len(cells)} cells where {wanted} are due", _REMEDY)
    return Record(file, row, raw, cells)
