"""Announcements of China's Ministry of Commerce and Ministry of Foreign Affairs that name parties, with their text.

A record is one document. An announcement that puts parties on a list is told apart from one that only opens an
investigation, which lists nobody; later announcements suspend or end the measures of earlier ones, so the file is read
twice. The list is the one that the title of the announcement names; the field beside it is the converter's.

Documents that name nobody - laws, codes - are kept as documents with their words.

Source: Export Control Law art. 18; MOFCOM Order 4/2020 (unreliable entity list); Anti-Foreign Sanctions Law art. 4-6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..statements import Statement
from .cn_documents import document_of, document_statements
from .cn_entries import entry_statements
from .cn_periods import Change, change_of
from .jsonlines import json_lines
from .source import Quarantined, Record, Source
from .tree import Fields, Node

_MODIFICATIONS = ("measure_modifications", "modifications")


@dataclass(frozen=True, slots=True)
class _Row:
    node: Node
    changes: dict[str, list[Change]] = field(default_factory=dict)


class CnMofcom:
    """Loads Chinese announcements and their parties from JSON lines."""

    source = Source(
        id="cn-mofcom",
        title="Announcements on the control list, the unreliable entity list and the countermeasures list of China",
        publisher="Ministry of Commerce and Ministry of Foreign Affairs of the People's Republic of China",
        url="https://www.mofcom.gov.cn/zwgk/zcfb/",
        format="JSON lines, transcribed by Ammitto from the announcements; not the publishers' own format",
        licence="official documents, no copyright (Copyright Law of the PRC art. 5)",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into documents."""
        changes: dict[str, list[Change]] = {}
        for record in _cut(files):
            if isinstance(record, Record):
                for part in Fields(record.fields).all("doc", *_MODIFICATIONS):
                    found = change_of(part)
                    changes.setdefault(found.announcement, []).append(found)
        for record in _cut(files):
            yield replace(record, fields=_Row(record.fields, changes)) if isinstance(record, Record) else record

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one document says.

        Raises:
            RecordError: The record has no path or no document, or a party in it has no name or an unknown list.
        """
        row: _Row = record.fields
        document = document_of(Fields(row.node))
        changes = row.changes.get(document.number, [])
        for part in document.fields.all("sanction_details"):
            for entry in part.all("entities"):
                yield from entry_statements(entry, document, changes)
        yield from document_statements(document, changes)


def _cut(files: Sequence[Path]) -> Iterator[Record | Quarantined]:
    for file in files:
        yield from json_lines(file, "record")
