"""How much of what went on can be, and has to be, goods that came from the origin.

At one party and for one class of goods, arrivals and departures are a ledger of stock. The most that can have gone on
is a flow: every restricted departure is filled from arrivals of the origin that may still lie there, oldest first. The
least is what is left when all other goods are used first, and it is nothing as long as those are not known. In between,
a convention traces the goods; it is named in the answer, because none of them is a fact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ...errors import InputError


class Convention(StrEnum):
    """How goods that lie together are told apart when a part of them goes on.

    `fifo`: first in, first out. `pro_rata`: in the proportion of the stock. `any_taint`: all of a departure counts as
    soon as any of the stock does.
    """

    FIFO = "fifo"
    PRO_RATA = "pro_rata"
    ANY_TAINT = "any_taint"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger.

    Attributes:
        day: Day number.
        arrives: Whether goods come in; else they go out.
        quantity: How much, in whole units of the ledger.
        marked: Whether goods that come in are from the origin; whether goods that go out go to a restricted end.
    """

    day: int
    arrives: bool
    quantity: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Diverted:
    """How much went on to a restricted end, of what came from the origin.

    Attributes:
        lower: The least, in whole units of the ledger.
        upper: The most.
        traced: What the convention says.
        convention: Which convention that is.
        known: Whether stock and other sources are known; if not, the least is 0 because nothing more is proved.
    """

    lower: int
    upper: int
    traced: Fraction
    convention: Convention
    known: bool

    @property
    def says(self) -> str:
        """Return it in words."""
        least = "" if self.known else " (stock and other sources are not known, so no more is proved)"
        return f"from {self.lower}{least} to {self.upper}; {self.convention.value} gives {_plain(self.traced)}"


def diverted(
    ledger: Iterable[Entry], convention: Convention, *, other: int | None = None, window: int | None = None
) -> Diverted:
    """Return how much of the goods of an origin went on to a restricted end, as bounds and by a convention.

    Args:
        ledger: What came in and went out; on one day goods come in before others go out.
        convention: How goods that lie together are told apart.
        other: Opening stock and own production together, all of it before the first day; nothing where not known.
        window: Longest time that goods lie there, in days; nothing for no bound. It bounds the most, and nothing else.

    Raises:
        InputError: A quantity is negative.
    """
    entries = sorted(ledger, key=lambda entry: (entry.day, not entry.arrives))
    if any(entry.quantity < 0 for entry in entries) or (other is not None and other < 0):
        raise InputError("a quantity in the ledger is negative", help="write what came in and went out as positive")
    upper = _filled(entries, True, window, 0)
    lower = 0 if other is None else _out(entries) - _filled(entries, False, None, other)
    return Diverted(lower, upper, _TRACE[convention](entries, other or 0), convention, other is not None)


def _out(entries: Sequence[Entry]) -> int:
    return sum(entry.quantity for entry in entries if not entry.arrives and entry.marked)


def _filled(entries: Sequence[Entry], marked: bool, window: int | None, opening: int) -> int:
    """Return how much of the restricted departures can be filled from arrivals with or without the mark, oldest first.

    All goods may lie equally long, so using the oldest first wastes least: it is a greatest flow.
    """
    lots: deque[list[int]] = deque([[-1, opening]] if opening else [])
    filled = 0
    for entry in entries:
        if entry.arrives:
            if entry.marked == marked:
                lots.append([entry.day, entry.quantity])
            continue
        while window is not None and lots and 0 <= lots[0][0] < entry.day - window:
            lots.popleft()
        if entry.marked:
            filled += sum(taken for _, taken in _take(lots, entry.quantity))
    return filled


def _take(lots: deque[list[int]], wanted: int) -> list[tuple[int, int]]:
    """Take goods from the oldest lots and return what was taken, as (what the lot is, how much)."""
    taken = []
    while wanted and lots:
        part = min(wanted, lots[0][1])
        taken.append((lots[0][0], part))
        lots[0][1] -= part
        wanted -= part
        if not lots[0][1]:
            lots.popleft()
    return taken


def _first_in_first_out(entries: Sequence[Entry], opening: int) -> Fraction:
    lots: deque[list[int]] = deque([[0, opening]] if opening else [])
    traced = 0
    for entry in entries:
        if entry.arrives:
            lots.append([int(entry.marked), entry.quantity])
        else:
            gone = _take(lots, entry.quantity)
            traced += sum(part for mark, part in gone if mark) if entry.marked else 0
    return Fraction(traced)


def _in_proportion(entries: Sequence[Entry], opening: int) -> Fraction:
    stock, inside, traced = Fraction(opening), Fraction(0), Fraction(0)
    for entry in entries:
        if entry.arrives:
            stock += entry.quantity
            inside += entry.quantity if entry.marked else 0
            continue
        gone = min(Fraction(entry.quantity), stock)
        part = gone * inside / stock if stock else Fraction(0)
        stock, inside = stock - gone, inside - part
        traced += part if entry.marked else 0
    return traced


def _once_any(entries: Sequence[Entry], opening: int) -> Fraction:
    stock, tainted, traced = opening, False, 0
    for entry in entries:
        if entry.arrives:
            stock += entry.quantity
            tainted = tainted or (entry.marked and entry.quantity > 0)
            continue
        gone = min(entry.quantity, stock)
        stock -= gone
        traced += gone if entry.marked and tainted else 0
        tainted = tainted and stock > 0
    return Fraction(traced)


_TRACE = {
    Convention.FIFO: _first_in_first_out,
    Convention.PRO_RATA: _in_proportion,
    Convention.ANY_TAINT: _once_any,
}


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
