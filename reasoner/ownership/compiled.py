"""The rounds of the kernel once more, compiled, for installations with the extra `fast`.

It finds what `kernel.spread_all` finds, stake by stake in place of array by array, and is used for large graphs whose
stakes all have one hand. Compiling takes seconds the first time and is kept on disk.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from .model import WHOLE
from .spread import Mode
from .tables import Flags, Small, Tables

_LARGE = 50_000  # stakes; below that nobody would notice the difference


def fits(tables: Tables) -> bool:
    """Tell whether a graph is one for the compiled rounds, and they are installed."""
    return len(tables.cell) >= _LARGE and not tables.gates and find_spec("numba") is not None


def spread_all(
    tables: Tables, seeds: Collection[int], need: int, mode: Mode, *, cascade: bool = True
) -> tuple[Small, Flags]:
    """Return the round in which each party is reached, -1 for never, and which companies pass the test by their owners.

    Args:
        tables: The graph as a reading counts it, without stakes of several hands.
        seeds: Numbers of the listed parties; they are reached in round 0.
        need: The smallest share that is enough.
        mode: In every world that the stated intervals allow, or in at least one.
        cascade: Whether the stakes of reached companies count; else only those of the listed parties.
    """
    rounds = np.full(len(tables.start) - 1, -1, np.int32)
    passed = np.zeros(len(rounds), np.bool_)
    shares = np.zeros((len(tables.company), 2), np.int64)
    waiting = np.empty(len(rounds), np.int64)
    waiting[: len(seeds)] = sorted(seeds)
    arrays = (tables.start, tables.cell, tables.minimum, tables.maximum, tables.company, tables.least, tables.most)
    flags = (tables.link, tables.complete, tables.consistent)
    rule = (tables.forgiving, need, mode is Mode.MUST, cascade)
    _worklist()(*arrays, *flags, *rule, waiting, len(seeds), shares, rounds, passed)
    return rounds, passed


@cache
def _worklist() -> Any:
    import numba

    return numba.njit(cache=True, nogil=True)(_walk)


def _walk(  # type: ignore[no-untyped-def] # noqa: C901 - one function, because calls would be compiled apart
    start, cell, minimum, maximum, company, least, most, link, complete, consistent,
    forgiving, need, must, cascade, waiting, end, shares, rounds, passed,
):  # fmt: skip
    for place in range(end):
        rounds[waiting[place]] = 0
    place = 0
    while place < end:
        party = waiting[place]
        place += 1
        for edge in range(start[party], start[party + 1]):
            at = cell[edge]
            shares[at, 0] += minimum[edge]
            shares[at, 1] += maximum[edge]
            held = company[at]
            if passed[held]:
                continue
            low, high = shares[at, 0], shares[at, 1]
            if link[at]:
                enough = (low if must else high) > 0
            elif not consistent[at]:
                enough = forgiving and high >= need
            elif must:
                enough = low >= need or (complete[at] and high >= most[at] - WHOLE + need)
            else:
                enough = high >= need and low >= least[at] - WHOLE + need
            if enough:
                passed[held] = True
                if rounds[held] < 0:
                    rounds[held] = rounds[party] + 1
                    if cascade:
                        waiting[end] = held
                        end += 1
