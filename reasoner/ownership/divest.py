"""The cheapest set of sales that makes a company clear.

Somebody who sells must choose which companies in between may stay caught. For every such choice the price is what has
to be sold in all others, so that none of them passes the test; the cheapest choice is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from .closure import Closure, closure
from .graph import OwnershipGraph
from .levels import Seeds
from .reading import strict
from .regime import Regime
from .spread import Mode, counts, part_held, spread
from .whatif import Sale

_MOST = 14  # companies in between; there are two to the power of this many choices


@dataclass(frozen=True, slots=True)
class Divestment:
    """Sales that together make a company clear, and whether no cheaper ones can exist.

    Attributes:
        sales: What has to be sold, to somebody who does not count.
        total: The sum of the shares sold, in millionths of one percent of the companies they are in.
        cheapest: Whether every choice was looked at; with very many companies in between only single ones are.
    """

    sales: tuple[Sale, ...]
    total: int
    cheapest: bool


def cheapest_divestment(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Divestment | None:
    """Return the cheapest sales after which shares could not catch a company; nothing where none are needed.

    Regimes that test each listed party alone are asked about all listed parties together here, so that the answer is
    safe but may ask for more than the law does.
    """
    made = closure(graph, party, strict(regime))
    start = (seeds.of(Mode.MAY) & made.nodes) - {party}
    reached = spread(made, start, regime.need, Mode.MAY)
    if party not in reached:
        return None
    between = sorted(set(reached) - start - {party})
    choices = list(_choices(between))
    priced = [(_price(made, start | kept, regime.need, between, party), kept) for kept in choices]
    total, kept = min(priced, key=lambda item: (item[0], len(item[1]), sorted(item[1])))
    sales = tuple(_sales(graph, made, start | kept, regime.need, [*between, party]))
    return Divestment(sales, total, len(between) <= _MOST)


def _choices(between: list[int]) -> Iterator[frozenset[int]]:
    """Yield the sets of companies that may stay caught."""
    if len(between) > _MOST:
        yield from (frozenset(between[:0]), frozenset(between))
        return
    for size in range(len(between) + 1):
        yield from map(frozenset, combinations(between, size))


def _price(made: Closure, kept: frozenset[int], need: int, between: list[int], party: int) -> int:
    """Return what has to be sold so that no company outside the kept ones passes the test."""
    return sum(_excess(made, company, kept, need) for company in (*between, party) if company not in kept)


def _excess(made: Closure, company: int, kept: frozenset[int], need: int) -> int:
    return max(0, part_held(made, company, kept, Mode.MAY) - (need - 1))


def _sales(
    graph: OwnershipGraph, made: Closure, kept: frozenset[int], need: int, companies: list[int]
) -> Iterator[Sale]:
    """Yield the sales, from the largest stakes first."""
    for company in companies:
        if company in kept:
            continue
        for kind in made.reading.shares:
            cell = made.cells.get((company, kind))
            left = _excess(made, company, kept, need) if cell is not None else 0
            parts = [made.parts[i] for i in cell.parts if counts(made.parts[i], kept)] if cell is not None else []
            for part in sorted(parts, key=lambda part: (-part.maximum, part.stake)):
                sold = min(left, part.maximum)
                if sold:
                    left -= sold
                    stake = graph.stakes[part.stake]
                    holders = tuple(graph.parties[holder] for holder in stake.holders)
                    yield Sale(holders, graph.parties[company], stake.statements[0].iri, sold)
