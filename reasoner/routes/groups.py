"""Groups of parties under one control, as of a day.

Two parties are in one group on a day where control leads from the one to the other, or from a third party to both: a
majority of the shares or votes that is certain, the right to appoint the board, or control by other means.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from ...dataset import Dataset
from ...ontology import CLEW
from ...statements import Statement
from ..ownership.build import build
from ..ownership.graph import OwnershipGraph
from ..ownership.model import Holding, Kind
from ..ownership.records import Records, records

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Periods:
    """Who is in whose group, period by period.

    Attributes:
        starts: The first day of each period as a day number, in order; the first period has no beginning.
        groups: For each period, the number of the group of each party.
    """

    starts: Ints
    groups: tuple[Ints, ...]

    def of(self, days: Ints, unknown: int) -> Ints:
        """Return the period of each day; a day that is not known (-1) takes the period of another one."""
        asked = np.where(days >= 0, days, unknown)
        return np.maximum(np.searchsorted(self.starts, asked, "right") - 1, 0)

    @classmethod
    def alone(cls, parties: int) -> Periods:
        """Return one period in which everybody is a group of their own."""
        return cls(np.zeros(1, np.int64), (np.arange(parties, dtype=np.int64),))


@dataclass(slots=True)
class Control:
    """The control ties of a dataset on any day.

    Attributes:
        records: The statements on ownership.
        majority: Least share that is control, in millionths of one percent.
    """

    records: Records
    majority: int
    _days: dict[date, OwnershipGraph] = field(default_factory=dict)
    _ties: dict[date, nx.Graph[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Dataset, majority: int) -> Control:
        """Read the statements on ownership of a dataset."""
        return cls(records(data), majority)

    def graph(self, day: date) -> OwnershipGraph:
        """Return the ownership graph of a day."""
        if day not in self._days:
            self._days[day] = build(self.records, day)
        return self._days[day]

    def ties(self, day: date) -> nx.Graph[int]:
        """Return who controls whom on a day, by their numbers in the graph; an edge knows the statement it rests on."""
        if day not in self._ties:
            self._ties[day] = nx.Graph(_edges(self.graph(day), self.majority))
        return self._ties[day]

    def groups(self, parties: Iterable[URIRef], day: date) -> dict[URIRef, int]:
        """Return the number of the group of each party on a day; parties under one control share it."""
        graph, ties, known = self.graph(day), self.ties(day), list(parties)
        found = {one: number for number, part in enumerate(nx.connected_components(ties)) for one in part}
        numbers: dict[URIRef, int] = {}
        alone: dict[object, int] = {}
        for party in known:
            number = graph.index.get(party)
            key: object = party if number is None else number
            at = found.get(number) if number is not None else None
            numbers[party] = at if at is not None else len(found) + alone.setdefault(key, len(alone))
        return numbers

    def together(self, one: URIRef, other: URIRef, day: date) -> tuple[Statement, ...] | None:
        """Return the statements by which two parties are in one group on a day; nothing where they are not."""
        if one == other:
            return ()
        graph, ties = self.graph(day), self.ties(day)
        start, end = graph.index.get(one), graph.index.get(other)
        if start is None or end is None:
            return None
        if start != end and not (start in ties and end in ties and nx.has_path(ties, start, end)):
            return None
        way = [start] if start == end else nx.shortest_path(ties, start, end)
        said = [self.records.identity(one, graph.parties[start]), self.records.identity(graph.parties[end], other)]
        held = [ties.edges[here, there]["by"] for here, there in itertools.pairwise(way)]
        return (*said[0], *(each for holding in held for each in _stated(holding)), *said[1])

    def changes(self, parties: Collection[URIRef]) -> list[date]:
        """Return the days on which a control tie between the parties, or above them, may begin or end."""
        near = set(parties)
        by_company: dict[URIRef, list[Holding]] = {}
        by_holder: dict[URIRef, list[Holding]] = {}
        for holding in self.records.holdings:
            by_company.setdefault(holding.company, []).append(holding)
            for holder in holding.holders:
                by_holder.setdefault(holder, []).append(holding)
        waiting, days = deque(near), set[date]()
        while waiting:
            here = waiting.popleft()
            for holding in (*by_company.get(here, ()), *by_holder.get(here, ())):
                days.update(holding.window.days())
                for party in (*holding.holders, holding.company):
                    if party not in near:
                        near.add(party)
                        waiting.append(party)
        return sorted(days)

    def periods(self, parties: tuple[URIRef, ...], days: Ints, as_of: date) -> Periods:
        """Return the groups of parties over the days of some shipments.

        Args:
            parties: The parties, by their numbers.
            days: Days that matter, as day numbers; -1 where one is not known.
            as_of: The day for shipments without a date.
        """
        known = [day.toordinal() for day in self.changes(parties)]
        wanted = np.unique(np.append(days[days >= 0], as_of.toordinal()))
        places = np.unique(np.searchsorted(np.array(known, np.int64), wanted, "right"))
        starts = [known[place - 1] if place else 0 for place in places.tolist()]
        made = [self.groups(parties, date.fromordinal(max(start, 1))) for start in starts]
        return Periods(
            np.array(starts, np.int64),
            tuple(np.array([each[party] for party in parties], np.int64) for each in made),
        )


def _edges(graph: OwnershipGraph, majority: int) -> Iterator[tuple[int, int, dict[str, Holding]]]:
    for stake in graph.stakes:
        enough = stake.minimum >= majority if stake.kind in (Kind.SHARES, Kind.VOTES) else stake.minimum > 0
        if enough and len(stake.holders) == 1:
            holding = max(stake.statements, key=lambda each: (each.minimum, each.iri))
            yield stake.holders[0], stake.company, {"by": holding}


def _stated(holding: Holding) -> Iterator[Statement]:
    """Yield what a source states of a holding, as far as control rests on it."""
    for holder in holding.holders:
        yield holding.iri, CLEW.holder, holder
    yield holding.iri, CLEW.heldIn, holding.company
    if holding.said is not None:
        yield holding.iri, CLEW.holdingKind, holding.said
    if holding.known:
        yield holding.iri, CLEW.shareMinimum, holding.minimum


__all__ = ["Control", "Periods"]
