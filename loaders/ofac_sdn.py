"""The Specially Designated Nationals list of OFAC, in the publisher's CSV files.

Up to four files without a header make one publication: SDN.CSV (entries, 12 columns), ADD.CSV (addresses, 6), ALT.CSV
(aliases, 5) and SDN_COMMENTS.CSV (the rest of remarks longer than 1,000 characters, 2). Entries stay whether or not an
address or alias belongs to them. An address, alias or comment whose entry is not in the snapshot is quarantined: it
happens when the files are of different days, and loading it would make a party out of an address.

Source: OFAC, Data Formats and Data Schemas; `sanctionslistservice.ofac.treas.gov`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rdflib import URIRef

from ..errors import LoadError
from ..ontology import CLEW, mint
from ..statements import Statement
from .csvfile import csv_rows
from .ofac_entries import Entry, NameIndex, entry_statements
from .parties import FORMER, STRONG, addressed, named, part_of
from .source import Quarantined, Record, RecordError, Source

_LIST = mint("list", "US-SDN")
_COLUMNS = {12: "sdn", 6: "add", 5: "alt", 2: "comments"}
_WIDTHS = {role: width for width, role in _COLUMNS.items()}
_NULL = ("-0-", "-0")  # the mark may lose its end with the file
_ALIASES = {"aka": STRONG, "fka": FORMER, "nka": STRONG}
_SAME_DAY = "give sdn.csv, add.csv, alt.csv and sdn_comments.csv of the same day"


@dataclass(slots=True)
class _Snapshot:
    """What a row has to know of the other rows: all entries and their names, and the rest of long remarks."""

    rows: dict[str, int] = field(default_factory=dict)
    names: NameIndex = field(default_factory=NameIndex)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    role: str
    cells: list[str]
    snapshot: _Snapshot


class OfacSdn:
    """Loads the Specially Designated Nationals list from OFAC's CSV files."""

    source = Source(
        id="us-sdn",
        title="Specially Designated Nationals and Blocked Persons List",
        publisher="US Department of the Treasury, Office of Foreign Assets Control",
        url="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV",
        format="OFAC CSV",
        licence="US Government work, public domain (17 USC 105)",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into rows, entries first; the files are read twice, because links may name later entries."""
        roles = {file: role_of(file) for file in files}
        snapshot = _survey(roles)
        for file, role in sorted(roles.items(), key=lambda item: -_WIDTHS[item[1]]):
            for row in csv_rows(file, columns=(_WIDTHS[role],)):
                if isinstance(row, Record):
                    row = replace(row, fields=_Row(role, _cells(row), snapshot))
                yield row

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row is not well formed, or its entry is not in the snapshot.
        """
        row: _Row = record.fields
        if row.cells[-1] in ("", "-"):
            raise RecordError("the file ends inside this row", help="download the file again")
        if row.role == "sdn":
            yield from _entry(record.row, row)
        elif row.cells[0] not in row.snapshot.rows:
            raise RecordError(f"there is no entry `{row.cells[0]}` in this snapshot", help=_SAME_DAY)
        elif row.role == "add":
            yield from _address(mint("us-sdn", row.cells[0]), row.cells)
        elif row.role == "alt":
            yield from _alias(mint("us-sdn", row.cells[0]), row.cells)


def role_of(file: Path) -> str:
    """Return which of the four files one is, by the words of its name or else by the columns of its first good row.

    Raises:
        LoadError: Neither tells.
    """
    words = re.split("[^a-z]+", file.name.lower())
    for role in ("comments", "add", "alt", "sdn"):
        if role in words:
            return role
    for row in csv_rows(file, columns=_COLUMNS):
        if isinstance(row, Record):
            return _COLUMNS[len(row.fields)]
    raise LoadError("is none of the OFAC files", where=str(file), help="call it sdn, add, alt or sdn_comments")


def _survey(roles: Mapping[Path, str]) -> _Snapshot:
    """Read all rows once for what others need of them."""
    made = _Snapshot()
    for file, role in roles.items():
        for row in csv_rows(file, columns=(_WIDTHS[role],)):
            if isinstance(row, Record):
                _note(made, role, row)
    return made


def _note(made: _Snapshot, role: str, row: Record) -> None:
    cells = _cells(row)
    if role == "sdn" and cells[0] not in made.rows:
        made.rows[cells[0]] = row.row
        made.names.add(_entry_of(cells))
    elif role == "alt":
        made.names.add_alias(cells[0], _text(cells[3]))
    elif role == "comments":
        made.comments[cells[0]] = made.comments.get(cells[0], "") + cells[1]


def _cells(row: Record) -> list[str]:
    cells: list[str] = row.fields
    return [cell.strip() for cell in cells] if len(cells) > 2 else cells


def _text(cell: str) -> str:
    return "" if cell in _NULL else cell


def _entry_of(cells: list[str]) -> Entry:
    number, name, kind, programmes, *rest = map(_text, cells)
    return Entry(number, name, kind, tuple(programmes.split("] [")) if programmes else (), *rest)


def _entry(line: int, row: _Row) -> Iterator[Statement]:
    entry = _entry_of(row.cells)
    entry.check()
    first = row.snapshot.rows[entry.number]
    if first != line:
        raise RecordError(f"entry `{entry.number}` stands in row {first} with other content", help="keep one row")
    entry = replace(entry, remark=entry.remark + row.snapshot.comments.get(entry.number, ""))
    yield from entry_statements(entry, mint("us-sdn", entry.number), _LIST, row.snapshot.names)


def _address(entity: URIRef, cells: list[str]) -> Iterator[Statement]:
    _, _, street, city, country, remark = map(_text, cells)
    if street or city or country:
        yield from addressed(entity, [street], city, country)
    if remark:
        yield entity, CLEW.remark, f"address: {remark}"


def _alias(entity: URIRef, cells: list[str]) -> Iterator[Statement]:
    _, _, kind, name, remark = map(_text, cells)
    if kind not in _ALIASES or not name:
        raise RecordError(f"`{kind}` `{name}` is no alias", help="download the file again, or correct the row")
    yield from named(entity, name, _ALIASES[kind])
    if remark:
        yield part_of(entity, "name", _ALIASES[kind], name), CLEW.remark, remark
