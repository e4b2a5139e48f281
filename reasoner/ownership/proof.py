"""Proofs of verdicts: the stakes that are needed and no others, in the order in which they lead to the company.

The raw proof follows the order of derivation, so it never argues in a circle, and takes the largest stakes first. Then
every stake is left out once; where the company is reached all the same, the stake was not needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from .closure import Cell
from .graph import OwnershipGraph
from .levels import Run
from .model import Holding, Kind
from .result import Result
from .spread import Mode, counts, passes, spread


@dataclass(frozen=True, slots=True)
class Thread:
    """The part of a run that a proof uses.

    Attributes:
        run: The run.
        used: Positions of the parts that are needed, none of which can be left out.
        order: Parties in order of derivation, from these parts alone.
    """

    run: Run
    used: frozenset[int]
    order: dict[int, int]


def thread(run: Run, target: int) -> Thread:
    """Return an irredundant choice of parts by which a run reaches a party."""
    used = _raw(run, target)
    for position in sorted(used, key=lambda i: (_weight(run, i), i)):
        if target in _order(run, used - {position}):
            used = used - {position}
    return Thread(run, used, _order(run, used))


def _order(run: Run, used: frozenset[int]) -> dict[int, int]:
    return spread(run.closure, run.known, run.need, run.mode, used)


def _weight(run: Run, position: int) -> int:
    part = run.closure.parts[position]
    return part.minimum if run.mode is Mode.MUST else part.maximum


def _raw(run: Run, target: int) -> frozenset[int]:
    """Return parts that reach a party, taking the largest first and only those of parties reached before it."""
    used: set[int] = set()
    waiting, seen = [target], {target} | run.known
    while waiting:
        company = waiting.pop()
        earlier = {party for party, place in run.reached.items() if place < run.reached[company]}
        taken = _enough(run, company, earlier)
        used.update(taken)
        for position in taken:
            for hand in run.closure.parts[position].hands:
                if hand in earlier and hand not in seen:
                    seen.add(hand)
                    waiting.append(hand)
    return frozenset(used)


def _enough(run: Run, company: int, earlier: set[int]) -> list[int]:
    """Return the fewest largest parts of one kind that pass the test in the hands of parties reached before."""
    for key, cell in run.closure.cells.items():
        if key[0] == company:
            found = _enough_of(run, key, cell, earlier)
            if found:
                return found
    return []


def _enough_of(run: Run, key: tuple[int, Kind], cell: Cell, earlier: set[int]) -> list[int]:
    parts = run.closure.parts
    taken, low, high = [], 0, 0
    counted = [i for i in cell.parts if counts(parts[i], earlier)]
    for position in sorted(counted, key=lambda i: (-_weight(run, i), i)):
        taken.append(position)
        low, high = low + parts[position].minimum, high + parts[position].maximum
        if passes(run.closure, key, low, high, run.need, run.mode, set(taken)):
            return taken
    # In a complete register the rest may follow from what the others can hold at most.
    return list(cell.parts) if passes(run.closure, key, low, high, run.need, run.mode) else []


def rests_on(graph: OwnershipGraph, result: Result) -> tuple[URIRef, ...]:
    """Return the statements on holdings that the proof of a verdict uses."""
    stakes = stakes_of(result)
    mode = Mode.MUST if result.run is None else result.run.mode
    return tuple(sorted({witness(graph, number, mode).iri for number in stakes}))


def stakes_of(result: Result) -> tuple[int, ...]:
    """Return the numbers of the stakes that the proof of a verdict uses."""
    if result.flow is not None:
        return result.flow[1]
    return tuple(sorted(_stakes(result.run, result.party))) if result.run is not None else ()


def _stakes(run: Run, target: int) -> set[int]:
    """Return the stakes of the proof of a run, with those of the companies that runs before it reached."""
    found = thread(run, target)
    stakes = {run.closure.parts[i].stake for i in found.used}
    for position in found.used:
        for hand in run.closure.parts[position].hands:
            lower = lower_run(run, hand)
            if lower is not None:
                stakes |= _stakes(lower, hand)
    return stakes


def lower_run(run: Run, party: int) -> Run | None:
    """Return the earlier run that reached a company; nothing for a listed party, or one reached in the run itself."""
    if party in run.seeds:
        return None
    return next((lower for lower in run.below if party in lower.reached), None)


def witness(graph: OwnershipGraph, stake: int, mode: Mode) -> Holding:
    """Return the statement about a stake that a proof rests on: the one that states least, or that allows most."""
    known = [holding for holding in graph.stakes[stake].statements if holding.known]
    said = known or list(graph.stakes[stake].statements)
    if mode is Mode.MUST:
        return min(said, key=lambda holding: (holding.minimum, holding.iri))
    return min(said, key=lambda holding: (-holding.maximum, holding.iri))
