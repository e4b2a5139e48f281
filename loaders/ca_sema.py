"""The Consolidated Canadian Autonomous Sanctions List, as converted to JSON lines from the department's XML.

The conversion has lost the names of entities and ships. A row that names nobody is quarantined: the list then says less
than the publisher's, and a name that is not found may still be listed. Rows have no number of their own; regulation,
schedule and item together are one.

Source: Global Affairs Canada; Special Economic Measures Act; Justice for Victims of Corrupt Foreign Officials Act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..ontology import CLEW, mint
from ..statements import Statement
from .details import dated, listing, listing_node, personal, remarks
from .edtf import day
from .jsonlines import json_lines
from .known_dates import known_dates
from .parties import party
from .source import Quarantined, Record, RecordError, Source
from .tree import Fields, joined, tidy


class CaSema:
    """Loads the Canadian autonomous sanctions list from JSON lines."""

    source = Source(
        id="ca-sema",
        title="Consolidated Canadian Autonomous Sanctions List",
        publisher="Global Affairs Canada",
        url="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions",
        format="JSON lines, converted by Ammitto from the department's XML, without names of entities; "
        "not the publisher's own format",
        licence="Open Government Licence - Canada",
    )

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut the files into rows."""
        for file in files:
            yield from json_lines(file, "record")

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one row says.

        Raises:
            RecordError: The row names nobody, or has no item.
        """
        fields = Fields(record.fields)
        given, last = tidy(fields.text("given_name")), tidy(fields.text("last_name"))
        regulation, schedule, item = (tidy(fields.text(name)) for name in ("country", "schedule", "item"))
        if not given and not last:
            raise RecordError("the row names nobody; the conversion has lost the name", help="load the publisher's XML")
        if not regulation or not item:
            raise RecordError("the row has no regulation or no item", help="correct the row")
        name = regulation.partition(" / ")[0]
        key = joined((name, schedule, item), "-")
        entity = mint("ca-sema", key)
        # Only persons have a given name; the conversion has no other column for a name.
        kind = CLEW.Person if given else CLEW.Party
        since = fields.text("date_of_listing")
        yield from party(entity, kind, joined((given, last)), key)
        yield from personal(entity, kind, births=known_dates(fields.text("date_of_birth_or_ship_build_date")))
        cited = f"{regulation}, " + joined((schedule and f"schedule {schedule}", f"item {item}"), ", ")
        yield from listing(entity, "CA-SEMA", key, [(f"CA-{name}", regulation)], citation=cited)
        yield from dated(listing_node(entity), "validFrom", since, day(since))
        yield from remarks(entity, fields.rest())
