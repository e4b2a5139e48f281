"""Writing out chains: for each final shipment the best one, how many there are, and what was cut.

The search goes back from the final shipment through rows of the core alone, with the quantities tested at each step. It
is bounded for each final shipment and altogether; where a bound ends it, the answer says so and keeps the best chain
found, or the shortest walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from .carry import Carry, Needs
from .chains import Core
from .matching import Matcher
from .network import Flags, Ints
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Chain:
    """What was found for one final shipment.

    Attributes:
        rows: The rows of the best chain, from the origin to the end.
        fits: Whether its quantities fit, as far as they are known; else it is the shortest walk there is.
        count: How many chains with fitting quantities were found.
        complete: Whether every chain was looked at.
    """

    rows: tuple[int, ...]
    fits: bool
    count: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """What the search left out.

    Attributes:
        finals: Final shipments that goods can reach.
        cut: Final shipments whose search a bound ended.
        unsearched: Final shipments for which the bound for all left nothing.
        effort: Search steps taken.
        misfits: Final shipments without a chain whose quantities fit.
    """

    finals: int
    cut: int
    unsearched: int
    effort: int
    misfits: int

    @property
    def says(self) -> str:
        """Return it in words."""
        said = f"{self.finals} final shipments can be reached"
        if self.misfits:
            said += f"; for {self.misfits} no chain was found whose quantities fit"
        if self.cut:
            said += f"; for {self.cut} the search was ended by its bound and only the best chain so far is shown"
        if self.unsearched:
            said += f"; for {self.unsearched} only the shortest walk is shown, because the bound for all was used up"
        return said


class Walker:
    """Writes chains out, back from the final shipment."""

    def __init__(self, matcher: Matcher, core: Core, origin: Flags, settings: Settings) -> None:
        """Prepare the rows that each row of the core may follow."""
        self._rows, self._core, self._origin, self._settings = matcher.rows, core, origin, settings
        self._carry = Carry(settings.least, settings.spare)
        self._order: dict[int, Ints] = {}
        self._undated: dict[int, Ints] = {}
        self._ranges: dict[int, tuple[int, int, int, int, int]] = {}
        self._prepare(matcher)

    def _prepare(self, matcher: Matcher) -> None:
        """Find, for each row of the core, where the rows that it may follow stand among the sorted ones."""
        rows, inside = self._rows, self._core.rows
        for period in np.unique(matcher.period[inside]).tolist():
            receiver, sender = matcher.key(period, False), matcher.key(period, True)
            ends = inside[receiver[inside] >= 0]
            dated, without = ends[rows.arrival[ends] >= 0], ends[rows.arrival[ends] < 0]
            dated = dated[np.lexsort((rows.arrival[dated], receiver[dated]))]
            without = without[np.argsort(receiver[without], kind="stable")]
            self._order[period], self._undated[period] = dated, without
            asked = inside[(matcher.period[inside] == period) & (sender[inside] >= 0)]
            known = rows.departure[asked] >= 0
            keys, times = receiver[dated], matcher.timed(receiver[dated], rows.arrival[dated])
            first, last = (np.searchsorted(keys, sender[asked], side) for side in ("left", "right"))
            days = np.where(known, rows.departure[asked], rows.departure[rows.departure >= 0].min(initial=0))
            wanted = matcher.timed(sender[asked], np.maximum(days, matcher.first))
            since = np.maximum(np.searchsorted(times, wanted - matcher.window, "left"), first)
            until = np.searchsorted(times, wanted, "right")
            bare = [np.searchsorted(receiver[without], sender[asked], side) for side in ("left", "right")]
            ranges = zip(
                asked.tolist(),
                np.where(known, since, first).tolist(),
                np.where(known, until, last).tolist(),
                bare[0].tolist(),
                bare[1].tolist(),
                strict=True,
            )
            self._ranges.update({row: (period, low, high, first_, last_) for row, low, high, first_, last_ in ranges})

    def preceding(self, row: int) -> Iterator[int]:
        """Yield the rows of the core that a row may follow, the latest first."""
        before = int(self._rows.before[row])
        inside = before >= 0 and self._core.forward.hops[before] > 0
        if inside:
            yield before
        if row in self._ranges:
            period, low, high, first, last = self._ranges[row]
            for found in (self._order[period][low:high], self._undated[period][first:last]):
                yield from (each for each in reversed(found.tolist()) if not (inside and each == before))

    def chains(self) -> tuple[dict[int, Chain], Cut]:
        """Return the chain of each final row, and what was cut."""
        found: dict[int, Chain] = {}
        spent, cut, unsearched = 0, set[int](), set[int]()
        for final in self._core.finals.tolist():
            left = max(self._settings.total - spent, 0)
            search = _Search(self, final, min(self._settings.effort, left))
            spent += search.effort
            found[final] = search.chain()
            if not search.complete:
                (cut if left else unsearched).add(final)
        fits = {final for final, chain in found.items() if chain.fits}
        of = self._of
        return found, Cut(len(of(found)), len(of(cut)), len(of(unsearched)), spent, len(of(found) - of(fits)))

    def _of(self, rows: Iterable[int]) -> set[int]:
        """Return the shipments of some rows."""
        return {int(self._rows.shipment[row]) for row in rows}

    def score(self, rows: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        """Return how good a chain is, the least being best: few shipments, then little waiting, then a fixed order."""
        gaps = self._rows.departure[list(rows[1:])] - self._rows.arrival[list(rows[:-1])]
        stated = self._rows.before[list(rows[1:])] == np.array(rows[:-1], np.int64)
        known = (self._rows.departure[list(rows[1:])] >= 0) & (self._rows.arrival[list(rows[:-1])] >= 0) & ~stated
        return len(rows), int(gaps[known].sum()), rows

    def starts(self, row: int) -> bool:
        """Tell whether a row begins a chain."""
        return bool(self._origin[row])

    def near_enough(self, row: int, behind: int) -> bool:
        """Tell whether a row is near enough to the origin for a chain that already has some rows behind it."""
        return 0 < int(self._core.forward.hops[row]) <= self._settings.steps - behind

    def needs(self, needs: Needs, row: int) -> Needs | None:
        """Return what has to come before a row."""
        return self._carry.before(needs, int(self._rows.unit[row]), int(self._rows.quantity[row]))

    def shortest(self, final: int) -> tuple[tuple[int, ...], bool]:
        """Return the shortest walk to a final row, and whether its quantities fit."""
        rows = self._core.forward.walk(final)
        amounts = [(int(self._rows.unit[row]), int(self._rows.quantity[row])) for row in rows]
        return rows, self._carry.fits(amounts)


class _Search:
    """One search back from a final row."""

    def __init__(self, walker: Walker, final: int, budget: int) -> None:
        self.effort, self.complete, self.count = 0, budget > 0, 0
        self._walker, self._final, self._budget = walker, final, budget
        self._best: tuple[int, int, tuple[int, ...]] | None = None
        first = walker.needs((), final)
        if first is not None and budget > 0:
            self._from(final, (final,), first)

    def _from(self, row: int, behind: tuple[int, ...], needs: Needs) -> None:
        """Go on from a row, the rows after it being known."""
        if self._walker.starts(row) and Carry.holds(needs):
            self.count += 1
            score = self._walker.score(behind)
            self._best = score if self._best is None else min(self._best, score)
        for before in self._walker.preceding(row):
            if self.effort >= self._budget:
                self.complete = False
                return
            self.effort += 1
            if before in behind or not self._walker.near_enough(before, len(behind)):
                continue
            asked = self._walker.needs(needs, before)
            if asked is not None:
                self._from(before, (before, *behind), asked)

    def chain(self) -> Chain:
        """Return what was found."""
        if self._best is not None:
            return Chain(self._best[2], True, self.count, self.complete)
        rows, fits = self._walker.shortest(self._final)
        return Chain(rows, fits, int(fits), self.complete)
