"""Shipments: goods that move from one party to the next, as consignments, legs and items state them.

A consignment is cut where somebody receives the goods: each stretch from one party to the next is a shipment of its own
and knows the one before it. What a source leaves open is marked, and the shipment stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rdflib import URIRef

from ...dataset import Dataset, Row, iri
from ...ontology import mint
from ...queries.catalogue import query
from ...statements import Value
from .settings import units

MILLIONTH = 1_000_000  # quantities are whole numbers of millionths of their unit

_SENDERS = tuple(mint("role", name) for name in ("exporter", "reexporter", "seller", "supplier", "shipper"))
_RECEIVERS = tuple(mint("role", name) for name in ("end_user", "consignee", "declared_consignee", "purchaser"))


class Mark(StrEnum):
    """What is not known of a shipment."""

    NO_QUANTITY = "no quantity"
    NO_UNIT = "no unit"
    NO_DATE = "no date"
    NO_GOODS = "no goods"
    NO_CONSIGNOR = "no consignor"
    NO_CONSIGNEE = "no consignee"
    NO_ROUTE = "no route"


@dataclass(frozen=True, slots=True)
class Shipment:
    """Goods on their way from one party to the next.

    Attributes:
        iri: The leg that ends it; the consignment where no leg is stated.
        transaction: The transaction that it carries out.
        consignment: The consignment that it is a part of.
        consignor: Who sends the goods.
        consignee: Who receives them.
        item: The goods; nothing where none are stated.
        departure: The day on which its first leg is dated.
        arrival: The day on which its last leg is dated: the goods arrive then at the earliest.
        origin: Where it starts; a country and a region may both be stated.
        destination: Where it ends.
        quantity: How much, in millionths of the unit; nothing where it is not known exactly.
        unit: The unit, such as `piece` or `g`.
        legs: Its legs in their order.
        before: The shipment of the same consignment that ends where this one begins.
        asked: The day for which its transaction is asked about.
        sender: The role that names the consignor, where no shipment comes before.
        receiver: The role that names the consignee, where no leg does.
        marks: What is not known of it.
    """

    iri: URIRef
    transaction: URIRef
    consignment: URIRef
    consignor: URIRef | None
    consignee: URIRef | None
    item: URIRef | None
    departure: date | None = None
    arrival: date | None = None
    origin: tuple[URIRef, ...] = ()
    destination: tuple[URIRef, ...] = ()
    quantity: int | None = None
    unit: str | None = None
    legs: tuple[URIRef, ...] = ()
    before: URIRef | None = None
    asked: date | None = None
    sender: URIRef | None = None
    receiver: URIRef | None = None
    marks: tuple[Mark, ...] = ()

    def day(self, otherwise: date) -> date:
        """Return the day on which law is asked about it: its arrival, else the day of its transaction, else another."""
        return self.arrival or self.asked or otherwise


@dataclass(slots=True)
class _Leg:
    """What the rows of the query say of one leg."""

    iri: URIRef
    sequence: int = 0
    origin: set[URIRef] = field(default_factory=set)
    destination: set[URIRef] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    consignees: set[URIRef] = field(default_factory=set)


@dataclass(slots=True)
class _Consignment:
    """What the rows of the query say of one consignment."""

    iri: URIRef
    transaction: URIRef
    asked: date | None = None
    legs: dict[URIRef, _Leg] = field(default_factory=dict)
    items: dict[URIRef, tuple[set[Value], set[Value]]] = field(default_factory=dict)


Role = tuple[URIRef, URIRef, URIRef]  # the node of the role, its type, its player


def shipments(data: Dataset) -> tuple[Shipment, ...]:
    """Return every shipment that a dataset states, in order."""
    roles: dict[URIRef, list[Role]] = defaultdict(list)
    for row in data.rows(query("routes/roles").text):
        roles[iri(row, "transaction")].append((iri(row, "role"), iri(row, "type"), iri(row, "player")))
    found = _gathered(data.rows(query("routes/shipments").text))
    return tuple(shipment for one in found for shipment in _cut(one, sorted(roles.get(one.transaction, ()))))


def _gathered(rows: Iterable[Row]) -> list[_Consignment]:
    found: dict[URIRef, _Consignment] = {}
    for row in rows:
        key = iri(row, "consignment")
        one = found.setdefault(key, _Consignment(key, iri(row, "transaction")))
        if isinstance(asked := row.get("asOf"), date):
            one.asked = max(asked, one.asked or asked)
        if "leg" in row:
            _leg(one.legs.setdefault(iri(row, "leg"), _Leg(iri(row, "leg"))), row)
        if "item" in row:
            quantities, names = one.items.setdefault(iri(row, "item"), (set(), set()))
            quantities.update([row["quantity"]] if "quantity" in row else [])
            names.update([row["unit"]] if "unit" in row else [])
    return [found[key] for key in sorted(found)]


def _leg(leg: _Leg, row: Row) -> None:
    sequence, day = row.get("sequence"), row.get("day")
    if isinstance(sequence, int):
        leg.sequence = sequence
    if isinstance(day, date):
        leg.days.add(day)
    for name, places in (("from", leg.origin), ("to", leg.destination), ("consignee", leg.consignees)):
        if isinstance(value := row.get(name), URIRef):
            places.add(value)


def _cut(one: _Consignment, roles: Sequence[Role]) -> Iterator[Shipment]:
    """Yield the shipments of a consignment, for each of its items: a stretch ends where somebody receives the goods."""
    stretches = list(_stretches(sorted(one.legs.values(), key=lambda leg: (leg.sequence, leg.iri))))
    sender, receiver = _player(roles, _SENDERS), _player(roles, _RECEIVERS)
    items: list[URIRef | None] = [*sorted(one.items)]
    for item in items or [None]:
        before: Shipment | None = None
        for place, legs in enumerate(stretches or [[]]):
            last = place == max(len(stretches) - 1, 0)
            before = _shipment(one, item, legs, before, sender, receiver if last else None)
            yield before


def _stretches(legs: Sequence[_Leg]) -> Iterator[list[_Leg]]:
    stretch: list[_Leg] = []
    for leg in legs:
        stretch.append(leg)
        if leg.consignees:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _player(roles: Sequence[Role], types: Sequence[URIRef]) -> Role | None:
    """Return the first player of the first of several roles that somebody plays."""
    return next((role for kind in types for role in roles if role[1] == kind), None)


def _shipment(
    one: _Consignment,
    item: URIRef | None,
    legs: Sequence[_Leg],
    before: Shipment | None,
    sender: Role | None,
    receiver: Role | None,
) -> Shipment:
    named = min(legs[-1].consignees, default=None) if legs else None
    starts, ends = (legs[0].days, legs[-1].days) if legs else (set(), set())
    amount, unit, marks = _measured(*one.items[item]) if item in one.items else (None, None, [Mark.NO_GOODS])
    consignor = before.consignee if before else sender and sender[2]
    consignee = named or (receiver and receiver[2])
    marks += [Mark.NO_DATE] if not (starts and ends) else []
    marks += [Mark.NO_CONSIGNOR] if consignor is None else []
    marks += [Mark.NO_CONSIGNEE] if consignee is None else []
    marks += [Mark.NO_ROUTE] if not legs else []
    return Shipment(
        iri=legs[-1].iri if legs else one.iri,
        transaction=one.transaction,
        consignment=one.iri,
        consignor=consignor,
        consignee=consignee,
        item=item,
        departure=min(starts) if starts and ends else None,
        arrival=max(ends) if starts and ends else None,
        origin=tuple(sorted(legs[0].origin)) if legs else (),
        destination=tuple(sorted(legs[-1].destination)) if legs else (),
        quantity=amount,
        unit=unit,
        legs=tuple(leg.iri for leg in legs),
        before=before.iri if before else None,
        asked=one.asked,
        sender=sender[0] if sender and not before else None,
        receiver=receiver[0] if receiver and named is None else None,
        marks=tuple(marks),
    )


def _measured(quantities: set[Value], names: set[Value]) -> tuple[int | None, str | None, list[Mark]]:
    """Return how much there is as a whole number of millionths of a unit that others can be compared with.

    Several quantities, and one that is no whole number of millionths, are not known exactly.
    """
    marks = [] if len(names) == 1 else [Mark.NO_UNIT]
    said = next(iter(names), None) if len(names) == 1 else None
    name = str(said).strip().casefold() if said is not None else None
    unit, factor = units().get(name, (name, 1)) if name else (None, 1)
    amount: int | None = None
    if len(quantities) == 1 and isinstance(stated := next(iter(quantities)), int | Decimal):
        exact = Decimal(stated) * factor * MILLIONTH
        amount = int(exact) if exact == exact.to_integral_value() and exact >= 0 else None
    return amount, unit, marks + ([Mark.NO_QUANTITY] if amount is None else [])
