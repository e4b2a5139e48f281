"""Whether quantities along a chain fit, asked from its end back to its beginning.

A quantity fits where it is at least a part of the least quantity so far, and exceeds it by no more than a part. Only
quantities in the same unit are compared. Walking backwards the least quantity so far is not known yet, so what is kept
is the interval that it has to lie in; it is exact, because all bounds are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Need:
    """What the quantities that come before have to be, in one unit.

    Attributes:
        low: The least quantity so far is at least this, where there is one.
        high: It is at most this, where there is one.
        must: There has to be one, and it is at most this; nothing where none is needed.
    """

    low: int
    high: int | None
    must: int | None

    @property
    def ceiling(self) -> int | None:
        """Return the most that the least quantity before may be, where there is one."""
        bounds = [bound for bound in (self.high, self.must) if bound is not None]
        return min(bounds) if bounds else None


Needs = tuple[tuple[int, Need], ...]  # by the number of the unit


class Carry:
    """The test of quantities with its two bounds."""

    def __init__(self, least: Fraction, spare: Fraction) -> None:
        """Remember the least part that has to go on, and the part by which a quantity may exceed the one before."""
        self._least, self._most = least, 1 + spare

    def before(self, needs: Needs, unit: int, quantity: int) -> Needs | None:
        """Return what has to come before a shipment, given what has to come before those after it.

        Args:
            needs: What the shipments after it ask for.
            unit: Its unit; a shipment without one is not tested (-1).
            quantity: Its quantity; one that is not known is not tested (-1).

        Returns:
            What has to come before it; nothing where no shipments before it could make the quantities fit.
        """
        if unit < 0 or quantity < 0:
            return needs
        asked = dict(needs)
        need = asked.get(unit, Need(0, None, None))
        if quantity < need.low:
            return None
        # Least quantity so far: at least quantity / (1 + spare), at most quantity / least.
        low = max(need.low, -(-quantity * self._most.denominator // self._most.numerator))
        high = quantity * self._least.denominator // self._least.numerator if self._least else None
        must = need.ceiling if need.ceiling is not None and quantity > need.ceiling else None
        if must is not None and low > must:
            return None
        asked[unit] = Need(low, high, must)
        return tuple(sorted(asked.items()))

    @staticmethod
    def holds(needs: Needs) -> bool:
        """Tell whether the quantities fit when nothing comes before."""
        return all(need.must is None for _, need in needs)

    def fits(self, quantities: list[tuple[int, int]]) -> bool:
        """Tell whether the quantities of a chain fit, given as (unit, quantity) from its beginning to its end."""
        needs: Needs = ()
        for unit, quantity in reversed(quantities):
            asked = self.before(needs, unit, quantity)
            if asked is None:
                return False
            needs = asked
        return self.holds(needs)
