"""The way of the goods: legs in their order, from place to place, with who carries and who receives them."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...errors import CaseError
from ...ontology import CLEW, curie
from ...statements import Statement
from ..places import place_of
from .fields import as_day, as_fields, as_place, as_position, as_text, as_token, shown
from .part import Part
from .words import MODES


def route(case: Part, transaction: URIRef) -> Iterator[Statement]:
    """Yield the consignment and its legs.

    A leg is never left out: one that breaks the order stays in the route, and the break is a problem of the case.
    """
    legs = case.parts("route")
    if not legs:
        return
    draft = case.draft
    consignment = draft.new("consignment")
    yield transaction, CLEW.hasConsignment, consignment
    yield from draft.a(consignment, CLEW.Consignment)
    taken: set[int] = set()
    for number, part in legs:
        sequence = _sequence(part, number, taken)
        taken.add(sequence)
        leg = draft.new(f"leg-{sequence}")
        yield consignment, CLEW.hasLeg, leg
        yield from draft.a(leg, CLEW.Leg)
        yield leg, CLEW.sequence, sequence
        yield from _leg(part, leg)


def _sequence(part: Part, number: int, taken: set[int]) -> int:
    """Return the position of a leg, which is the next one; tell of a gap, a repetition or a step back."""
    stated = part.get("seq", as_position)
    due = max(taken, default=0) + 1
    if stated is None or stated == due:
        return due
    error = CaseError(f"leg `{stated}` stands where leg `{due}` is due", help="number the legs 1, 2, 3 in order")
    part.draft.refuse(f"{part.pointer}/seq", part.fields["seq"], error)
    return due if stated in taken else stated


def _leg(part: Part, leg: URIRef) -> Iterator[Statement]:
    yield from _end(part, leg, "from", CLEW.departurePlace, CLEW.departureName)
    yield from _end(part, leg, "to", CLEW.arrivalPlace, CLEW.arrivalName)
    mode = part.get("mode", as_token)
    if mode is not None:
        yield leg, CLEW.transportMode, mode
        if mode not in MODES:
            part.draft.warn(f"{part.pointer}/mode", mode, f"no rule knows the mode {shown(mode)}", "correct the word")
    yield from part.say(leg, "date", CLEW.date, as_day)
    yield from part.say(leg, "consignee", CLEW.legConsignee, part.draft.party)
    yield from part.say(leg, "carrier", CLEW.carrier, part.draft.party)
    yield from part.say(leg, "vessel", CLEW.legVessel, part.draft.party)
    yield from part.rest(leg)


def _end(part: Part, leg: URIRef, key: str, place: URIRef, name: URIRef) -> Iterator[Statement]:
    end = part.part(key, as_fields("place"))
    if end is None:
        return
    town, country = end.get("place", as_text), end.get("country", as_place)
    places = {country, _region(town)} - {None}
    if town is not None:
        yield leg, name, town
    yield from ((leg, place, one) for one in sorted(one for one in places if one is not None))
    yield from end.rest(leg)


def _region(town: str | None) -> URIRef | None:
    """Return the region that law treats by itself, where the name of a place is one, such as Sevastopol.

    A place that bears the name of a country (Georgia, Mexico) says nothing: only the stated country counts then.
    """
    found = place_of(town) if town else None
    return found if found is not None and "-" in curie(found) else None
