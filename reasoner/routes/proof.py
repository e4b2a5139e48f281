"""The proof of a diversion: every shipment, link, place and contradiction down to what sources state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from rdflib import URIRef

from ...dataset import Dataset
from ...ontology import CLEW, mint
from ...statements import Statement
from ..derivation import Absence, Derivation, Inference
from ..derivation import Kind as Step
from .diversion import Diversion, Trade
from .model import Shipment
from .strength import Strength

Producer = Callable[[Statement], Derivation]
RULE = mint("route", "diversion")


def derive(trade: Trade, found: Diversion, fact: Producer, window: int) -> Inference:
    """Return how a diversion follows.

    Args:
        trade: The shipments it was found among.
        found: The diversion.
        fact: Turns a statement of the dataset into a derivation.
        window: Longest time that goods lie at one party, in days.
    """
    said = dict.fromkeys(_statements(trade, found))
    premises: list[Derivation] = [fact(statement) for statement in said]
    premises += [one.derive(fact) for one in found.contradictions]
    if found.strength is Strength.CERTAIN:
        transaction = found.shipments[0].transaction
        premises.append(Absence(f"<{transaction}> <{CLEW.hasAuthorisation}> ?licence", "no authorisation is stated"))
    bindings = {
        "day": found.day.isoformat(),
        "goods": str(found.goods),
        "legs": "|".join(" ".join(one.legs) for one in found.shipments),
        "strength": found.strength.value,
        "window": str(window),
        "zone": found.zone.name,
    }
    return Inference(
        (finding_iri(found), CLEW.findingSubject, found.shipments[-1].consignment),
        Step.ROUTE,
        RULE,
        found.says,
        tuple(sorted(bindings.items())),
        tuple(premises),
    )


def finding_iri(found: Diversion) -> URIRef:
    """Return the node of a diversion: the same shipments under the same law always have the same."""
    key = "|".join((found.zone.name, str(found.goods), *(f"{one.iri} {one.item}" for one in found.shipments)))
    return mint("finding", "diversion", hashlib.sha256(key.encode()).hexdigest()[:16])


def _statements(trade: Trade, found: Diversion) -> Iterator[Statement]:
    """Yield what the chain rests on, shipment by shipment."""
    first = found.shipments[0]
    for place in first.origin:
        if (said := trade.atlas.in_zone(found.zone, place, first.day(trade.as_of))) is not None:
            yield from said
    for number, one in enumerate(found.shipments):
        yield from _shipment(trade.data, one)
        if one.item is not None:
            yield one.transaction, CLEW.hasItem, one.item
            yield from trade.goods.reasons[one.item, found.goods]
            yield from _amounts(trade.data, one.item)
        if number:
            yield from _link(trade, found.shipments[number - 1], one)
    yield from found.embargo.statements()


def _shipment(data: Dataset, one: Shipment) -> Iterator[Statement]:
    yield one.transaction, CLEW.hasConsignment, one.consignment
    if one.sender is not None and one.consignor is not None:
        yield one.transaction, CLEW.hasRole, one.sender
        yield one.sender, CLEW.rolePlayer, one.consignor
    if one.before is not None and one.consignor is not None:
        yield one.before, CLEW.legConsignee, one.consignor
    for leg in (*((one.before,) if one.before else ()), *one.legs):
        yield one.consignment, CLEW.hasLeg, leg
        for term in (CLEW.sequence, CLEW.date):
            yield from ((leg, term, value) for value in data.objects(leg, term))
    if one.legs:
        yield from ((one.legs[0], CLEW.departurePlace, place) for place in one.origin)
        yield from ((one.legs[-1], CLEW.arrivalPlace, place) for place in one.destination)
    if one.receiver is not None and one.consignee is not None:
        yield one.transaction, CLEW.hasRole, one.receiver
        yield one.receiver, CLEW.rolePlayer, one.consignee
    elif one.consignee is not None:
        yield one.legs[-1], CLEW.legConsignee, one.consignee


def _amounts(data: Dataset, item: URIRef) -> Iterator[Statement]:
    for term in (CLEW.quantity, CLEW.unit):
        yield from ((item, term, value) for value in data.objects(item, term))


def _link(trade: Trade, one: Shipment, two: Shipment) -> Sequence[Statement]:
    """Return the statements by which the receiver of one shipment and the sender of the next are one group."""
    if one.consignee is None or two.consignor is None or two.before == one.iri:
        return ()
    return trade.control.together(one.consignee, two.consignor, two.departure or trade.as_of) or ()
