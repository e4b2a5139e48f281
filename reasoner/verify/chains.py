"""Repeating the proof of a chain of shipments: legs, hands, goods and days, both ends, and how strongly it stands.

Nothing of the search runs here. The days of legs, the windows of holdings, and whether a list names goods are looked up
in the data; the bounds of the search are read from their table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import networkx as nx
from rdflib import OWL, URIRef

from ...errors import ProofError
from ...ontology import CLEW, mint, token
from ...statements import Value
from ..derivation import Inference
from ..routes.settings import Zone, settings, units
from .said import COMPREHENSIVE, SECTORAL, Said, classes_of, day_of, zone_of

_SEND = frozenset(mint("role", name) for name in ("exporter", "reexporter", "seller", "supplier", "shipper"))
_RECEIVE = frozenset(mint("role", name) for name in ("end_user", "consignee", "declared_consignee", "purchaser"))


def check_chain(said: Said) -> None:
    """Check a chain: its legs, hands, goods and days, where it begins and ends, and how strongly it stands.

    Raises:
        ProofError: The premises do not carry it.
    """
    parts = [[URIRef(leg) for leg in part.split()] for part in said.bound["legs"].split("|")]
    if not all(parts):
        raise ProofError("a shipment of the chain has no leg")
    goods = [_item(said, part) for part in parts]
    zone, day = zone_of(said), day_of(said)
    starts = said.values(parts[0][0], CLEW.departurePlace)
    if not any(said.in_zone(zone, place, day) or said.in_zone(zone, place, _when(said, parts[0])) for place in starts):
        raise ProofError(f"the chain does not begin where the law `{zone.name}` follows goods")
    for one, two in pairwise(parts):
        _link(said, one, two)
    _end(said, zone, parts[-1], goods[-1], day)
    _strength(said, parts, goods)


def _item(said: Said, legs: list[URIRef]) -> Value:
    """Return the item that moves on a shipment and belongs to the goods class of the chain."""
    items = [item for deal in _deals(said, legs) for item in said.values(deal, CLEW.hasItem)]
    for item in items:
        if URIRef(said.bound["goods"]) in classes_of(said, item):
            return item
    raise ProofError(f"no goods on `{token(legs[-1])}` belong to `{token(said.bound['goods'])}`")


def _deals(said: Said, legs: list[URIRef]) -> list[URIRef]:
    consignments = {one for leg in legs for one in said.subjects(CLEW.hasLeg, leg)}
    if len(consignments) != 1:
        raise ProofError(f"the legs of `{token(legs[-1])}` are not of one consignment")
    return said.subjects(CLEW.hasConsignment, consignments.pop())


def _when(said: Said, legs: list[URIRef]) -> date:
    days = [day for leg in legs for day in said.data.objects(leg, CLEW.date) if isinstance(day, date)]
    asked = [day for deal in _deals(said, legs) for day in said.data.objects(deal, CLEW.asOf) if isinstance(day, date)]
    return max(days or asked, default=day_of(said))


def _link(said: Said, one: list[URIRef], two: list[URIRef]) -> None:
    """Check that one shipment goes on as the next: by its consignment, or by hands and days."""
    same = set(said.subjects(CLEW.hasLeg, one[-1])) & set(said.subjects(CLEW.hasLeg, two[0]))
    if same:
        first, second = said.values(one[-1], CLEW.sequence), said.values(two[0], CLEW.sequence)
        if not (first and second and first[0] < second[0]):  # type: ignore[operator]
            raise ProofError(f"`{token(two[0])}` does not come after `{token(one[-1])}`")
        return
    gap = _gap(said, one, two)
    if gap is not None and not 0 <= gap <= int(said.bound["window"]):
        raise ProofError(f"goods lie for {gap} days between `{token(one[-1])}` and `{token(two[0])}`")
    if not _together(said, _receivers(said, one), _senders(said, two), _starts(said, two)):
        raise ProofError(f"nobody receives `{token(one[-1])}` and sends `{token(two[0])}`")


def _gap(said: Said, one: list[URIRef], two: list[URIRef]) -> int | None:
    ends = [day for day in said.data.objects(one[-1], CLEW.date) if isinstance(day, date)]
    starts = [day for day in said.data.objects(two[0], CLEW.date) if isinstance(day, date)]
    return (min(starts) - max(ends)).days if starts and ends else None


def _starts(said: Said, legs: list[URIRef]) -> date:
    days = [day for day in said.data.objects(legs[0], CLEW.date) if isinstance(day, date)]
    return min(days, default=day_of(said))


def _receivers(said: Said, legs: list[URIRef]) -> set[Value]:
    """Return who receives a shipment: the consignee of its last leg, or players of the roles that receive."""
    return set(said.values(legs[-1], CLEW.legConsignee)) or _players(said, legs, _RECEIVE)


def _senders(said: Said, legs: list[URIRef]) -> set[Value]:
    """Return who sends a shipment: who received the goods on the leg before, or players of the roles that send."""
    (consignment,) = {one for leg in legs for one in said.subjects(CLEW.hasLeg, leg)}
    place = _place(said, legs[0])
    before = [(at, leg) for leg in said.values(consignment, CLEW.hasLeg) if (at := _place(said, leg)) < place]
    received = [value for at, leg in sorted(before, reverse=True) for value in said.values(leg, CLEW.legConsignee)]
    return {received[0]} if received else _players(said, legs, _SEND)


def _place(said: Said, leg: Value) -> int:
    return next((at for at in said.values(leg, CLEW.sequence) if isinstance(at, int)), 0)


def _players(said: Said, legs: list[URIRef], kinds: frozenset[URIRef]) -> set[Value]:
    roles = [role for deal in _deals(said, legs) for role in said.values(deal, CLEW.hasRole)]
    acting = [
        role for role in roles if isinstance(role, URIRef) and kinds & set(said.data.objects(role, CLEW.roleType))
    ]
    return {player for role in acting for player in said.values(role, CLEW.rolePlayer)}


def _together(said: Said, ones: set[Value], others: set[Value], day: date) -> bool:
    """Tell whether control leads from one of some parties to one of others, by holdings that stood on the day."""
    ties: nx.Graph[Value] = nx.Graph()
    ties.add_nodes_from([*ones, *others])
    for subject, term, value in said.stated:
        if term == OWL.sameAs:
            ties.add_edge(subject, value)
        if term == CLEW.heldIn and said.stood(subject, day) and _controls(said, subject):
            ties.add_edges_from((holder, value) for holder in said.values(subject, CLEW.holder))
    return any(nx.has_path(ties, one, other) for one in ones for other in others)


def _controls(said: Said, holding: URIRef) -> bool:
    kinds = {token(str(kind)).partition(":")[2] for kind in said.values(holding, CLEW.holdingKind)}
    shares = [share for share in said.values(holding, CLEW.shareMinimum) if isinstance(share, int)]
    alone = len(said.values(holding, CLEW.holder)) == 1
    majority = any(share >= settings().majority for share in shares)
    return alone and (majority if kinds <= {"shares", "votes"} else bool(kinds & {"board", "control"}) or majority)


_LISTED = f"""ASK {{
    {{ ?item <{CLEW.hsCode}> ?code . ?row <{CLEW.priorityHS}>|<{CLEW.correlatedHS}> ?code }}
    UNION {{
        ?item <{CLEW.classification}>/<{CLEW.underEntry}>/<{CLEW.partOfEntry}>* ?entry .
        {{ ?row <{CLEW.lineOf}>|<{CLEW.controlsEntry}>|<{CLEW.correlatedEntry}> ?entry }}
        UNION {{ ?entry <{CLEW.alignedWith}>|^<{CLEW.alignedWith}> ?other }}
    }}
}}"""


def _end(said: Said, zone: Zone, legs: list[URIRef], item: Value, day: date) -> None:
    """Check that the chain ends under an embargo of the law, one on some goods only where a list names the goods."""
    found = [one for place in said.values(legs[-1], CLEW.arrivalPlace) for one in said.embargoes(place, day)]
    kinds = (COMPREHENSIVE, SECTORAL) if said.data.ask(_LISTED, item=item) else (COMPREHENSIVE,)
    rows = [row for row, kind in found if kind in kinds]
    if not any(law in zone.jurisdictions for row in rows for law in said.values(row, CLEW.jurisdiction)):
        raise ProofError(f"the chain ends under no embargo of the law `{zone.name}` on {day}")


def _strength(said: Said, parts: list[list[URIRef]], goods: list[Value]) -> None:
    """Check that the premises carry the strength: a contradiction for `strong`, no authorisation for `certain`."""
    strength = said.bound["strength"]
    deals = {deal for part in parts for deal in _deals(said, part)}
    told = [one for one in said.step.premises if isinstance(one, Inference) and one.conclusion[0] in deals]
    if strength == "certain":
        wanted = {f"<{deal}> <{CLEW.hasAuthorisation}> ?licence" for deal in _deals(said, parts[0])}
        if len(parts) != 1 or not wanted <= said.absences:
            raise ProofError("only one shipment without an authorisation is certain")
    elif strength == "strong":
        if len(parts) < 2 or not told or not _fits(said, parts, goods):
            raise ProofError("a strong finding needs a chain that fits and a fact against what was declared")
    elif strength != "possible":
        raise ProofError(f"`{strength}` is no strength of a chain")


def _fits(said: Said, parts: list[list[URIRef]], goods: list[Value]) -> bool:
    """Tell whether days are short and quantities fit on every link that no source states."""
    bounds, carry = settings(), None
    for place, item in enumerate(goods):
        amount = _amount(said, item)
        if place and not set(said.subjects(CLEW.hasLeg, parts[place - 1][-1])) & set(
            said.subjects(CLEW.hasLeg, parts[place][0])
        ):
            gap = _gap(said, parts[place - 1], parts[place])
            if gap is None or gap > bounds.short or amount is None or carry is None or amount[1] != carry[1]:
                return False
        if amount and carry and amount[1] == carry[1]:
            if not bounds.least * carry[0] <= amount[0] <= (1 + bounds.spare) * carry[0]:
                return False
            amount = min(amount, carry)
        carry = amount or carry
    return True


def _amount(said: Said, item: Value) -> tuple[Fraction, str] | None:
    stated = [value for value in said.values(item, CLEW.quantity) if isinstance(value, int | Decimal)]
    names = said.values(item, CLEW.unit)
    if len(stated) != 1 or len(names) != 1:
        return None
    unit = str(names[0]).strip().casefold()
    base, factor = units().get(unit, (unit, 1))
    return Fraction(stated[0]) * factor, base
