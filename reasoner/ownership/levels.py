"""The four questions behind one verdict, asked in order of how sure the answer is.

1. strict reading, every world: caught
2. wide reading, every world: review - the facts are known, a person must judge the law
3. strict reading, some world: possibly - the law is settled, a fact is not known
4. wide reading, some world: review
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .closure import Closure, closure
from .graph import OwnershipGraph
from .reading import strict, wide
from .regime import Regime
from .spread import Mode, part_held, spread
from .window import Presence

CAUGHT, POSSIBLY, CLEAR, REVIEW, NOT_IN_FORCE = "caught", "possibly", "clear", "review", "not_in_force"

Changed = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Seeds:
    """Parties that count as listed: those that are, and those that may be, because a date is uncertain.

    Attributes:
        certain: Parties that are listed.
        possible: Parties that may be.
        reachable: Every party that the widest reading reaches from them in some world; all parties when not given. It
            only spares work: what stands above a party that can never count need not be looked at.
    """

    certain: frozenset[int]
    possible: frozenset[int]
    reachable: frozenset[int] | None = None

    def of(self, mode: Mode) -> frozenset[int]:
        """Return the parties to start from."""
        return self.certain if mode is Mode.MUST else self.certain | self.possible


@dataclass(frozen=True, slots=True)
class Run:
    """One spread of the test over what stands above a company.

    Attributes:
        closure: What stands above the company, as the reading counts it.
        mode: Every world or some world.
        status: What it means to be reached in this run and in none before.
        seeds: Listed parties the run starts from.
        below: Runs before, whose companies count in this one.
        need: The smallest share that is enough.
        reached: Every party that counts, with its place in the order of derivation.
    """

    closure: Closure
    mode: Mode
    status: str
    seeds: frozenset[int]
    below: tuple[Run, ...]
    need: int
    reached: Mapping[int, int]

    @property
    def known(self) -> frozenset[int]:
        """Return what the run started from: its listed parties, and companies reached by runs before."""
        return self.seeds.union(*(run.reached for run in self.below)) - {self.closure.target}

    def held(self) -> int:
        """Return the least part of the company that the reached parties hold in every world, or the most in some."""
        others = self.reached.keys() - {self.closure.target}
        if not self.closure.reading.cascade:
            others = set(self.seeds)
        return part_held(self.closure, self.closure.target, others, self.mode)


def seeds_of(graph: OwnershipGraph, regime: Regime) -> Seeds:
    """Return the parties of a graph that a regime takes as listed on its day."""
    if not regime.seed_lists and regime.aggregation == "per_person":
        return Seeds(graph.persons, frozenset())
    certain, possible = set(), set()
    for party, entries in graph.listings.items():
        counting = [presence for listing, presence in entries if regime.extends(listing)]
        if Presence.YES in counting:
            certain.add(party)
        elif counting:
            possible.add(party)
    return Seeds(frozenset(certain), frozenset(possible))


def levels(
    graph: OwnershipGraph,
    regime: Regime,
    seeds: Seeds,
    target: int,
    need: int | None = None,
    changed: Changed | None = None,
) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of each level, surest first; several runs where each listed party is tested alone.

    Args:
        graph: The graph of the day.
        regime: The version of the day.
        seeds: Parties that count as listed; the company asked about never counts by its own listing.
        target: The company asked about.
        need: Another threshold than that of the regime.
        changed: Other intervals for some stakes.
    """
    least = regime.need if need is None else need
    # A lower threshold reaches more than was reckoned with.
    relevant = seeds.reachable if least >= regime.need else None
    narrow, broad = (closure(graph, target, reading(regime), changed, relevant) for reading in (strict, wide))
    below: list[Run] = []
    for made, mode, status in (
        (narrow, Mode.MUST, CAUGHT),
        (broad, Mode.MUST, REVIEW),
        (narrow, Mode.MAY, POSSIBLY),
        (broad, Mode.MAY, REVIEW),
    ):
        starts = (seeds.of(mode) & made.nodes) - {target}
        runs = tuple(_runs(made, mode, status, starts, tuple(below), least))
        below += runs
        yield runs


def _runs(
    made: Closure, mode: Mode, status: str, seeds: frozenset[int], before: tuple[Run, ...], need: int
) -> Iterator[Run]:
    together = made.reading.together
    for group in [seeds] if together else [frozenset((party,)) for party in sorted(seeds)]:
        below = tuple(run for run in before if run.seeds <= group and _carries(run, made, mode))
        start = group.union(*(run.reached for run in below)) - {made.target}
        yield Run(made, mode, status, group, below, need, spread(made, start, need, mode))


def _carries(run: Run, made: Closure, mode: Mode) -> bool:
    """Tell whether the companies of an earlier run count in a later one.

    They do where every world of the later one is meant by the earlier one too, and every reading of it.
    """
    worlds = run.mode is Mode.MUST or mode is Mode.MAY
    readings = made.reading.forgiving or not run.closure.reading.forgiving
    return made.reading.cascade and worlds and readings


def grade(
    graph: OwnershipGraph,
    regime: Regime,
    seeds: Seeds,
    target: int,
    need: int | None = None,
    changed: Changed | None = None,
) -> str:
    """Return the status of a company under a regime, with another threshold or other shares where given."""
    for runs in levels(graph, regime, seeds, target, need, changed):
        for run in runs:
            if target in run.reached:
                return run.status
    return CLEAR
