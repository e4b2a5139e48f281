"""The demo set: public facts about a few hundred parties, small enough to read, and how they become statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import LoadError
from ...statements import Statement
from ..csvfile import csv_dicts
from ..source import Quarantined, Record, Source
from .facts import Facts, gather
from .holdings import holding_row
from .listed import entity_list_row, event_row, link_row, party_row
from .shipments import shipment_row

_ROWS = {"parties": party_row, "links": link_row, "events": event_row, "entity_list_parties": entity_list_row}
_NEEDS = {
    "parties": "ofac_ent_num name type programs countries_2025_12 imo first_seen_in_snapshots cases remarks",
    "links": "subject_ent_num object_ent_num",
    "events": "date event ofac_ent_num source",
    "snapshots": "snapshot_date",
    "entity_list_parties": "name alt_names countries license_requirement license_policy federal_register",
    "ownership": "owner owner_id asset asset_id percentage valid_from valid_to source note",
    "shipments": "id status goods hs6 hs_basis eccn eccn_basis exporter intermediate_1 intermediate_2 end_party "
    "origin via_1 via_2 destination period source",
}
FILES = tuple(Path(__file__).with_name(f"{name}.csv") for name in _NEEDS)


@dataclass(frozen=True, slots=True)
class _Row:
    table: str
    cells: dict[str, str]
    facts: Facts


class Demo:
    """Loads the demo set that comes with Clew; `FILES` are its files."""

    source = Source(
        id="demo",
        title="Demo set of public facts",
        publisher="Clew, from the sources named in each row",
        url="https://w3id.org/clew/demo",
        format="CSV",
        licence="OFAC and CSL rows: US Government work, public domain; other rows: facts with their source",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into rows; their names tell what they hold.

        Raises:
            LoadError: A file is none of the set, or its header lacks a column.
        """
        for file in files:
            if file.stem not in _NEEDS:
                raise LoadError("is no file of the demo set", where=str(file), help=f"give {', '.join(_NEEDS)}")
        facts = gather(files)
        for file in files:
            for row in csv_dicts(file, needs=_NEEDS[file.stem].split()):
                if isinstance(row, Record):
                    row = replace(row, fields=_Row(file.stem, row.fields, facts))
                yield row

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row is not well formed.
        """
        row: _Row = record.fields
        if row.table == "ownership":
            yield from holding_row(row.cells, row.facts, record.row)
        elif row.table == "shipments":
            yield from shipment_row(row.cells, row.facts)
        elif row.table in _ROWS:
            yield from _ROWS[row.table](row.cells, row.facts)
