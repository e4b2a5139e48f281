"""The stakes of one day in arrays; each is made into an object only when somebody asks for it.

A plain holding whose holder and company have no other statement of its kind is a stake as it stands. Where there are
several statements of one stake, they are put together one by one (`stake.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from .holdings import Holdings, Plain, iri_of
from .model import WHOLE, Holding, Kind
from .stake import Stake, before, grouped, hull

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """Stakes as arrays, one entry a stake.

    Attributes:
        holder: Number of the holder; -1 where the stake is held jointly.
        company: Number of the company.
        kind: What the stake gives.
        minimum: Least share.
        maximum: Greatest share.
        former: The greatest share held before.
    """

    holder: Ints
    company: Ints
    kind: Ints
    minimum: Ints
    maximum: Ints
    former: Ints


class Stakes(Sequence[Stake]):
    """The stakes of one day."""

    def __init__(
        self, columns: Columns, places: Ints, plain: Plain, made: Sequence[Stake], flawed: frozenset[int]
    ) -> None:
        """Keep stakes as columns.

        Args:
            columns: The stakes.
            places: For each, the place of its plain holding; below 0, the place of a stake that is made already.
            plain: The plain holdings.
            made: Stakes that are made already.
            flawed: Companies with a stake that cannot be as it is stated.
        """
        self.columns = columns
        self.flawed = flawed
        self._places, self._plain = places, plain
        self._made = {~place: stake for place, stake in enumerate(made)}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Stake: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Stake]: ...

    def __getitem__(self, number: int | slice) -> Stake | Sequence[Stake]:
        """Return one stake, or several."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        place = int(self._places[number])
        if place not in self._made:
            self._made[place] = self._of(number, place)
        return self._made[place]

    def changed(self, number: int, minimum: int, maximum: int) -> Stakes:
        """Return the same stakes, one of them with another share."""
        ends = {"minimum": self.columns.minimum.copy(), "maximum": self.columns.maximum.copy()}
        for name, share in (("minimum", minimum), ("maximum", maximum)):
            ends[name][number] = share
        found = Stakes(replace(self.columns, **ends), self._places.copy(), self._plain, (), self.flawed)
        place = min((*self._made, 0)) - 1
        found._places[number] = place
        found._made = {**self._made, place: replace(self[number], minimum=minimum, maximum=maximum)}
        return found

    def _of(self, number: int, place: int) -> Stake:
        columns = self.columns
        return Stake(
            (int(columns.holder[number]),),
            int(columns.company[number]),
            Kind(int(columns.kind[number])),
            int(columns.minimum[number]),
            int(columns.maximum[number]),
            (self._plain.holding(place),),
        )


def stakes_on(holdings: Sequence[Holding], index: dict[URIRef, int], as_of: date) -> Stakes:
    """Return the stakes of one day from all statements about them.

    Args:
        holdings: The statements.
        index: The number of each party.
        as_of: The day.
    """
    known = holdings if isinstance(holdings, Holdings) else Holdings(holdings)
    plain, odd = known.plain, list(known.odd)
    holder, company = _numbers(plain, index)
    alone = _alone(holder, company, plain.kind, odd, index)
    odd += map(plain.holding, np.flatnonzero(~alone).tolist())
    made, flawed = _made(odd, index, as_of)
    places = np.flatnonzero(alone & _holds(plain, as_of))
    return _sorted(plain, holder, company, places, made, flawed)


def _numbers(plain: Plain, index: dict[URIRef, int]) -> tuple[Ints, Ints]:
    """Return the numbers of holders and companies; names that no holding uses have none."""
    codes = np.fromiter((index.get(iri_of(name), -1) for name in plain.names), np.int64, len(plain.names))
    return codes[plain.holder], codes[plain.company]


def _holds(plain: Plain, as_of: date) -> Flags:
    day = as_of.toordinal()
    found: Flags = (plain.since <= day) & ((plain.until == 0) | (plain.until > day))
    return found


def _alone(holder: Ints, company: Ints, kind: NDArray[np.int32], odd: list[Holding], index: dict[URIRef, int]) -> Flags:
    """Return which plain holdings are the only statement of their stake, on any day."""
    size = len(index) + 1
    keys = (holder * size + company) * len(Kind) + kind
    order = np.argsort(keys, kind="stable")
    found = np.ones(len(keys), np.bool_)
    same = keys[order][1:] == keys[order][:-1]
    found[order[1:][same]] = found[order[:-1][same]] = False
    single = [one for one in odd if len({index[holder] for holder in one.holders}) == 1]
    others = [(index[one.holders[0]] * size + index[one.company]) * len(Kind) + one.kind for one in single]
    return found & ~np.isin(keys, others) if others else found


def _made(odd: list[Holding], index: dict[URIRef, int], as_of: date) -> tuple[list[Stake], frozenset[int]]:
    """Return the stakes that are put together one by one, and the companies with one that cannot be as stated."""
    odd = sorted(odd, key=lambda holding: str(holding.iri))
    found, earlier = grouped(odd, index, as_of), before(odd, index, as_of)
    stakes = [
        replace(hull(*key, found[key]), before=earlier[key]) if key in earlier else hull(*key, found[key])
        for key in sorted(found)
    ]
    unsound = (key[1] for key, statements in found.items() if any(not holding.sound for holding, _ in statements))
    return stakes, frozenset(unsound)


def _sorted(
    plain: Plain, holder: Ints, company: Ints, places: Ints, made: list[Stake], flawed: frozenset[int]
) -> Stakes:
    """Return all stakes in an order that does not depend on that of the statements: by holder, company and kind."""
    rows = [
        (one.holders[0] if len(one.holders) == 1 else -1, one.company, one.kind, one.minimum, one.maximum, one.former)
        for one in made
    ]
    table = np.array(rows, np.int64).reshape(-1, 6).T
    rights = plain.kind >= Kind.BOARD  # the board and control have no share; who has them has all of them
    low, high = (np.where(rights, WHOLE, end) for end in (plain.minimum, plain.maximum))
    columns = (holder, company, plain.kind.astype(np.int64), low, high)
    joined = [np.concatenate((column[places], more)) for column, more in zip(columns, table[:5], strict=True)]
    joined.append(np.concatenate((np.zeros(len(places), np.int64), table[5])))
    where = np.concatenate((places, ~np.arange(len(made))))
    order = np.lexsort(
        (joined[2], joined[1], joined[0])
    )  # stable, so that joint stakes keep the order they were made in
    return Stakes(
        Columns(*(np.ascontiguousarray(column[order], np.int64) for column in joined)),
        where[order],
        plain,
        made,
        flawed,
    )
