"""Spreading the test from listed parties to the companies above one company, until nothing is new.

The sets are least fixpoints: two companies that hold one another catch nobody unless a listed party stands behind them.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from .closure import Cell, Closure, Part
from .model import WHOLE, Kind


class Mode(StrEnum):
    """In all worlds that the stated intervals allow, or in at least one."""

    MUST = "must"
    MAY = "may"


def spread(
    closure: Closure, seeds: Collection[int], need: int, mode: Mode, only: Collection[int] | None = None
) -> dict[int, int]:
    """Return the parties that the test reaches from listed ones, each with its place in the order of derivation.

    Args:
        closure: What stands above the company asked about.
        seeds: Parties that count without owners: the listed ones.
        need: The smallest share that is enough.
        mode: Whether the test must be passed in every world, or may be in one.
        only: Positions of the parts that may be used; nothing is then known of the others.
    """
    order = {seed: place for place, seed in enumerate(sorted(seeds))}
    waiting = list(order)
    sums: dict[tuple[int, Kind], tuple[int, int]] = {}
    lacking: dict[int, int] = {}
    allowed = None if only is None else set(only)
    for party in waiting:  # grows while it is walked
        for position in closure.touching.get(party, ()):
            part = closure.parts[position]
            if (allowed is not None and position not in allowed) or not _counts_now(part, position, lacking):
                continue
            company = part.cell[0]
            low, high = sums.get(part.cell, (0, 0))
            sums[part.cell] = low, high = low + part.minimum, high + part.maximum
            if company not in order and passes(closure, part.cell, low, high, need, mode, allowed):
                order[company] = len(order)
                if closure.reading.cascade:
                    waiting.append(company)
    return order


def _counts_now(part: Part, position: int, lacking: dict[int, int]) -> bool:
    """Tell whether a part begins to count now that one more of its hands is reached."""
    left = lacking.get(position, 1 if part.any else len(part.hands)) - 1
    lacking[position] = left
    return left == 0


def passes(
    closure: Closure,
    cell: tuple[int, Kind],
    low: int,
    high: int,
    need: int,
    mode: Mode,
    allowed: Collection[int] | None = None,
) -> bool:
    """Tell whether the parts that count pass the test.

    Args:
        closure: What stands above the company asked about.
        cell: The company and kind.
        low: Sum of the least shares of the parts that count.
        high: Sum of their greatest shares.
        need: The smallest share that is enough.
        mode: In every world, or in one.
        allowed: Positions of the parts that anything is known of; all of them when not given.
    """
    all_parts = closure.cells[cell]
    if all_parts.link:
        return (low if mode is Mode.MUST else high) > 0
    if not all_parts.consistent:
        return closure.reading.forgiving and high >= need
    if mode is Mode.MAY:
        # The others hold at least their least shares, and nobody holds more than the rest.
        return min(high, WHOLE - (all_parts.minimum - low)) >= need
    return low >= need or (all_parts.complete and WHOLE - (_most(closure, all_parts, allowed) - high) >= need)


def _most(closure: Closure, cell: Cell, allowed: Collection[int] | None) -> int:
    """Return the most that the parts of a cell may add up to, a part that nothing is known of counting in full."""
    if allowed is None:
        return cell.maximum
    return sum(closure.parts[i].maximum if i in allowed else WHOLE for i in cell.parts)


def part_held(closure: Closure, company: int, by: Collection[int], mode: Mode) -> int:
    """Return the least or the most that parties hold of a company, of the kind of which they hold most."""
    held = (_held(closure, closure.cells.get((company, kind)), by, mode) for kind in closure.reading.shares)
    return max(held, default=0)


def _held(closure: Closure, cell: Cell | None, by: Collection[int], mode: Mode) -> int:
    if cell is None:
        return 0
    counted = [closure.parts[i] for i in cell.parts if counts(closure.parts[i], by)]
    low, high = sum(part.minimum for part in counted), sum(part.maximum for part in counted)
    if not cell.consistent:
        return min(low if mode is Mode.MUST else high, WHOLE)
    if mode is Mode.MAY:
        return min(high, WHOLE - (cell.minimum - low))
    return max(low, WHOLE - (cell.maximum - high)) if cell.complete else low


def counts(part: Part, reached: Collection[int]) -> bool:
    """Tell whether a part counts when some parties are reached."""
    return any(hand in reached for hand in part.hands) if part.any else all(hand in reached for hand in part.hands)
