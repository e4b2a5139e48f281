"""What a row of the demo set has to know of others: who is in it, what happened when, which states were compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..csvfile import csv_dicts
from ..edtf import day
from ..source import Record, RecordError

_STATE = re.compile(r"listed_(\d{4})_(\d\d)_(\d\d)")
_DESIGNATED = re.compile(r"designated (\d{4}-\d\d-\d\d)")


@dataclass(slots=True)
class Facts:
    """The rows of the demo set that others refer to.

    Attributes:
        parties: Rows of `parties.csv` by entry number.
        designated: The day on which an entry was listed, where an event tells it.
        removed: The day on which an entry was taken off.
        snapshots: The days of the states of the list that were compared.
    """

    parties: dict[str, Mapping[str, str]] = field(default_factory=dict)
    designated: dict[str, date] = field(default_factory=dict)
    removed: dict[str, date] = field(default_factory=dict)
    snapshots: list[date] = field(default_factory=list)

    def states(self) -> list[tuple[date, str]]:
        """Return the dated columns of `parties.csv`, the oldest first."""
        columns = next(iter(self.parties.values()), {})
        found = ((match, name) for name in columns if (match := _STATE.fullmatch(name)))
        return sorted((date(*map(int, match.groups())), name) for match, name in found)

    def newest(self) -> date:
        """Return the day of the newest state of the list.

        Raises:
            RecordError: No row of `parties.csv` names one.
        """
        states = self.states()
        if not states:
            raise RecordError("the newest state of the list is not known", help="give parties.csv with the other files")
        return states[-1][0]

    def before(self, seen: date) -> date | None:
        """Return the day of the last state before one, in which an entry was not yet there."""
        return max((day for day in self.snapshots if day < seen), default=None)


def gather(files: Sequence[Path]) -> Facts:
    """Read the rows that others refer to."""
    facts = Facts()
    for file in files:
        for row in _rows(file) if file.stem in ("parties", "events", "snapshots") else ():
            if file.stem == "parties":
                facts.parties[row.get("ofac_ent_num", "")] = row
            elif file.stem == "events":
                _event(facts, row)
            else:
                facts.snapshots.extend(filter(None, [day(row.get("snapshot_date", ""))]))
    return facts


def _rows(file: Path) -> Iterator[Mapping[str, str]]:
    for row in csv_dicts(file):
        if isinstance(row, Record):
            yield row.fields


def _event(facts: Facts, row: Mapping[str, str]) -> None:
    number, event = row.get("ofac_ent_num", ""), row.get("event", "")
    on = day(row.get("date", ""))
    stated = _DESIGNATED.search(event)
    if event.startswith("removed") and on:
        facts.removed[number] = on
    elif stated and (told := day(stated[1])):
        facts.designated[number] = told
    elif event.startswith("designated") and on:
        facts.designated[number] = on
