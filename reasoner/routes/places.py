"""Places as of a day: what lies within what, which embargoes hold, which groups a place belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rdflib import URIRef

from ...dataset import Dataset, Row, iri
from ...ontology import CLEW, mint
from ...queries.catalogue import query
from ...statements import Statement
from ..ownership.window import Presence, Window
from .settings import Zone

COMPREHENSIVE = mint("embargo-kind", "comprehensive")
SECTORAL = mint("embargo-kind", "sectoral")


@dataclass(frozen=True, slots=True)
class Embargo:
    """An embargo that holds at a place on a day.

    Attributes:
        row: The row of law.
        place: The place it names.
        kind: How far it goes.
        jurisdiction: Whose it is.
        within: The statements by which the place asked about lies in the place it names.
    """

    row: URIRef
    place: URIRef
    kind: URIRef
    jurisdiction: str
    within: tuple[Statement, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """Return what it rests on."""
        named = (self.row, CLEW.embargoedPlace, self.place), (self.row, CLEW.jurisdiction, self.jurisdiction)
        return (*self.within, *named, (self.row, CLEW.embargoKind, self.kind))


@dataclass(frozen=True, slots=True)
class Named:
    """A row of a table that names a place: a point of diversion, or a member of a group."""

    row: URIRef
    place: URIRef
    window: Window


@dataclass(slots=True)
class Atlas:
    """The tables of places of a dataset, on any day."""

    data: Dataset
    known: frozenset[URIRef] = frozenset()
    countries: frozenset[URIRef] = frozenset()
    _around: dict[URIRef, list[tuple[URIRef, URIRef | None, Window]]] = field(default_factory=dict)
    _embargoes: dict[URIRef, list[tuple[Embargo, Window]]] = field(default_factory=dict)
    _members: dict[str, list[Named]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Dataset) -> Atlas:
        """Read the tables of places."""
        rows = data.rows(query("routes/countries").text)
        made = cls(
            data,
            frozenset(iri(row, "place") for row in rows),
            frozenset(iri(row, "place") for row in rows if row["country"] is True),
        )
        around: dict[URIRef, list[tuple[URIRef, URIRef | None, Window]]] = defaultdict(list)
        for row in data.rows(query("routes/containments").text):
            by = row.get("row")
            entry = iri(row, "around"), by if isinstance(by, URIRef) else None, window(row)
            around[iri(row, "place")].append(entry)
        made._around = {
            place: sorted(found, key=lambda one: (one[1] is None, one[0])) for place, found in around.items()
        }
        for row in data.rows(query("routes/embargoes").text):
            one = Embargo(iri(row, "row"), iri(row, "place"), iri(row, "kind"), str(row["jurisdiction"]))
            made._embargoes.setdefault(one.place, []).append((one, window(row)))
        return made

    def within(self, place: URIRef, day: date) -> Iterator[tuple[URIRef, tuple[Statement, ...]]]:
        """Yield a place and those around it on a day, the innermost first, with the statements that say so."""
        waiting: list[tuple[URIRef, tuple[Statement, ...]]] = [(place, ())]
        seen = {place}
        for here, said in waiting:  # grows while it is walked
            yield here, said
            for around, row, when in self._around.get(here, ()):
                if around not in seen and when.on(day) is Presence.YES:
                    seen.add(around)
                    waiting.append((around, (*said, *_inside(here, around, row))))

    def embargoes(self, place: URIRef, day: date) -> list[Embargo]:
        """Return the embargoes that hold at a place on a day, those on the innermost place first."""
        return [
            Embargo(one.row, one.place, one.kind, one.jurisdiction, said)
            for around, said in self.within(place, day)
            for one, when in sorted(self._embargoes.get(around, ()), key=lambda each: each[0].row)
            if when.on(day) is Presence.YES
        ]

    def partly(self, place: URIRef, day: date) -> list[URIRef]:
        """Return the places within a place that are embargoed on a day while the whole of it is not."""
        inner = {
            part
            for part in self._embargoes
            if part != place and any(around == place for around, _ in self.within(part, day))
        }
        return sorted(part for part in inner if any(when.on(day) for _, when in self._embargoes[part]))

    def member(self, place: URIRef, group: str, day: date) -> Named | None:
        """Return the row by which a place belongs to a group on a day; nothing where it does not."""
        if group not in self._members:
            rows = self.data.rows(query("routes/members").text, group=mint("group", group))
            self._members[group] = [Named(iri(row, "row"), iri(row, "place"), window(row)) for row in rows]
        found = (one for one in self._members[group] if one.place == place and one.window.on(day) is Presence.YES)
        return min(found, key=lambda one: one.row, default=None)

    def in_zone(self, zone: Zone, place: URIRef, day: date) -> tuple[Statement, ...] | None:
        """Return the statements by which the law of a zone follows goods from a place; nothing where it does not.

        A region counts with its country, and a country by itself: one within another has export law of its own.
        """
        for around, said in self.within(place, day):
            if any(around == mint("place", code) for code in zone.places):
                return said
            for group in sorted(zone.groups):
                if (member := self.member(around, group, day)) is not None:
                    here = mint("group", group)
                    return (*said, (member.row, CLEW.inGroup, here), (member.row, CLEW.groupMember, around))
            if around in self.countries:
                return None
        return None


def window(row: Row) -> Window:
    """Return the window that a row of a query states."""
    days = (row.get(name) for name in ("from", "fromLatest", "untilEarliest", "until"))
    return Window(*(day if isinstance(day, date) else None for day in days))


def _inside(place: URIRef, around: URIRef, row: URIRef | None) -> tuple[Statement, ...]:
    if row is None:
        return ((place, CLEW.partOf, around),)
    return (row, CLEW.contained, place), (row, CLEW.container, around)
