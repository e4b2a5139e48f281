"""The Swiss sanctions list of SECO, in its whole-list XML.

Targets stay in the file when they are taken off the list, and modifications repeat parts of a target as history; only
what stands in the target itself is said of it. Programmes and places are elements of their own that targets refer to,
so the file is read twice.

A conversion of the list to JSON lines is read as well. It has lost modifications, places and all ships; a target of
which only numbers are left is quarantined.

Source: SECO, SESAM whole list XML; Embargo Act of 2002-03-22.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..statements import Statement
from .ch_targets import target_statements
from .ch_whole import Whole, programme_statements
from .jsonlines import json_lines
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, Node
from .xmlfile import xml_records

_RECORDS = ("sanctions-program", "place", "target")
_JSON_NAMES = {
    "names": "name",
    "name_parts": "name-part",
    "name_part_type": "name-part-type",
    "name_type": "name-type",
    "addresses": "address",
    "address_details": "address-details",
    "zip_code": "zip-code",
    "day_month_year": "day-month-year",
    "sanctions_set_id": "sanctions-set-id",
}


@dataclass(frozen=True, slots=True)
class _Row:
    node: Node
    whole: Whole


class ChSeco:
    """Loads the Swiss sanctions list from SECO's XML, or from a conversion of it to JSON lines."""

    source = Source(
        id="ch-seco",
        title="Swiss sanctions list",
        publisher="State Secretariat for Economic Affairs (SECO)",
        url="https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml",
        format="SECO whole list XML; or its conversion to JSON lines by Ammitto, which is not the publisher's format",
        licence="Swiss official works are not protected by copyright (Copyright Act art. 5)",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into programmes and targets; a place is read with the targets that name it."""
        whole = Whole()
        for file in files:
            for record in _cut(file) if not _is_conversion(file) else ():
                if isinstance(record, Record):
                    whole.note(record.fields)
        for file in files:
            for record in _cut(file):
                if isinstance(record, Quarantined):
                    yield record
                elif record.fields.tag != "place":
                    yield replace(record, fields=_Row(record.fields, whole))

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one target or programme says.

        Raises:
            RecordError: The target has no number or no name, or is of no known kind.
        """
        row: _Row = record.fields
        fields = Fields(row.node)
        if fields.tag == "sanctions-program":
            yield from programme_statements(fields)
        elif fields.tag == "target":
            yield from target_statements(fields, row.whole)
        else:
            raise RecordError(f"`{fields.tag}` is no target of the list", help="download the file again")


def _is_conversion(file: Path) -> bool:
    return ".jsonl" in file.suffixes


def _cut(file: Path) -> Iterator[Record | Quarantined]:
    if _is_conversion(file):
        return json_lines(file, "target", _JSON_NAMES)
    return xml_records(file, containers=("swiss-sanctions-list",), records=_RECORDS)
