"""Which shipments can be part of a diversion: rounds forward from the origin, rounds back from the end, and their core.

What is found are walks: the same party may occur twice. Walks with a bounded waiting time are found in a few rounds,
whereas paths that repeat nobody are NP-hard to find (Casteigts, Himmel, Molter and Zschoche, Algorithmica 83, 2021).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .matching import Matcher
from .network import UNKNOWN, Flags, Ints


@dataclass(frozen=True, slots=True)
class Reach:
    """How far each row is from where the search began.

    Attributes:
        hops: How many shipments the shortest walk has, the row itself included; 0 where there is none.
        link: The next row of that walk; -1 at its beginning and where there is none.
    """

    hops: Ints
    link: Ints

    def walk(self, row: int) -> tuple[int, ...]:
        """Return the shortest walk from a row back to where the search began, that row last."""
        found = [row]
        while self.link[found[-1]] >= 0:
            found.append(int(self.link[found[-1]]))
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Core:
    """The rows that lie on some walk from the origin to the end that is short enough.

    Attributes:
        forward: From the origin on.
        backward: From the end back.
        rows: The rows.
        finals: Those that end a chain.
    """

    forward: Reach
    backward: Reach
    rows: Ints
    finals: Ints


def detect(matcher: Matcher, origin: Flags, target: Flags, steps: int) -> Core:
    """Return the rows on walks from the origin to the end.

    Args:
        matcher: Finds what a row may follow.
        origin: Rows that start in the zone of a law.
        target: Rows that end in a restricted place.
        steps: Most shipments in a walk.
    """
    forward = _rounds(matcher.earlier, origin, steps)
    backward = _rounds(matcher.later, target, steps)
    both = (forward.hops > 0) & (backward.hops > 0) & (forward.hops + backward.hops - 1 <= steps)
    return Core(forward, backward, np.flatnonzero(both), np.flatnonzero(both & target))


def _rounds(match: Callable[[Ints, Ints], Ints], start: Flags, steps: int) -> Reach:
    """Return what some rounds reach; rows not yet reached are matched with those of the last round alone."""
    hops = start.astype(np.int64)
    link = np.full(len(start), UNKNOWN, np.int64)
    front = np.flatnonzero(start)
    for hop in range(2, steps + 1):
        left = np.flatnonzero(hops == 0)
        if not len(front) or not len(left):
            break
        found = match(front, left)
        hit = found >= 0
        front = left[hit]
        hops[front], link[front] = hop, found[hit]
    return Reach(hops, link)
