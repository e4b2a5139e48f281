"""What stands above one company: its owners at any depth, as one reading counts their stakes.

A verdict on one party needs only this part of the graph, a few stakes as a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .graph import OwnershipGraph
from .model import WHOLE, Kind
from .reading import Reading
from .stake import Stake


@dataclass(frozen=True, slots=True)
class Part:
    """A stake as a reading counts it: by whose hands it counts, and whether one of them is enough.

    Attributes:
        stake: Number of the stake.
        hands: Parties through whom it counts: its holders, and their partners in joint arrangements.
        any: Whether one of the hands is enough; else all are needed.
        cell: The company and the kind whose parts it is added to.
        minimum: Least share.
        maximum: Greatest share.
    """

    stake: int
    hands: tuple[int, ...]
    any: bool
    cell: tuple[int, Kind]
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Cell:
    """All parts of one kind in one company.

    Attributes:
        parts: Positions of its parts.
        minimum: Sum of their least shares.
        maximum: Sum of their greatest shares.
        link: Whether having any of it is enough.
        complete: Whether every holder is recorded, so that the parts add up to 100 percent.
        consistent: Whether there is a world in which the shares are as stated.
    """

    parts: tuple[int, ...]
    minimum: int
    maximum: int
    link: bool
    complete: bool
    consistent: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """Everything above one company, as one reading counts it."""

    target: int
    nodes: frozenset[int]
    parts: tuple[Part, ...]
    cells: Mapping[tuple[int, Kind], Cell]
    touching: Mapping[int, tuple[int, ...]]
    reading: Reading


def above(
    graph: OwnershipGraph, target: int, relevant: Collection[int] | None = None
) -> tuple[frozenset[int], tuple[int, ...]]:
    """Return the parties above a company, itself included, and the stakes between them.

    Args:
        graph: The graph of the day.
        target: The company.
        relevant: Parties that may count at all; what stands above others is left out. All may when not given.
    """
    nodes, stakes, waiting = {target}, [], [target]
    while waiting:
        company = waiting.pop()
        partners = [party for pact in graph.pacts_on(company) for party in pact.parties] if graph.pacts else []
        for number in graph.stakes_in(company):
            stakes.append(number)
            for party in (*graph.stakes[number].holders, *partners):
                if party not in nodes:
                    nodes.add(party)
                    if relevant is None or party in relevant:
                        waiting.append(party)
    return frozenset(nodes), tuple(stakes)


def closure(
    graph: OwnershipGraph,
    target: int,
    reading: Reading,
    changed: Mapping[int, tuple[int, int]] | None = None,
    relevant: Collection[int] | None = None,
) -> Closure:
    """Return what stands above a company, as a reading counts it.

    Args:
        graph: The graph of the day.
        target: The company.
        reading: How the regime is read.
        changed: Other intervals for some stakes, to ask what if.
        relevant: Parties that may count at all; all may when not given.
    """
    nodes, numbers = above(graph, target, relevant)
    parts: list[Part] = []
    by_cell: dict[tuple[int, Kind], list[int]] = defaultdict(list)
    touching: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        stake = graph.stakes[number]
        if stake.kind not in reading.shares and stake.kind not in reading.links:
            continue
        low, high = (changed or {}).get(number, (stake.minimum, stake.maximum))
        hands, any_hand = hands_of(graph, stake, reading)
        parts.append(Part(number, hands, any_hand, (stake.company, stake.kind), low, high))
        if stays_in_control(stake, reading) and high:
            parts.append(Part(number, hands, any_hand, (stake.company, Kind.CONTROL), WHOLE, WHOLE))
    for position, part in enumerate(parts):
        by_cell[part.cell].append(position)
        for hand in part.hands:
            touching[hand].append(position)
    cells = {key: _cell(graph, key, [parts[i] for i in inside], inside, reading) for key, inside in by_cell.items()}
    hands_to_parts = {hand: tuple(found) for hand, found in touching.items()}
    return Closure(target, nodes, tuple(parts), cells, hands_to_parts, reading)


def stays_in_control(stake: Stake, reading: Reading) -> bool:
    """Tell whether the holders of a stake held so much before that control may have stayed with them."""
    return 0 < reading.former <= stake.former and stake.kind in (Kind.SHARES, Kind.VOTES)


def hands_of(graph: OwnershipGraph, stake: Stake, reading: Reading) -> tuple[tuple[int, ...], bool]:
    """Return through whose hands a stake counts, and whether one of them is enough."""
    partners = {
        party
        for pact in (graph.pacts_on(stake.company) if reading.pacts and graph.pacts else ())
        if (pact.certain or reading.pacts > 1) and set(pact.parties) & set(stake.holders)
        for party in pact.parties
    }
    if partners:
        return tuple(sorted(partners | set(stake.holders))), True
    return stake.holders, reading.jointly or len(stake.holders) == 1


def _cell(graph: OwnershipGraph, key: tuple[int, Kind], parts: list[Part], inside: list[int], reading: Reading) -> Cell:
    company, kind = key
    low, high = sum(part.minimum for part in parts), sum(part.maximum for part in parts)
    link = kind in reading.links
    complete = kind is Kind.SHARES and company in graph.complete
    consistent = link or not (low > WHOLE or (complete and high < WHOLE) or company in graph.flawed)
    return Cell(tuple(inside), low, high, link, complete, consistent)
