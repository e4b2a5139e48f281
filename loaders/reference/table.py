"""One reference table as a source: its file, its named graph, and the rows that could not be read.

A table goes through the same harvest as the file of any publisher, so its rows too are loaded, quarantined with a
reason, or counted as exact duplicates. Its named graph is `graph:reference/<table>`, without a date: a row has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from rdflib import URIRef

from ...ontology import mint
from ...statements import Statement
from ..csvfile import csv_dicts
from ..source import Harvest, Quarantined, Record, RecordError, Snapshot, Source
from .cells import RowReader


@dataclass(frozen=True, slots=True)
class TableSnapshot(Snapshot):
    """A reference table as it stands; its graph carries the name of the table and no date."""

    @property
    def graph(self) -> URIRef:
        """Return the named graph that holds the statements of this table."""
        return mint("graph", "reference", self.source.id)


@dataclass(slots=True)
class TableLoader:
    """How one table is read: what it is, and what one of its rows says."""

    source: Source
    read: RowReader

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the table into rows; a row with too few or too many cells is yielded as quarantined."""
        for file in files:
            yield from csv_dicts(file)

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: A cell of the row cannot be read.
        """
        try:
            yield from self.read(record.fields)
        except KeyError as error:
            raise RecordError(
                f"the table lacks the column `{error.args[0]}`", help="see README.md beside the tables"
            ) from error


@dataclass(frozen=True)
class Table:
    """A reference table in a folder, ready to be harvested."""

    loader: TableLoader
    file: Path

    @cached_property
    def taken(self) -> date:
        """Return the newest day on which a row was held against its source."""
        days = [_day(row) for row in self.loader.records((self.file,)) if isinstance(row, Record)]
        return max((day for day in days if day), default=date.min)

    def harvest(self) -> Harvest:
        """Return a harvest of the table that has not begun."""
        return Harvest(TableSnapshot(self.loader.source, self.taken, (self.file,)))


def _day(row: Record) -> date | None:
    try:
        return date.fromisoformat(row.fields.get("as_of") or row.fields.get("verified_on") or "")
    except ValueError:
        return None
