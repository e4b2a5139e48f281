"""Whether the route of one consignment is lawful: each stop, each state passed through, each craft and party by itself.

Every reason stands alone, with its own path and its own proof. A place of which nobody knows in what it lies is not
clear: it is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from rdflib import URIRef

from ...dataset import Dataset, iri
from ...ontology import CLEW, mint, token
from ...queries.catalogue import query
from ...statements import Statement
from ..derivation import Absence, Derivation, Inference
from ..derivation import Kind as Step
from ..ownership.window import Presence
from .places import COMPREHENSIVE, SECTORAL, Atlas, window
from .route import Stop, stops
from .scope import bans
from .settings import Zone, zones

Producer = Callable[[Statement], Derivation]


class Ground(StrEnum):
    """Why a route gives reason to stop."""

    EMBARGOED_PLACE = "embargoed-place"
    TRANSIT_BAN = "transit-ban"
    TRANSIT_GROUP = "transit-group"
    DIVERSION_PLACE = "diversion-place"
    LISTED = "listed"
    EMBARGOED_FLAG = "embargoed-flag"
    FLAGS = "flags"
    UNKNOWN_PLACE = "unknown-place"


class Weight(StrEnum):
    """How sure a reason is: what law settles, what depends on a fact not known, what a person must look at."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a route is not clear.

    Attributes:
        ground: Why.
        weight: How sure it is.
        leg: On which leg.
        subject: The place, party, craft or item that it is about.
        path: The tokens that tell it, from the leg on.
        says: The reason as a sentence.
        derivation: How it follows.
    """

    ground: Ground
    weight: Weight
    leg: URIRef
    subject: URIRef
    path: tuple[str, ...]
    says: str
    derivation: Inference


def legality(data: Dataset, transaction: URIRef, as_of: date, fact: Producer) -> tuple[Reason, ...]:
    """Return every reason why the route of a transaction is not clear, leg by leg.

    Args:
        data: The facts beside the tables of law.
        transaction: The transaction.
        as_of: The day on which law is asked about; a leg that states its own day is asked about on that.
        fact: Turns a statement of the dataset into a derivation.
    """
    judge = _Judge(data, transaction, as_of, fact)
    return tuple(judge.reasons())


class _Judge:
    """Asks every question about one route."""

    def __init__(self, data: Dataset, transaction: URIRef, as_of: date, fact: Producer) -> None:
        self.data, self.transaction, self.as_of, self.fact = data, transaction, as_of, fact
        self.atlas = Atlas.read(data)
        self.stops = stops(data, transaction)
        self.items = [one for one in data.objects(transaction, CLEW.hasItem) if isinstance(one, URIRef)]
        self.zones = zones(as_of)

    def reasons(self) -> Iterator[Reason]:
        for stop in self.stops:
            day = stop.day or self.as_of
            yield from self._places(stop, day)
            for term, one in stop.parties:
                yield from self._listed(stop, term, one, day)
                if term == CLEW.legVessel:
                    yield from self._flags(stop, one, day)
        for stop, onward in pairwise(self.stops):
            if stop.consignment == onward.consignment:
                yield from self._transit(stop, onward, stop.day or self.as_of)

    def _reason(
        self,
        ground: Ground,
        weight: Weight,
        stop: Stop,
        subject: URIRef,
        says: str,
        path: Sequence[str],
        statements: Sequence[Statement],
        day: date,
        absences: Sequence[Absence] = (),
        zone: str = "",
    ) -> Reason:
        """Return a reason with its proof: the leg, then what speaks about its place, party or craft."""
        about: list[Statement] = [
            (self.transaction, CLEW.hasConsignment, stop.consignment),
            (stop.consignment, CLEW.hasLeg, stop.leg),
            *statements,
        ]
        bindings = {"day": day.isoformat(), "leg": str(stop.leg), "weight": weight.value}
        proof = Inference(
            (self.transaction, CLEW.findingSubject, subject),
            Step.ROUTE,
            mint("route", ground.value),
            says,
            tuple(sorted((bindings | ({"zone": zone} if zone else {})).items())),
            (*(self.fact(statement) for statement in dict.fromkeys(about)), *absences),
        )
        return Reason(ground, weight, stop.leg, subject, (f"leg:{stop.sequence}", *path), says, proof)

    def _places(self, stop: Stop, day: date) -> Iterator[Reason]:
        for term, place in stop.ends():
            yield from self._place(stop, term, place, day)
            yield from self._unknown(stop, term, place, day)
        for term, places, name in (
            (CLEW.departurePlace, stop.origin, stop.names[0]),
            (CLEW.arrivalPlace, stop.destination, stop.names[1]),
        ):
            if not places:
                yield self._no_place(stop, term, name, day)

    def _place(self, stop: Stop, term: URIRef, place: URIRef, day: date) -> Iterator[Reason]:
        """Yield the embargoes on a place and the notices that name it."""
        here: Statement = (stop.leg, term, place)
        for embargo in self.atlas.embargoes(place, day):
            if embargo.kind not in (COMPREHENSIVE, SECTORAL):
                continue
            whole = embargo.kind == COMPREHENSIVE
            says = (
                f"leg {stop.sequence} touches {token(place)}, "
                f"{'embargoed' if whole else 'where some goods are embargoed'} under {embargo.jurisdiction}"
            )
            within = [token(embargo.place)] if embargo.place != place else []
            yield self._reason(
                Ground.EMBARGOED_PLACE,
                Weight.CERTAIN if whole else Weight.POSSIBLE,
                stop,
                place,
                says,
                (token(place), *within, token(embargo.row)),
                (here, *embargo.statements()),
                day,
            )
        if term == CLEW.arrivalPlace:
            yield from self._diversion(stop, place, day)

    def _diversion(self, stop: Stop, place: URIRef, day: date) -> Iterator[Reason]:
        rows = {
            iri(row, "row"): row
            for row in self.data.rows(query("routes/diversion-places").text)
            if row["place"] == place and window(row).on(day) is Presence.YES
        }
        for row in sorted(rows):
            yield self._reason(
                Ground.DIVERSION_PLACE,
                Weight.REVIEW,
                stop,
                place,
                f"leg {stop.sequence} ends in {token(place)}, which an authority named as a point of diversion",
                (token(place), token(row)),
                ((stop.leg, CLEW.arrivalPlace, place), (row, CLEW.diversionThrough, place)),
                day,
            )

    def _unknown(self, stop: Stop, term: URIRef, place: URIRef, day: date) -> Iterator[Reason]:
        """Yield that nobody knows in what a place lies: an unknown code, or a country that is embargoed in part."""
        here: Statement = (stop.leg, term, place)
        stated = stop.origin if term == CLEW.departurePlace else stop.destination
        if place not in self.atlas.known:
            pattern = f"<{place}> <{CLEW.placeCode}> ?code"
            yield self._reason(
                Ground.UNKNOWN_PLACE,
                Weight.REVIEW,
                stop,
                place,
                f"leg {stop.sequence} touches {token(place)}, and no table says in what it lies",
                (token(place),),
                (here,),
                day,
                (Absence(pattern, f"no table of places knows {token(place)}"),),
            )
        elif len(stated) == 1 and (parts := self.atlas.partly(place, day)):
            names = ", ".join(map(token, parts))
            yield self._reason(
                Ground.UNKNOWN_PLACE,
                Weight.REVIEW,
                stop,
                place,
                f"leg {stop.sequence} touches {token(place)}; whether that is within {names} is not stated",
                (token(place), *map(token, parts)),
                (here,),
                day,
            )

    def _no_place(self, stop: Stop, term: URIRef, name: str, day: date) -> Reason:
        end = "begins" if term == CLEW.departurePlace else "ends"
        said = f" (`{name}`)" if name else ""
        pattern = f"<{stop.leg}> <{term}> ?place"
        return self._reason(
            Ground.UNKNOWN_PLACE,
            Weight.REVIEW,
            stop,
            stop.leg,
            f"in which country leg {stop.sequence} {end} is not stated{said}",
            tuple(filter(None, (name,))),
            (),
            day,
            (Absence(pattern, f"nothing states where leg {stop.sequence} {end}"),),
        )

    def _listed(self, stop: Stop, term: URIRef, one: URIRef, day: date) -> Iterator[Reason]:
        """Yield the lists on which a consignee, carrier or vessel stands."""
        found = {iri(row, "row"): row for row in self.data.rows(query("routes/listings-of").text, entity=one)}
        for row, stated in sorted(found.items()):
            presence = window(stated).on(day)
            if presence is Presence.NO:
                continue
            listed = iri(stated, "list")
            what = token(term).rpartition("#")[2].removeprefix("leg").lower()
            yield self._reason(
                Ground.LISTED,
                Weight.CERTAIN if presence is Presence.YES else Weight.POSSIBLE,
                stop,
                one,
                f"the {what} of leg {stop.sequence}, {token(one)}, stands on {token(listed)}",
                (token(one), token(listed)),
                ((stop.leg, term, one), (one, CLEW.listing, row), (row, CLEW.onList, listed)),
                day,
            )

    def _flags(self, stop: Stop, vessel: URIRef, day: date) -> Iterator[Reason]:
        """Yield what the flags of a vessel say: an embargoed flag, or several of them."""
        flags = sorted({iri(row, "flag") for row in self.data.rows(query("routes/flags").text, vessel=vessel)})
        flown = [(vessel, CLEW.flag, flag) for flag in flags]
        sails: Statement = (stop.leg, CLEW.legVessel, vessel)
        for flag, stated in zip(flags, flown, strict=True):
            for embargo in self.atlas.embargoes(flag, day):
                if embargo.kind == COMPREHENSIVE:
                    law = f"embargoed under {embargo.jurisdiction}"
                    says = f"{token(vessel)} on leg {stop.sequence} flies the flag of {token(flag)}, {law}"
                    path = token(vessel), token(flag), token(embargo.row)
                    statements = sails, stated, *embargo.statements()
                    yield self._reason(Ground.EMBARGOED_FLAG, Weight.CERTAIN, stop, vessel, says, path, statements, day)
        if len(flags) > 1:
            says = f"sources state {len(flags)} flags for {token(vessel)} on leg {stop.sequence}"
            several = token(vessel), *map(token, flags)
            yield self._reason(Ground.FLAGS, Weight.REVIEW, stop, vessel, says, several, (sails, *flown), day)

    def _transit(self, stop: Stop, onward: Stop, day: date) -> Iterator[Reason]:
        """Yield what forbids goods to pass through the place where one leg ends and the next begins."""
        for place in sorted(set(stop.destination) & set(onward.origin)):
            if place in onward.destination:
                continue
            passed: tuple[Statement, ...] = (
                (stop.leg, CLEW.arrivalPlace, place),
                (stop.consignment, CLEW.hasLeg, onward.leg),
                (onward.leg, CLEW.departurePlace, place),
            )
            for zone in self.zones:
                start = self._origin(zone, day)
                if start is not None:
                    yield from self._by_group(zone, stop, place, day, (*start, *passed))
                    yield from self._by_law(zone, stop, place, day, (*start, *passed))

    def _origin(self, zone: Zone, day: date) -> tuple[Statement, ...] | None:
        """Return the statements by which the route begins in the zone of a law; nothing where it does not."""
        first = self.stops[0]
        for place in first.origin:
            stated: Statement = (first.leg, CLEW.departurePlace, place)
            if (said := self.atlas.in_zone(zone, place, day)) is not None:
                return ((first.consignment, CLEW.hasLeg, first.leg), stated, *said)
        return None

    def _by_group(
        self, zone: Zone, stop: Stop, place: URIRef, day: date, said: Sequence[Statement]
    ) -> Iterator[Reason]:
        for group in sorted(zone.transit):
            member = self.atlas.member(place, group, day)
            if member is not None:
                here = mint("group", group)
                says = (
                    f"the goods pass through {token(place)}, a place of transit of {token(here)}; "
                    "they may not unless they could go there as their destination"
                )
                stated = (member.row, CLEW.inGroup, here), (member.row, CLEW.groupMember, place)
                yield self._reason(
                    Ground.TRANSIT_GROUP,
                    Weight.POSSIBLE,
                    stop,
                    place,
                    says,
                    (token(place), token(here)),
                    (*said, *stated),
                    day,
                    zone=zone.name,
                )

    def _by_law(self, zone: Zone, stop: Stop, place: URIRef, day: date, said: Sequence[Statement]) -> Iterator[Reason]:
        for ban in bans(self.data, zone, self.transaction, self.items, place, day):
            yield self._reason(
                Ground.TRANSIT_BAN,
                Weight.CERTAIN if ban.settled else Weight.POSSIBLE,
                stop,
                ban.item,
                f"{token(ban.item)} passes through {token(place)}, which {token(ban.law)} forbids",
                (token(ban.item), token(place), token(ban.law)),
                (*said, *ban.statements),
                day,
                zone=zone.name,
            )
