"""The New Zealand register of Russia sanctions, as converted to JSON lines from the ministry's spreadsheet.

Aliases and passport numbers stand in one cell each, set apart by semicolons.

Source: MFAT, Russia sanctions register; Russia Sanctions Act 2022.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, listing, listing_node, personal, remark, remarks
from .edtf import day
from .jsonlines import json_lines
from .known_dates import known_date
from .numbers import numbered
from .parties import STRONG, addressed, named, party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy

_KINDS = {"Individual": CLEW.Person, "Entity": CLEW.Organization, "Ship": CLEW.Vessel}
_NAMES = ("first_name", "middle_names", "last_name")
_CITIZENSHIPS = ("citizenship", "citizenship_2", "citizenship_3")
_LISTING = (
    "sanction_status",
    "date_of_additional_sanction",
    "travel_ban",
    "asset_freeze",
    "aircraft_ban",
    "ship_ban",
    "service_prohibition",
    "dealing_with_securities",
    "general_rationale_for_sanction",
)


class NzMfat:
    """Loads the New Zealand register of Russia sanctions from JSON lines."""

    source = Source(
        id="nz-mfat",
        title="New Zealand Russia sanctions register",
        publisher="Ministry of Foreign Affairs and Trade",
        url="https://www.mfat.govt.nz/en/countries-and-regions/europe/ukraine/russian-invasion-of-ukraine/sanctions",
        format="JSON lines, converted by Ammitto from the ministry's spreadsheet; not the publisher's own format",
        licence="Creative Commons Attribution 4.0, to be checked at the publisher",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into entries."""
        for file in files:
            yield from json_lines(file, "entry")

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row has no identifier or no name, or is of no known type.
        """
        fields = Fields(record.fields)
        key, type_ = fields.text("unique_identifier"), fields.text("type")
        name = tidy(fields.text("name")) or joined(fields.text(part) for part in _NAMES)
        if not key or not name or type_ not in _KINDS:
            raise RecordError(f"the row has no identifier or no name, or `{type_}` is no type", help="correct the row")
        yield from _entry(mint("nz-mfat", key), _KINDS[type_], name, key, fields)


def _entry(entity: URIRef, kind: URIRef, name: str, key: str, fields: Fields) -> Iterator[Statement]:
    yield from party(entity, kind, name, key)
    for alias in _each(fields.text("alias_alternate_spellings")):
        yield from named(entity, alias, STRONG)
    yield from numbered(entity, "imo", fields.text("imo_number"), ship=kind == CLEW.Vessel)
    for number in _each(fields.text("passport_number")):
        yield from numbered(entity, "passport", number)
    yield from personal(
        entity,
        kind,
        births=[known_date(fields.text("dob"))],
        birth_places=[tidy(fields.text("place_of_birth"))],
        nationalities=[tidy(fields.text(part)) for part in _CITIZENSHIPS],
    )
    address = tidy(fields.text("address"))
    if address:
        yield from addressed(entity, [address], "", "")
    node, since = listing_node(entity), fields.text("date_of_sanction")
    yield from listing(entity, "NZ", key)
    yield from dated(node, "validFrom", since, day(since))
    yield from remark(node, fields, *_LISTING)
    yield from remarks(entity, fields.rest())


def _each(cell: str) -> list[str]:
    return [words for part in cell.split(";") if (words := tidy(part))]
