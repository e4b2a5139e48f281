"""Ships of Annex XLII to Regulation (EU) 833/2014, under the ban on access to ports and on services.

The annex itself is text in the Official Journal. What is read here is a table of it that the Danish Maritime Authority
publishes, converted to JSON lines: name, IMO number and date of application of each ship.

Source: Regulation (EU) 833/2014, Article 3s and Annex XLII.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, listing, listing_node, remarks
from .edtf import day
from .jsonlines import json_lines
from .numbers import numbered
from .parties import party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, tidy


class EuVessels:
    """Loads the ships of Annex XLII from JSON lines."""

    source = Source(
        id="eu-vessels",
        title="Vessels under Article 3s of Regulation (EU) 833/2014 (Annex XLII)",
        publisher="European Union; table of the Danish Maritime Authority",
        url="https://www.dma.dk/growth-and-framework-conditions/maritime-sanctions",
        format="JSON lines, converted by Ammitto from the table; not the publisher's own format",
        licence="Commission Decision 2011/833/EU, reuse with attribution",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into ships."""
        for file in files:
            yield from json_lines(file, "vessel")

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says of a ship.

        Raises:
            RecordError: The row has no name or no IMO number.
        """
        fields = Fields(record.fields)
        name, number = tidy(fields.text("vessel_name")), fields.text("imo_number")
        if not name or not number:
            raise RecordError("the row has no name or no IMO number", help="correct the row")
        entity, since = mint("eu-vessels", number), fields.text("date_of_application")
        yield from party(entity, CLEW.Vessel, name, number)
        yield from numbered(entity, "imo", number, ship=True)
        yield from listing(entity, "EU-833-XLII", number)
        yield from dated(listing_node(entity), "validFrom", since, day(since))
        yield from remarks(entity, fields.rest())
