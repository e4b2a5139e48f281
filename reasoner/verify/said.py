"""What the premises of a step about a route say, and what the data says of the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset
from ...errors import ProofError
from ...ontology import CLEW, mint
from ...statements import Value
from ..derivation import Absence, Fact, Inference
from ..routes.settings import Zone, zones

COMPREHENSIVE, SECTORAL = mint("embargo-kind", "comprehensive"), mint("embargo-kind", "sectoral")
_INTO = (CLEW.hsCode, CLEW.declaredAs, CLEW.declaredHS, CLEW.classification, CLEW.underEntry, CLEW.partOfEntry)


class Said:
    """What the premises of a step say, and what the data says of the days on which it holds."""

    def __init__(self, step: Inference, data: Dataset) -> None:
        """Gather the statements of the premises."""
        self.step, self.data = step, data
        self.bound = dict(step.bindings)
        self.stated = [one.conclusion for one in step.premises if isinstance(one, Fact | Inference)]
        self.absences = {one.pattern for one in step.premises if isinstance(one, Absence)}

    def values(self, subject: Value, predicate: URIRef) -> list[Value]:
        """Return the values that the premises state."""
        return [value for one, term, value in self.stated if one == subject and term == predicate]

    def subjects(self, predicate: URIRef, value: Value) -> list[URIRef]:
        """Return what the premises state a value of."""
        return [one for one, term, other in self.stated if term == predicate and other == value]

    def stood(self, row: URIRef, day: date, *, certain: bool = True) -> bool:
        """Tell whether a row of a table, a listing or a holding stood on a day."""
        starts = (CLEW.validFrom, CLEW.validFromLatest) if certain else (CLEW.validFrom,)
        ends = (CLEW.validUntil, CLEW.validUntilEarliest) if certain else (CLEW.validUntil,)
        early = [day < start for term in starts for start in self.data.objects(row, term) if isinstance(start, date)]
        late = [day >= end for term in ends for end in self.data.objects(row, term) if isinstance(end, date)]
        return not any(early) and not any(late)

    def around(self, place: Value, day: date) -> set[Value]:
        """Return a place and the places around it that the premises lead to."""
        found, waiting = {place}, [place]
        while waiting:
            here = waiting.pop()
            rows = [row for row in self.subjects(CLEW.contained, here) if self.stood(row, day)]
            for outer in (
                *self.values(here, CLEW.partOf),
                *(v for row in rows for v in self.values(row, CLEW.container)),
            ):
                if outer not in found:
                    found.add(outer)
                    waiting.append(outer)
        return found

    def embargoes(self, place: Value, day: date) -> Iterator[tuple[URIRef, Value]]:
        """Yield the embargoes of the premises that hold at a place on a day, with how far each goes."""
        for outer in self.around(place, day):
            for row in self.subjects(CLEW.embargoedPlace, outer):
                if self.stood(row, day):
                    yield from ((row, kind) for kind in self.values(row, CLEW.embargoKind))

    def in_zone(self, zone: Zone, place: Value, day: date) -> bool:
        """Tell whether the law of a zone follows goods from a place."""
        places = self.around(place, day)
        rows = [row for outer in places for row in self.subjects(CLEW.groupMember, outer) if self.stood(row, day)]
        groups = {group for row in rows for group in self.values(row, CLEW.inGroup)}
        return bool(places & {mint("place", code) for code in zone.places}) or bool(
            groups & {mint("group", name) for name in zone.groups}
        )


def classes_of(said: Said, item: Value) -> set[Value]:
    """Return the customs codes and entries that the premises lead to from an item."""
    found, waiting = {item}, [item]
    while waiting:
        here = waiting.pop()
        onward = [value for term in (*_INTO, CLEW.alignedWith) for value in said.values(here, term)]
        onward += said.subjects(CLEW.alignedWith, here)
        rows = said.subjects(CLEW.correlatedHS, here)
        onward += [entry for row in rows for entry in said.values(row, CLEW.correlatedEntry)]
        waiting += [one for one in onward if one not in found]
        found.update(onward)
    return found


def day_of(said: Said) -> date:
    """Return the day that a step is about."""
    return date.fromisoformat(said.bound["day"])


def zone_of(said: Said) -> Zone:
    """Return the law that a step names.

    Raises:
        ProofError: No law of that name follows goods on the day.
    """
    found = [zone for zone in zones(day_of(said)) if zone.name == said.bound.get("zone")]
    if not found:
        raise ProofError("no law of that name follows goods on that day")
    return found[0]
