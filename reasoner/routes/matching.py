"""Matching shipments to the latest one before them: as-of joins on packed keys.

If any arrival that matters lies in the window before a departure, then the latest one before the departure does too. So
one search for each departure decides whether there is one, whatever the number of shipments of a party.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...errors import InputError
from .groups import Periods
from .network import UNKNOWN, Flags, Ints, Rows

_ROOM = 2**62


def packed(high: Ints, low: Ints, base: int) -> Ints:
    """Return pairs of whole numbers from 0 as one number each, in the same order.

    Args:
        high: The number that counts first.
        low: The number that counts second, below `base`.
        base: How many values the second can take.

    Raises:
        InputError: The numbers leave the range of 64 bits.
    """
    largest = int(high.max(initial=0)) + 1
    if largest * base > _ROOM:
        raise InputError("there are too many parties, goods and days for one search", help="search fewer goods at once")
    return high * base + low


class Matcher:
    """Finds, for rows of shipments, rows that the goods may have come from or gone on to.

    A row follows another where a source states it, or where the receiver of the one and the sender of the other are one
    group on the day of departure, the goods class is the same, and the goods lay there for no longer than the window.
    Where a day is not known the window cannot be broken.
    """

    def __init__(self, rows: Rows, periods: Periods, window: int, as_of: int) -> None:
        """Prepare keys; the columns are read only."""
        self.rows, self.periods, self.window = rows, periods, window
        self.period = periods.of(rows.departure, as_of)
        known = rows.departure[rows.departure >= 0]
        self.first = int(known.min()) if len(known) else 0
        self._span = (int(rows.arrival.max(initial=0)) - self.first if len(known) else 0) + window + 2
        self._kinds = int(rows.goods.max(initial=0)) + 1
        self._keys: dict[tuple[int, bool], Ints] = {}

    def key(self, period: int, sender: bool) -> Ints:
        """Return for every row the number of group and goods on the side of the sender or receiver; -1 for nobody."""
        if (period, sender) not in self._keys:
            party = self.rows.consignor if sender else self.rows.consignee
            group = self.periods.groups[period]
            of = group[np.maximum(party, 0)] if len(group) else np.zeros(len(party), np.int64)
            both = packed(of, self.rows.goods, self._kinds)
            self._keys[period, sender] = np.where(party >= 0, both, UNKNOWN)
        return self._keys[period, sender]

    def timed(self, key: Ints, days: Ints) -> Ints:
        """Return keys with their days as one number."""
        return packed(key, days - self.first, self._span)

    def earlier(self, front: Ints, asked: Ints) -> Ints:
        """Return for each row asked about a row of the front that it may follow; the latest one, or -1."""
        found = self._stated(front, asked)
        for period, places in self._by_period(asked, found):
            receiver, sender = self.key(period, False), self.key(period, True)
            some = asked[places]
            dated = self.rows.departure[some] >= 0
            ends = front[receiver[front] >= 0]
            with_day, without = ends[self.rows.arrival[ends] >= 0], ends[self.rows.arrival[ends] < 0]
            hits = np.full(len(some), UNKNOWN, np.int64)
            hits[dated] = self._latest(receiver, with_day, sender, some[dated])
            hits[~dated] = _same(receiver[with_day], with_day, sender[some[~dated]])
            open_ = hits < 0
            hits[open_] = _same(receiver[without], without, sender[some[open_]])
            found[places] = hits
        return found

    def later(self, front: Ints, asked: Ints) -> Ints:
        """Return for each row asked about a row of the front that may follow it; the earliest one, or -1."""
        found = np.full(len(asked), UNKNOWN, np.int64)
        rows = self.rows
        stated = np.full(len(rows), UNKNOWN, np.int64)
        linked = front[rows.before[front] >= 0]
        stated[rows.before[linked]] = linked
        found[:] = stated[asked]
        for period in np.unique(self.period[front]).tolist():
            places = np.flatnonzero((found < 0) & (self.key(period, False)[asked] >= 0))
            starts = front[(self.period[front] == period) & (self.key(period, True)[front] >= 0)]
            if len(places) and len(starts):
                found[places] = self._following(period, starts, asked[places])
        return found

    def _following(self, period: int, starts: Ints, some: Ints) -> Ints:
        receiver, sender = self.key(period, False), self.key(period, True)
        dated = self.rows.arrival[some] >= 0
        with_day, without = starts[self.rows.departure[starts] >= 0], starts[self.rows.departure[starts] < 0]
        hits = np.full(len(some), UNKNOWN, np.int64)
        hits[dated] = self._earliest(sender, with_day, receiver, some[dated])
        hits[~dated] = _same(sender[with_day], with_day, receiver[some[~dated]])
        open_ = hits < 0
        hits[open_] = _same(sender[without], without, receiver[some[open_]])
        return hits

    def _stated(self, front: Ints, asked: Ints) -> Ints:
        inside: Flags = np.zeros(len(self.rows) + 1, np.bool_)
        inside[front] = True
        before = self.rows.before[asked]
        return np.where(inside[before] & (before >= 0), before, UNKNOWN)

    def _by_period(self, asked: Ints, found: Ints) -> Iterator[tuple[int, Ints]]:
        """Yield for each period the places of the rows that are still asked about in it."""
        sent = self.rows.consignor[asked] >= 0
        for period in np.unique(self.period[asked]).tolist():
            places = np.flatnonzero((found < 0) & sent & (self.period[asked] == period))
            if len(places):
                yield period, places

    def _latest(self, receiver: Ints, ends: Ints, sender: Ints, asked: Ints) -> Ints:
        if not len(ends) or not len(asked):
            return np.full(len(asked), UNKNOWN, np.int64)
        keys = self.timed(receiver[ends], self.rows.arrival[ends])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        wanted = self.timed(sender[asked], self.rows.departure[asked])
        at = np.searchsorted(keys, wanted, "right") - 1
        near = keys[np.maximum(at, 0)]
        hit = (at >= 0) & (near // self._span == wanted // self._span) & (wanted - near <= self.window)
        return np.where(hit, ends[order[np.maximum(at, 0)]], UNKNOWN)

    def _earliest(self, sender: Ints, starts: Ints, receiver: Ints, asked: Ints) -> Ints:
        if not len(starts) or not len(asked):
            return np.full(len(asked), UNKNOWN, np.int64)
        keys = self.timed(sender[starts], self.rows.departure[starts])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        wanted = self.timed(receiver[asked], self.rows.arrival[asked])
        at = np.minimum(np.searchsorted(keys, wanted, "left"), len(keys) - 1)
        near = keys[at]
        hit = (near >= wanted) & (near // self._span == wanted // self._span) & (near - wanted <= self.window)
        return np.where(hit, starts[order[at]], UNKNOWN)


def _same(keys: Ints, rows: Ints, asked: Ints) -> Ints:
    """Return for each key asked about a row with the same key, or -1; used where a day is not known."""
    if not len(keys) or not len(asked):
        return np.full(len(asked), UNKNOWN, np.int64)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    at = np.minimum(np.searchsorted(ordered, asked), len(ordered) - 1)
    return np.where(ordered[at] == asked, rows[order[at]], UNKNOWN)
