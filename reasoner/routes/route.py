"""The legs of one transaction in their order, with their ends, parties and craft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset, Row, iri
from ...ontology import CLEW
from ...queries.catalogue import query


@dataclass(frozen=True, slots=True)
class Stop:
    """One leg of a route, with the places that are stated for its ends."""

    leg: URIRef
    consignment: URIRef
    sequence: int
    origin: tuple[URIRef, ...]
    destination: tuple[URIRef, ...]
    names: tuple[str, str]
    day: date | None
    parties: tuple[tuple[URIRef, URIRef], ...]  # the term (consignee, carrier, vessel) and who it is

    def ends(self) -> Iterator[tuple[URIRef, URIRef]]:
        """Yield each place of the leg with the term that states it."""
        yield from ((CLEW.departurePlace, place) for place in self.origin)
        yield from ((CLEW.arrivalPlace, place) for place in self.destination)


def stops(data: Dataset, transaction: URIRef) -> tuple[Stop, ...]:
    """Return the legs of a transaction in their order."""
    by_leg: dict[URIRef, list[Row]] = {}
    for row in data.rows(query("routes/stops").text, transaction=transaction):
        by_leg.setdefault(iri(row, "leg"), []).append(row)
    found = [_stop(leg, rows) for leg, rows in by_leg.items()]
    return tuple(sorted(found, key=lambda stop: (stop.consignment, stop.sequence, stop.leg)))


def _stop(leg: URIRef, rows: Sequence[Row]) -> Stop:
    def places(name: str) -> tuple[URIRef, ...]:
        return tuple(sorted({iri(row, name) for row in rows if name in row}))

    def words(name: str) -> str:
        return str(next((row[name] for row in rows if name in row), ""))

    terms = {"consignee": CLEW.legConsignee, "carrier": CLEW.carrier, "vessel": CLEW.legVessel}
    sequence = next((row["sequence"] for row in rows if "sequence" in row), 0)
    day = next((row["day"] for row in rows if "day" in row), None)
    return Stop(
        leg,
        iri(rows[0], "consignment"),
        sequence if isinstance(sequence, int) else 0,
        places("from"),
        places("to"),
        (words("fromName"), words("toName")),
        day if isinstance(day, date) else None,
        tuple((term, one) for name, term in terms.items() for one in places(name)),
    )
