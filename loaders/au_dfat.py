"""The Australian Consolidated List, as converted to JSON lines from the department's spreadsheet.

The conversion has no column for the kind of a target: one with an IMO number is a vessel, one with a date or place of
birth or a citizenship is a person, and of the others nothing more is known than that it is a party. It has cut places
of birth at their commas; they are put together again. The control date is the day of the last change, so it is the
latest first day of a listing and never the first day; that is read where the listing information begins with it.

Source: DFAT, Consolidated List; Autonomous Sanctions Regulations 2011; Charter of the United Nations Act 1945.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rdflib import URIRef

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import listing, listing_node, personal, remark, remarks
from .edtf import day
from .jsonlines import json_lines
from .known_dates import known_date, known_dates
from .numbers import numbered
from .parties import FORMER, PRIMARY, STRONG, WEAK, addressed, named, party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy

_TYPES = {"Primary Name": PRIMARY, "Alias": STRONG, "Original Script": STRONG}
_BIRTH = ("dates_of_birth", "places_of_birth", "citizenships")
_DATE = r"(\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]+\.? \d{4})"
_SINCE = re.compile(rf"(?:First )?(?:[Ll]isted|Designated)\b[^.;]*?\bon:? {_DATE}\b")
_HELP = "correct the row"


class AuDfat:
    """Loads the Australian Consolidated List from JSON lines."""

    source = Source(
        id="au-dfat",
        title="Australian Consolidated List",
        publisher="Department of Foreign Affairs and Trade",
        url="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        format="JSON lines, converted by Ammitto from the department's spreadsheet; not the publisher's own format",
        licence="Creative Commons Attribution 4.0, to be checked at the publisher",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into targets."""
        for file in files:
            yield from json_lines(file, "target")

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row has no reference or no name.
        """
        fields = Fields(record.fields)
        key, names = fields.text("reference"), list(_names(fields))
        if not key or not names:
            raise RecordError("the row has no reference or no name", help=_HELP)
        entity = mint("au-dfat", key)
        number, kind = fields.text("imo_number"), _kind(record)
        main = next((text for text, standing in names if standing == PRIMARY), names[0][0])
        yield from party(entity, kind, main, key)
        for text, standing in names:
            if text != main:
                yield from named(entity, text, standing)
        yield from numbered(entity, "imo", number, ship=kind == CLEW.Vessel)
        yield from _born(entity, kind, fields)
        address = tidy(fields.text("address"))
        if address:
            yield from addressed(entity, [address], "", "")
        yield from _listing(entity, key, fields)
        yield from remarks(entity, [fields.text("additional_info"), *fields.rest()])


def _names(fields: Fields) -> Iterator[tuple[str, URIRef]]:
    for part in fields.all("names"):
        text, standing = tidy(part.text("text")), _TYPES.get(part.text("name_type"), STRONG)
        if part.text("alias_strength") == "Weak":
            standing = WEAK
        part.drop("script")  # what the letters show already
        if text:
            yield text, standing
    for words in fields.texts("previous_names"):
        yield tidy(words), FORMER


def _kind(record: Record) -> URIRef:
    given = {*record.fields.attributes, *(child.tag for child in record.fields.children)}
    if "imo_number" in given:
        return CLEW.Vessel
    return CLEW.Person if given & {*_BIRTH} else CLEW.Party


def _born(entity: URIRef, kind: URIRef, fields: Fields) -> Iterator[Statement]:
    dates, places = fields.all("dates_of_birth"), fields.all("places_of_birth")
    births = [tidy(part.text("raw_value")) for part in dates]
    where = joined((part.text("raw_value") for part in places), ", ")
    for part in (*dates, *places):
        part.drop(
            "year", "month", "day", "precision", "country"
        )  # read by the conversion from the words, often wrongly
    yield from personal(
        entity,
        kind,
        births=[known for words in births for known in known_dates(words)],
        birth_places=[where],
        nationalities=map(tidy, fields.texts("citizenships")),
    )


def _listing(entity: URIRef, key: str, fields: Fields) -> Iterator[Statement]:
    node = listing_node(entity)
    for part in fields.all("sanction"):
        name, words = tidy(part.text("committees")), tidy(part.text("listing_information"))
        instrument, changed = tidy(part.text("instrument")), part.text("control_date")
        since = _first_day(words)
        yield from listing(
            entity,
            "AU",
            key,
            [(f"AU-{name}", name)] if name else [],
            citation=instrument,
            validFrom=since,
            validFromLatest=None if since else day(changed),
        )
        stated = [words and f"listing_information: {words}", changed and f"control_date: {changed}"]
        yield from remarks(node, [*stated, *part.rest()])
    yield from remark(node, fields, "reference")


def _first_day(words: str) -> date | None:
    """Return the day with which listing information begins: `Listed on: 6 Jan. 2012 (amended 22 April 2013)`."""
    match = _SINCE.match(words)
    return day(known_date(match[1])) if match else None
