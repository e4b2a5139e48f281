"""Deals between parties, as the statements a loader would make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rdflib import RDF, URIRef

from clew.dataset import Dataset
from clew.ontology import CLEW, mint
from clew.reasoner.derivation import Fact, Origin
from clew.statements import Statement, Value

GRAPH = mint("graph", "source", "test", "2024-01-01")


def party(name: str) -> URIRef:
    return mint("test-party", name)


@dataclass
class Deal:
    """One transaction with one item; `stops` are (place, day, consignee) after the first place."""

    name: str
    sender: str | None
    origin: str
    stops: Sequence[tuple[str, str | None, str | None]]
    hs: str | None = "854231"
    quantity: str | None = "100"
    unit: str | None = "piece"
    as_of: str | None = None
    more: list[tuple[str, URIRef, Value]] = field(default_factory=list)

    def node(self, part: str) -> URIRef:
        return mint("test", self.name, part=part)

    def statements(self) -> Iterator[Statement]:
        deal, item, consignment = self.node("deal"), self.node("item"), self.node("consignment")
        yield deal, RDF.type, CLEW.Transaction
        yield deal, CLEW.hasConsignment, consignment
        yield deal, CLEW.hasItem, item
        if self.as_of:
            yield deal, CLEW.asOf, date.fromisoformat(self.as_of)
        if self.sender:
            yield deal, CLEW.hasRole, self.node("role")
            yield self.node("role"), CLEW.roleType, mint("role", "exporter")
            yield self.node("role"), CLEW.rolePlayer, party(self.sender)
        if self.hs:
            yield item, CLEW.hsCode, mint("hs", self.hs)
        if self.quantity:
            yield item, CLEW.quantity, Decimal(self.quantity)
        if self.unit:
            yield item, CLEW.unit, self.unit
        yield from self._legs(consignment)
        for part, predicate, value in self.more:
            yield self.node(part), predicate, value

    def _legs(self, consignment: URIRef) -> Iterator[Statement]:
        here = self.origin
        for number, (there, day, consignee) in enumerate(self.stops, 1):
            leg = self.node(f"leg-{number}")
            yield consignment, CLEW.hasLeg, leg
            yield leg, CLEW.sequence, number
            yield leg, CLEW.departurePlace, mint("place", here)
            yield leg, CLEW.arrivalPlace, mint("place", there)
            if day:
                yield leg, CLEW.date, date.fromisoformat(day)
            if consignee:
                yield leg, CLEW.legConsignee, party(consignee)
            here = there


def holding(name: str, holder: str, company: str, share: int, since: str | None = None) -> Iterator[Statement]:
    node = mint("test", "holdings", part=name)
    yield node, RDF.type, CLEW.Holding
    yield node, CLEW.holder, party(holder)
    yield node, CLEW.heldIn, party(company)
    yield node, CLEW.holdingKind, mint("holding-kind", "shares")
    yield node, CLEW.shareMinimum, share
    yield node, CLEW.shareMaximum, share
    if since:
        yield node, CLEW.validFrom, date.fromisoformat(since)


def fact(statement: Statement) -> Fact:
    return Fact(statement, Origin(GRAPH))


class Prove:
    """Makes a statement of a dataset a leaf with the graph that holds it, as long as one does."""

    def __init__(self, data: Dataset) -> None:
        self.data = data

    def __call__(self, statement: Statement) -> Fact:
        graphs = self.data.graphs_of(statement)
        assert graphs, f"nothing states {statement}"
        return Fact(statement, Origin(graphs[0]))
