"""Which provisions on transit mean an item: by customs code, by entry, or by a whole control list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset, Row, iri
from ...ontology import CLEW, mint
from ...queries.catalogue import query
from ...statements import Statement
from ..ownership.window import Presence
from .places import window
from .settings import Zone

IN_FORCE = mint("legal", "in_force")
_STANDS = (IN_FORCE, mint("legal", "not_verified"))


@dataclass(frozen=True, slots=True)
class Ban:
    """A provision that forbids an item to pass through a place.

    Attributes:
        law: The provision.
        item: The item.
        settled: Whether the state of the law was verified.
        statements: Why the provision means the item.
    """

    law: URIRef
    item: URIRef
    settled: bool
    statements: tuple[Statement, ...]


def bans(
    data: Dataset, zone: Zone, transaction: URIRef, items: Iterable[URIRef], place: URIRef, day: date
) -> Iterator[Ban]:
    """Yield the provisions that forbid the items of a transaction to pass through a place, each once for an item.

    Args:
        data: The facts beside the tables of law.
        zone: Whose law.
        transaction: The transaction.
        items: Its items.
        place: The place.
        day: The day.
    """
    told: set[tuple[URIRef, URIRef]] = set()
    things = sorted(items)
    for row in sorted(
        data.rows(query("routes/transit-bans").text), key=lambda row: (str(row["row"]), str(row["member"]))
    ):
        law, state = iri(row, "row"), row.get("state")
        meant = row["place"] == place and row["jurisdiction"] in zone.transit_law and state in _STANDS
        if not meant or window(row).on(day) is not Presence.YES:
            continue
        for item in things:
            if (law, item) in told or (why := _in_scope(data, transaction, item, row)) is None:
                continue
            told.add((law, item))
            yield Ban(law, item, state == IN_FORCE, (*why, (law, CLEW.forPlace, place), (law, CLEW.legalStatus, state)))  # type: ignore[arg-type]


def _in_scope(data: Dataset, transaction: URIRef, item: URIRef, row: Row) -> tuple[Statement, ...] | None:
    """Return the statements by which a provision means an item; nothing where it does not."""
    law, member = iri(row, "row"), iri(row, "member")
    scope = next(one for one in data.objects(law, CLEW.forScope) if data.graphs_of((member, CLEW.inScope, one)))
    named: tuple[Statement, ...] = (
        (transaction, CLEW.hasItem, item),
        (law, CLEW.forScope, scope),
        (member, CLEW.inScope, scope),
    )
    if isinstance(code := row.get("hs"), URIRef):
        stated: Statement = (item, CLEW.hsCode, code)
        return (*named, (member, CLEW.forHS, code), stated) if data.graphs_of(stated) else None
    for listing in _things(data, item, CLEW.classification):
        for entry in _things(data, listing, CLEW.underEntry):
            under = (item, CLEW.classification, listing), (listing, CLEW.underEntry, entry)
            if (why := _covers(data, entry, row, member)) is not None:
                return (*named, *under, *why)
    return None


def _covers(data: Dataset, entry: URIRef, row: Row, member: URIRef) -> tuple[Statement, ...] | None:
    """Return the statements by which a member of a scope covers an entry: its whole list, or an entry around it."""
    if isinstance(listed := row.get("list"), URIRef) and "entry" not in row:
        stated: Statement = (entry, CLEW.controlList, listed)
        return ((member, CLEW.forControlList, listed), stated) if data.graphs_of(stated) else None
    wanted, here, steps = row.get("entry"), entry, list[Statement]()
    while here != wanted:
        above = _things(data, here, CLEW.partOfEntry)
        if not above or any(step[0] == here for step in steps):
            return None
        steps.append((here, CLEW.partOfEntry, max(above, key=len)))  # the longest code is the nearest entry
        here = max(above, key=len)
    return (*steps, (member, CLEW.forEntry, here))


def _things(data: Dataset, subject: URIRef, predicate: URIRef) -> list[URIRef]:
    return [one for one in data.objects(subject, predicate) if isinstance(one, URIRef)]
