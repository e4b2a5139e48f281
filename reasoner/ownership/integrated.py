"""Integrated ownership: shares multiplied along chains, chains added, cycles solved exactly.

An owner's share x of every company satisfies x = direct + sum of (share of each holder x holder's own x). With
fractions the solution is exact; stopping where a cycle closes would report too little. Where shares are intervals, the
least and the greatest solution over all worlds are found by improving one world until nothing improves: each company's
shares vary independently of the others', so the best choice in each is best together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from .closure import above
from .graph import OwnershipGraph
from .model import WHOLE, Kind
from .spread import Mode
from .stake import Stake

Shares = dict[int, Fraction]


def owned(
    graph: OwnershipGraph, owner: int, company: int, mode: Mode = Mode.MUST, only: Collection[int] | None = None
) -> Fraction:
    """Return the part of a company that an owner has through all chains, from 0 to 1.

    Args:
        graph: The graph of the day.
        owner: Number of the owner.
        company: Number of the company.
        mode: The least share over all worlds, or the greatest.
        only: Numbers of the stakes that may be used; nothing is known of the others.
    """
    nodes, numbers = above(graph, company)
    if owner not in nodes:
        return Fraction(0)
    stakes: dict[int, list[Stake]] = {}
    for number in numbers:
        stake = graph.stakes[number]
        if stake.kind is Kind.SHARES and (only is None or number in only):
            stakes.setdefault(stake.company, []).append(stake)
    return _solve(graph, stakes, owner, mode).get(company, Fraction(0))


def _solve(graph: OwnershipGraph, stakes: dict[int, list[Stake]], owner: int, mode: Mode) -> Shares:
    """Improve a choice of shares until no company can be improved, and return what the owner has of each."""
    value: Shares = {}
    while True:
        choice = {company: _choose(graph, company, found, value, owner, mode) for company, found in stakes.items()}
        found = _linear(choice, owner)
        if found == value:
            return value
        value = found


def _choose(
    graph: OwnershipGraph, company: int, stakes: list[Stake], value: Shares, owner: int, mode: Mode
) -> list[tuple[Stake, int]]:
    """Return the shares of one company that give the owner least, or most, for what is known of the holders so far."""
    worth = {id(stake): _worth(stake, value, owner) for stake in stakes}
    given = {id(stake): stake.minimum for stake in stakes}
    left = WHOLE - sum(given.values())
    if mode is Mode.MAY or company in graph.complete:
        for stake in sorted(stakes, key=lambda one: (worth[id(one)], one.holders), reverse=mode is Mode.MAY):
            if mode is Mode.MAY and not worth[id(stake)] and value:
                continue
            more = max(0, min(left, stake.maximum - stake.minimum))
            given[id(stake)] += more
            left -= more
    return [(stake, given[id(stake)]) for stake in stakes]


def _worth(stake: Stake, value: Shares, owner: int) -> Fraction:
    """Return the owner's part in a stake; of a jointly held stake, an equal part for each holder."""
    parts = [Fraction(1) if holder == owner else value.get(holder, Fraction(0)) for holder in stake.holders]
    return sum(parts, Fraction(0)) / len(parts)


def _linear(choice: dict[int, list[tuple[Stake, int]]], owner: int) -> Shares:
    """Solve for the owner's share of every company that a positive chain leads to."""
    reached = _reached(choice, owner)
    order = {company: place for place, company in enumerate(sorted(reached))}
    rows = [_row(company, choice[company], order, owner) for company in sorted(reached)]
    return dict(zip(sorted(reached), _eliminate(rows), strict=True))


def _reached(choice: dict[int, list[tuple[Stake, int]]], owner: int) -> set[int]:
    reached: set[int] = set()
    grew = True
    while grew:
        grew = False
        for company, given in choice.items():
            if (
                company not in reached
                and company != owner
                and any(
                    share and any(holder == owner or holder in reached for holder in stake.holders)
                    for stake, share in given
                )
            ):
                reached.add(company)
                grew = True
    return reached


def _row(company: int, given: Iterable[tuple[Stake, int]], order: dict[int, int], owner: int) -> dict[int, Fraction]:
    """Return one equation: coefficients by place, the right side under -1."""
    row: dict[int, Fraction] = {order[company]: Fraction(1)}
    for stake, share in given:
        for holder in stake.holders:
            part = Fraction(share, WHOLE * len(stake.holders))
            if holder == owner:
                row[-1] = row.get(-1, Fraction(0)) + part
            elif holder in order:
                row[order[holder]] = row.get(order[holder], Fraction(0)) - part
    return row


def _eliminate(rows: list[dict[int, Fraction]]) -> list[Fraction]:
    """Solve sparse equations exactly; a company whose cycle has no owner outside counts as 0."""
    size = len(rows)
    for place in range(size):
        pivot = rows[place].get(place, Fraction(0))
        if not pivot:
            rows[place] = {place: Fraction(1)}
            continue
        rows[place] = {key: value / pivot for key, value in rows[place].items() if value}
        for other in range(size):
            factor = rows[other].get(place) if other != place else None
            if factor:
                for key, value in rows[place].items():
                    rows[other][key] = rows[other].get(key, Fraction(0)) - factor * value
                rows[other].pop(place, None)
    return [row.get(-1, Fraction(0)) for row in rows]


def units(share: Fraction) -> int:
    """Return a share in millionths of one percent, what is finer left off."""
    return share.numerator * WHOLE // share.denominator
