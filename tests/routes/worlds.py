"""Small random worlds of shipments, for the search and for the oracle alike."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np

from clew.reasoner.routes.groups import Periods
from clew.reasoner.routes.network import Rows
from clew.reasoner.routes.settings import Settings, settings

from .oracle import Move, World


def world(seed: int) -> World:
    """A world with ties in ownership that change, days and quantities that are not known, and stated onward legs."""
    chance = random.Random(seed)
    parties, count = chance.randint(2, 6), chance.randint(3, 11)
    moves = [_move(chance, parties) for _ in range(count)]
    for at, move in enumerate(moves):
        earlier = chance.randrange(count)
        if earlier != at and chance.random() < 0.12 and moves[earlier].goods == move.goods:
            move.before = earlier
    once = [move.before for move in moves]
    for at, move in enumerate(moves):  # a shipment goes on as one
        if move.before is not None and move.before in once[:at]:
            move.before = None
    starts = sorted({0, *(chance.randrange(1, 30) for _ in range(chance.randint(0, 2)))})
    groups = [[chance.randrange(parties) for _ in range(parties)] for _ in starts]
    return World(
        moves,
        list(zip(starts, groups, strict=True)),
        as_of=30,
        steps=chance.randint(1, 5),
        window=chance.choice([0, 3, 8, 40]),
        least=chance.choice([Fraction(0), Fraction(1, 2), Fraction(1)]),
        spare=chance.choice([Fraction(0), Fraction(1, 10)]),
        parties=parties,
    )


def _move(chance: random.Random, parties: int) -> Move:
    day = None if chance.random() < 0.1 else chance.randrange(30)
    return Move(
        sender=None if chance.random() < 0.05 else chance.randrange(parties),
        receiver=None if chance.random() < 0.05 else chance.randrange(parties),
        goods=chance.randrange(2),
        departure=day,
        arrival=None if day is None else day + chance.choice([0, 0, 1, 4]),
        quantity=None if chance.random() < 0.2 else chance.randrange(6),
        unit=chance.randrange(2) if chance.random() < 0.9 else None,
        origin=chance.random() < 0.35,
        target=chance.random() < 0.35,
    )


def without_quantities(given: World) -> World:
    """The same world with no quantity known."""
    return replace(given, moves=[replace(move, quantity=None) for move in given.moves])


def rows(given: World) -> Rows:
    """The shipments of a world as arrays."""

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([-1 if (value := getattr(m, name)) is None else value for m in given.moves], np.int64)

    unit, quantity = column("unit"), column("quantity")
    known = (unit >= 0) & (quantity >= 0)
    return Rows(
        np.arange(len(given.moves), dtype=np.int64),
        column("goods"),
        column("sender"),
        column("receiver"),
        column("departure"),
        column("arrival"),
        column("before"),
        np.where(known, quantity, -1),
        np.where(known, unit, -1),
    )


def periods(given: World) -> Periods:
    """Who is in whose group in a world."""
    starts = np.array([start for start, _ in given.periods], np.int64)
    return Periods(starts, tuple(np.array(groups, np.int64) for _, groups in given.periods))


def bounds(given: World, effort: int = 10**6) -> Settings:
    """The bounds of a world, with room for every chain."""
    return replace(
        settings(),
        steps=given.steps,
        window=given.window,
        least=given.least,
        spare=given.spare,
        effort=effort,
        total=effort * 100,
    )
