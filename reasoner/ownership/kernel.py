"""The test over a whole graph at once, in rounds over arrays.

Each round takes the parties reached by the one before, adds their stakes to the companies they are in, and tests those
companies: every stake of a reached party is touched once. What is found is the least set that contains the listed
parties and is closed under the test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from . import compiled
from .graph import OwnershipGraph
from .levels import Seeds
from .model import WHOLE
from .reading import Reading, wide
from .regime import Regime
from .spread import Mode
from .tables import Flags, Ints, Small, Tables, tables


def spread_all(
    tables: Tables, seeds: Collection[int], need: int, mode: Mode, *, cascade: bool = True
) -> tuple[Small, Flags]:
    """Return the round in which each party is reached, -1 for never, and which companies pass the test by their owners.

    Args:
        tables: The graph as a reading counts it.
        seeds: Numbers of the listed parties; they are reached in round 0.
        need: The smallest share that is enough.
        mode: In every world that the stated intervals allow, or in at least one.
        cascade: Whether the stakes of reached companies count; else only those of the listed parties.
    """
    rounds = np.full(len(tables.start) - 1, -1, np.int32)
    passed = np.zeros(len(rounds), np.bool_)
    low, high = np.zeros(len(tables.company), np.int64), np.zeros(len(tables.company), np.int64)
    lacking = [gate.needed for gate in tables.gates]
    front = np.array(sorted(seeds), np.int64)
    rounds[front] = 0
    place = np.empty(len(rounds), np.int64)
    number = 0
    while front.size:
        number += 1
        cells = _add(tables, front, low, high, lacking)
        companies = tables.company[cells[_pass(tables, cells, low[cells], high[cells], need, mode)]]
        passed[companies] = True
        front = companies[rounds[companies] < 0]
        # Of the several stakes that lead to one company, the last one written stands for it.
        place[front] = np.arange(front.size)
        front = front[place[front] == np.arange(front.size)]
        rounds[front] = number
        if not cascade:
            break
    return rounds, passed


def _pass(tables: Tables, cells: Ints, low: Ints, high: Ints, need: int, mode: Mode) -> Flags:
    """Return which cells pass the test with the shares that count so far.

    MUST: the least shares reach the need; or every holder is recorded, and the others cannot hold what is lacking.
    MAY: the greatest shares reach the need, and the others leave that much.
    """
    if mode is Mode.MUST:
        found = low >= need
        if tables.any_complete:
            found |= tables.complete[cells] & (high >= tables.most[cells] - WHOLE + need)
    else:
        found = (high >= need) & (low >= tables.least[cells] - WHOLE + need)
    if tables.plain:
        return found
    broken = ~tables.consistent[cells]
    found = np.where(broken, tables.forgiving & (high >= need), found)
    link = tables.link[cells]
    return np.where(link, (low if mode is Mode.MUST else high) > 0, found)


def _add(tables: Tables, front: Ints, low: Ints, high: Ints, lacking: list[int]) -> Ints:
    """Add the stakes of the parties just reached to their cells and return those cells, some more than once."""
    begin, length = tables.start[front], tables.start[front + 1] - tables.start[front]
    ends = np.cumsum(length)
    edges = np.arange(ends[-1]) + np.repeat(begin - ends + length, length)
    cells = tables.cell[edges].astype(np.int64)
    np.add.at(low, cells, tables.minimum[edges].astype(np.int64))
    np.add.at(high, cells, tables.maximum[edges].astype(np.int64))
    opened = list(_open(tables, front, lacking))
    for cell, least, most in opened:
        low[cell] += least
        high[cell] += most
    return np.concatenate((cells, np.array([cell for cell, _, _ in opened], np.int64))) if opened else cells


def _open(tables: Tables, front: Ints, lacking: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the stakes of several hands that count from now on."""
    if not tables.gates:
        return
    for party in front.tolist():
        for number in tables.doors.get(party, ()):
            lacking[number] -= 1
            if lacking[number] == 0:
                gate = tables.gates[number]
                yield gate.cell, gate.minimum, gate.maximum


def candidates(graph: OwnershipGraph, regime: Regime, seeds: Seeds) -> frozenset[int]:
    """Return the parties that a regime might not find clear: all that its widest reading reaches in some world."""
    if regime.pass_through == "multiply":
        return frozenset(graph.columns.company.tolist())
    made = tables(graph, _widest(regime))
    run = compiled.spread_all if compiled.fits(made) else spread_all
    _, passed = run(made, seeds.of(Mode.MAY), regime.need, Mode.MAY)
    return frozenset(np.flatnonzero(passed).tolist())


def _widest(regime: Regime) -> Reading:
    return replace(wide(regime), together=True)
