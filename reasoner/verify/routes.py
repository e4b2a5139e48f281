"""Repeating a step about a route: the chain, its places, its hands and its times, from the premises alone.

Nothing of the search runs here. What premises cannot show is looked up in the data: the windows of law and holdings,
the days of legs, whether a list names goods. Zones and the bounds of the search are read from their tables.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rdflib import URIRef
from rdflib.namespace import SKOS

from ...dataset import Dataset
from ...errors import ProofError
from ...ontology import CLEW, mint, token
from ...statements import Value
from ..derivation import Inference
from .chains import check_chain
from .said import COMPREHENSIVE, SECTORAL, Said, classes_of, day_of, zone_of


def check_routes(step: Inference, data: Dataset) -> None:
    """Check a step about a route from its premises.

    Raises:
        ProofError: The premises do not carry it.
    """
    said, name = Said(step, data), token(step.rule).partition(":")[2]
    if name.startswith("contradiction-"):
        _contradiction(said, name.removeprefix("contradiction-"))
    elif name == "diversion":
        check_chain(said)
    elif name in _GROUNDS:
        _leg(said)
        if not _GROUNDS[name](said, day_of(said)):
            raise ProofError(f"the premises do not show `{name}` for `{token(str(step.conclusion[2]))}`")
    else:
        raise ProofError(f"there is no rule `{name}` about routes", help="ask for the explanation again")


def _leg(said: Said) -> None:
    """Check that the leg belongs to the transaction that the step is about."""
    transaction, leg = said.step.conclusion[0], URIRef(said.bound["leg"])
    consignments = said.values(transaction, CLEW.hasConsignment)
    if not any(leg in said.values(one, CLEW.hasLeg) for one in consignments):
        raise ProofError(f"`{token(leg)}` is no leg of `{token(transaction)}`")


def _touched(said: Said) -> set[Value]:
    leg = URIRef(said.bound["leg"])
    return {*said.values(leg, CLEW.departurePlace), *said.values(leg, CLEW.arrivalPlace)}


def _embargoed(said: Said, day: date) -> bool:
    place, certain = said.step.conclusion[2], said.bound["weight"] == "certain"
    needed = (COMPREHENSIVE,) if certain else (COMPREHENSIVE, SECTORAL)
    return place in _touched(said) and any(kind in needed for _, kind in said.embargoes(place, day))


def _diverts(said: Said, day: date) -> bool:
    place = said.step.conclusion[2]
    rows = said.subjects(CLEW.diversionThrough, place)
    return place in _touched(said) and any(said.stood(row, day) for row in rows)


def _unknown(said: Said, day: date) -> bool:
    subject, leg = said.step.conclusion[2], URIRef(said.bound["leg"])
    if subject == leg:
        return any(pattern.startswith(f"<{leg}> <") for pattern in said.absences)
    if subject not in _touched(said):
        return False
    # A place that is known is a matter for a person where a part of it is embargoed; the data has to show such a part.
    return f"<{subject}> <{CLEW.placeCode}> ?code" in said.absences or said.data.ask(_PARTLY, place=subject)


_PARTLY = f"""ASK {{ ?row <{CLEW.embargoedPlace}> ?part .
    {{ ?part <{CLEW.partOf}> ?place }} UNION {{ ?in <{CLEW.contained}> ?part ; <{CLEW.container}> ?place }} }}"""


def _listed(said: Said, day: date) -> bool:
    one, leg, certain = said.step.conclusion[2], URIRef(said.bound["leg"]), said.bound["weight"] == "certain"
    parties = [v for term in (CLEW.legConsignee, CLEW.carrier, CLEW.legVessel) for v in said.values(leg, term)]
    rows = [row for row in said.values(one, CLEW.listing) if isinstance(row, URIRef)]
    return one in parties and any(
        said.values(row, CLEW.onList) and said.stood(row, day, certain=certain) for row in rows
    )


def _flag(said: Said, day: date) -> bool:
    vessel = said.step.conclusion[2]
    sails = vessel in said.values(URIRef(said.bound["leg"]), CLEW.legVessel)
    flags = said.values(vessel, CLEW.flag)
    return sails and any(kind == COMPREHENSIVE for flag in flags for _, kind in said.embargoes(flag, day))


def _flags(said: Said, day: date) -> bool:
    vessel = said.step.conclusion[2]
    return vessel in said.values(URIRef(said.bound["leg"]), CLEW.legVessel) and len(said.values(vessel, CLEW.flag)) > 1


def _passed(said: Said, place: Value) -> bool:
    """Tell whether the goods arrive at a place and leave it again, on a route that begins in the zone of the law."""
    leg = URIRef(said.bound["leg"])
    onward = [one for one in said.subjects(CLEW.departurePlace, place) if one != leg]
    starts = [(one, v) for one, term, v in said.stated if term == CLEW.departurePlace]
    begins = any(said.in_zone(zone_of(said), start, day_of(said)) for _, start in starts)
    return place in said.values(leg, CLEW.arrivalPlace) and bool(onward) and begins


def _transit_group(said: Said, day: date) -> bool:
    place, groups = said.step.conclusion[2], {mint("group", name) for name in zone_of(said).transit}
    rows = [row for row in said.subjects(CLEW.groupMember, place) if said.stood(row, day)]
    return _passed(said, place) and any(group in groups for row in rows for group in said.values(row, CLEW.inGroup))


def _transit_ban(said: Said, day: date) -> bool:
    item = said.step.conclusion[2]
    goods = classes_of(said, item)
    for law, _, scope in [one for one in said.stated if one[1] == CLEW.forScope]:
        members = said.subjects(CLEW.inScope, scope)
        meant = {v for row in members for term in (CLEW.forEntry, CLEW.forHS) for v in said.values(row, term)}
        lists = {v for row in members for v in said.values(row, CLEW.forControlList)}
        held = {v for entry in goods for v in said.values(entry, CLEW.controlList)}
        places = said.values(law, CLEW.forPlace)
        if said.stood(law, day) and (goods & meant or held & lists) and any(_passed(said, place) for place in places):
            return True
    return False


_GROUNDS: dict[str, Callable[[Said, date], bool]] = {
    "embargoed-place": _embargoed,
    "diversion-place": _diverts,
    "unknown-place": _unknown,
    "listed": _listed,
    "embargoed-flag": _flag,
    "flags": _flags,
    "transit-group": _transit_group,
    "transit-ban": _transit_ban,
}


_OPPOSED = {
    "end-use": (CLEW.declaredEndUse, CLEW.actualEndUse),
    "end-user": (CLEW.issuer, CLEW.rolePlayer),
    "value": (CLEW.amount, CLEW.amount),
    "hs": (CLEW.declaredHS, CLEW.hsCode),
    "origin": (CLEW.declaredOrigin, CLEW.origin),
    "payer": (CLEW.country, CLEW.payerCountry),
    "address": (CLEW.country, CLEW.arrivalPlace),
}


def _contradiction(said: Said, kind: str) -> None:
    """Check that two statements of the premises differ, or that one states what it is said to."""
    said_of = {term: [value for _, found, value in said.stated if found == term] for _, term, _ in said.stated}
    if kind in _OPPOSED:
        one, other = _OPPOSED[kind]
        holds = bool(said_of.get(one)) and any(v not in said_of[one][:1] for v in said_of.get(other, ()))
    elif kind == "certificate":
        holds = "false" in said_of.get(CLEW.documentStatus, ())
    elif kind == "knowledge":
        holds = any(said.values(one, CLEW.observationType) for one in said_of.get(CLEW.hasObservation, ()))
    else:
        holds = kind == "event" and bool(set(said_of.get(CLEW.eventType, ())) & set(said_of.get(SKOS.notation, ())))
    if not holds:
        raise ProofError(f"the premises do not contradict one another about `{kind}`")
