"""Quantities asked from the end back are the same test as from the beginning on."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from clew.reasoner.routes.carry import Carry

from .oracle import Move, World


def forward(chain: tuple[int, ...], least: Fraction, spare: Fraction) -> bool:
    moves = [Move(0, 0, 0, 0, 0, quantity=quantity, unit=0) for quantity in chain]
    return World(moves, [(0, [0])], 0, 9, 0, least, spare).fits(range(len(chain)))


@pytest.mark.parametrize("least", [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
@pytest.mark.parametrize("spare", [Fraction(0), Fraction(1, 2), Fraction(2)])
def test_every_short_chain_fits_both_ways_or_neither(least: Fraction, spare: Fraction) -> None:
    carry = Carry(least, spare)
    for length in (1, 2, 3, 4):
        for chain in product(range(5), repeat=length):
            assert carry.fits([(0, quantity) for quantity in chain]) == forward(chain, least, spare), chain


def test_quantities_in_different_units_and_unknown_ones_are_not_compared() -> None:
    carry = Carry(Fraction(1), Fraction(0))
    assert carry.fits([(0, 5), (1, 900), (-1, -1), (0, 5)])
    assert not carry.fits([(0, 5), (1, 900), (-1, -1), (0, 4)])
