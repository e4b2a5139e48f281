"""The whole graph as one reading counts it, in arrays that the kernel walks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .closure import hands_of
from .graph import OwnershipGraph
from .model import WHOLE, Kind
from .reading import Reading

Ints = NDArray[np.int64]


Small = NDArray[np.int32]


Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gate:
    """A stake that counts through several hands."""

    cell: int
    minimum: int
    maximum: int
    needed: int


@dataclass(frozen=True, slots=True)
class Tables:
    """A graph as one reading counts it, ready for the kernel.

    Attributes:
        start: For each party, where its stakes begin, and one more at the end.
        cell: For each stake of one holder, in order of the holder: the company and kind it adds to.
        minimum: Its least share.
        maximum: Its greatest share.
        gates: Stakes that count through several hands.
        doors: For each such hand, its gates.
        company: For each cell, its company.
        least: For each cell, the sum of least shares.
        most: For each cell, the sum of greatest shares.
        link: Cells where having any of it is enough.
        complete: Cells whose parts add up to 100 percent.
        consistent: Cells for which there is a world.
    """

    start: Ints
    cell: Small
    minimum: Small
    maximum: Small
    gates: tuple[Gate, ...]
    doors: dict[int, tuple[int, ...]]
    company: Ints
    least: Ints
    most: Ints
    link: Flags
    complete: Flags
    consistent: Flags
    forgiving: bool

    @property
    def any_complete(self) -> bool:
        """Tell whether there is a complete register at all."""
        return bool(self.complete.any())

    @property
    def plain(self) -> bool:
        """Tell whether every cell is a sum of shares for which there is a world."""
        return bool(self.consistent.all()) and not self.link.any()


def tables(graph: OwnershipGraph, reading: Reading) -> Tables:
    """Return a graph as one reading counts it; kept with the graph, because regimes share readings."""
    found = graph.tables.get(reading)
    if not isinstance(found, Tables):
        graph.tables[reading] = found = _tables(graph, reading)
    return found


def _tables(graph: OwnershipGraph, reading: Reading) -> Tables:
    columns = graph.columns
    taken = np.flatnonzero(np.isin(columns.kind, [*reading.shares, *reading.links]))
    low, high, what = columns.minimum[taken], columns.maximum[taken], columns.kind[taken]
    if reading.former:
        still = taken[(columns.former[taken] >= reading.former) & (high > 0) & (what <= Kind.VOTES)]
        taken = np.concatenate((taken, still))
        low, high = (np.concatenate((ends, np.full(still.size, WHOLE))) for ends in (low, high))
        what = np.concatenate((what, np.full(still.size, Kind.CONTROL)))
    keys, cell = np.unique(columns.company[taken] * len(Kind) + what, return_inverse=True)
    company, kind = keys // len(Kind), keys % len(Kind)
    least, most = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    np.add.at(least, cell, low)
    np.add.at(most, cell, high)
    link = np.isin(kind, reading.links)
    complete = _among(company, graph.complete, len(graph.parties)) & (kind == Kind.SHARES)
    broken = (least > WHOLE) | (complete & (most < WHOLE)) | _among(company, graph.flawed, len(graph.parties))
    gates, doors, single = _gates(graph, reading, taken, cell, low, high)
    by_holder = np.flatnonzero(single)
    by_holder = by_holder[np.argsort(columns.holder[taken[by_holder]], kind="stable")]
    counted = np.bincount(columns.holder[taken[by_holder]], minlength=len(graph.parties))
    return Tables(
        start=np.concatenate(([0], np.cumsum(counted))).astype(np.int64),
        cell=cell[by_holder].astype(np.int32),
        minimum=low[by_holder].astype(np.int32),
        maximum=high[by_holder].astype(np.int32),
        gates=gates,
        doors=doors,
        company=company,
        least=least,
        most=most,
        link=link,
        complete=complete,
        consistent=link | ~broken,
        forgiving=reading.forgiving,
    )


def _among(values: Ints, members: Collection[int], size: int) -> Flags:
    flags = np.zeros(size + 1, np.bool_)
    flags[list(members)] = True
    return flags[values]


def _gates(
    graph: OwnershipGraph, reading: Reading, taken: Ints, cell: Ints, low: Ints, high: Ints
) -> tuple[tuple[Gate, ...], dict[int, tuple[int, ...]], Flags]:
    """Return stakes that count through several hands, and which of the taken stakes have one hand only."""
    holder = graph.columns.holder[taken]
    single = holder >= 0
    if reading.pacts and graph.pacts:
        parties = {party for pact in graph.pacts for party in pact.parties}
        single &= ~_among(holder, parties, len(graph.parties))
    gates: list[Gate] = []
    doors: dict[int, list[int]] = defaultdict(list)
    for position in np.flatnonzero(~single).tolist():
        stake = graph.stakes[taken[position]]
        hands, any_hand = hands_of(graph, stake, reading)
        for hand in hands:
            doors[hand].append(len(gates))
        needed = 1 if any_hand else len(hands)
        gates.append(Gate(int(cell[position]), int(low[position]), int(high[position]), needed))
    return tuple(gates), {hand: tuple(found) for hand, found in doors.items()}, single
