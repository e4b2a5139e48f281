"""How strongly a finding of diversion stands."""

from __future__ import annotations

from enum import StrEnum


class Strength(StrEnum):
    """How strongly a finding stands, the strongest first; only `certain` says that a rule of law is broken.

    `certain`: goods go straight from the zone of a law to a place under its embargo, and no authorisation is stated.
    `strong`: a chain of the same goods, with quantities and times that fit, and a fact against what was declared.
    `possible`: a chain that can be, but that lacks such a fact, a date, a quantity or a goods code.
    `statistical`: a sign in numbers about many shipments; never a finding about one of them by itself.
    """

    CERTAIN = "certain"
    STRONG = "strong"
    POSSIBLE = "possible"
    STATISTICAL = "statistical"

    @property
    def rank(self) -> int:
        """Return the place in the order, 0 for the strongest."""
        return list(Strength).index(self)
