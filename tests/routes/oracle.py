"""The same question answered slowly: every sequence of shipments is tried. Nothing of the search is used here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Move:
    """One shipment of a small world; None stands for what is not known."""

    sender: int | None
    receiver: int | None
    goods: int
    departure: int | None
    arrival: int | None
    before: int | None = None
    quantity: int | None = None
    unit: int | None = None
    origin: bool = False
    target: bool = False


@dataclass
class World:
    """Shipments, and for each period from a first day on, the group of each party."""

    moves: list[Move]
    periods: list[tuple[int, list[int]]]
    as_of: int
    steps: int
    window: int
    least: Fraction
    spare: Fraction
    parties: int = 0
    notes: dict[str, str] = field(default_factory=dict)

    def group(self, party: int, day: int) -> int:
        return [groups for start, groups in self.periods if start <= day or start == self.periods[0][0]][-1][party]

    def follows(self, first: Move, second: Move, at: tuple[int, int]) -> bool:
        if at[0] == at[1]:
            return False
        if second.before == at[0]:
            return True
        if first.receiver is None or second.sender is None or first.goods != second.goods:
            return False
        day = self.as_of if second.departure is None else second.departure
        if self.group(first.receiver, day) != self.group(second.sender, day):
            return False
        if first.arrival is None or second.departure is None:
            return True
        return 0 <= second.departure - first.arrival <= self.window

    def fits(self, chain: Sequence[int]) -> bool:
        so_far: dict[int, int] = {}
        for at in chain:
            move = self.moves[at]
            if move.quantity is None or move.unit is None:
                continue
            carry = so_far.get(move.unit)
            if carry is not None and not self.least * carry <= move.quantity <= (1 + self.spare) * carry:
                return False
            so_far[move.unit] = move.quantity if carry is None else min(carry, move.quantity)
        return True

    def waiting(self, chain: Sequence[int]) -> int:
        days = 0
        for one, two in itertools.pairwise(chain):
            first, second = self.moves[one], self.moves[two]
            if second.before != one and first.arrival is not None and second.departure is not None:
                days += second.departure - first.arrival
        return days

    def chains(self) -> Iterator[tuple[int, ...]]:
        """Every sequence without a repeated shipment from an origin to an end."""
        waiting = [(at,) for at, move in enumerate(self.moves) if move.origin]
        while waiting:
            chain = waiting.pop()
            if self.moves[chain[-1]].target:
                yield chain
            if len(chain) < self.steps:
                last = self.moves[chain[-1]]
                for at, move in enumerate(self.moves):
                    if at not in chain and self.follows(last, move, (chain[-1], at)):
                        waiting.append((*chain, at))

    def hops(self, *, back: bool) -> list[int]:
        """The length of the shortest walk from the origin, or to the end, for each shipment; 0 where there is none."""
        found = [int(move.target if back else move.origin) for move in self.moves]
        for length in range(2, self.steps + 1):
            for at, move in enumerate(self.moves):
                if found[at]:
                    continue
                for other, there in enumerate(self.moves):
                    linked = self.follows(move, there, (at, other)) if back else self.follows(there, move, (other, at))
                    if found[other] == length - 1 and linked:
                        found[at] = length
                        break
        return found
