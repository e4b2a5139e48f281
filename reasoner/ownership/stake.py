"""Stakes: what holders have in a company on one day, as one variable.

Several statements of one stake (versions of a register, records of two sources) are never added up; the stake lies
somewhere in the hull of what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from .model import WHOLE, Holding, Kind
from .window import Presence

Key = tuple[tuple[int, ...], int, Kind]


Grouped = dict[Key, list[tuple[Holding, Presence]]]


@dataclass(frozen=True, slots=True)
class Stake:
    """What holders have in a company on the day, with the statements that say so.

    Attributes:
        holders: Numbers of the parties that have it.
        company: Number of the company.
        kind: What it gives.
        minimum: Least share, in millionths of one percent; 0 where the stake itself is not certain.
        maximum: Greatest share.
        statements: The statements about it that hold on the day, or may.
        before: The statement which no longer holds that gave the same holders most; nothing where there is none.
    """

    holders: tuple[int, ...]
    company: int
    kind: Kind
    minimum: int
    maximum: int
    statements: tuple[Holding, ...]
    before: Holding | None = None

    @property
    def former(self) -> int:
        """Return the greatest share that the same holders had before, for certain."""
        return 0 if self.before is None else self.before.minimum


def hull(holders: tuple[int, ...], company: int, kind: Kind, statements: Sequence[tuple[Holding, Presence]]) -> Stake:
    """Return one stake from all statements about it that hold on a day, or may.

    A statement without a share says nothing against one that states it. Where none of them holds for certain, the stake
    may not exist at all, unless one ends in the same uncertain span in which another begins.
    """
    said = tuple(holding for holding, _ in statements)
    if kind in (Kind.BOARD, Kind.CONTROL):
        sure = any(presence is Presence.YES for _, presence in statements)
        return Stake(holders, company, kind, WHOLE if sure else 0, WHOLE, said)
    sure_ones = [holding for holding, presence in statements if presence is Presence.YES]
    known = [holding for holding in said if holding.known]
    if sure_ones and not any(holding.known for holding in sure_ones):
        return Stake(holders, company, kind, 0, WHOLE, said)
    counted = known or list(said)
    exists = bool(sure_ones) or any(one.window.hands_over_to(two.window) for one in known for two in known)
    minimum = min(holding.minimum for holding in counted) if exists else 0
    return Stake(holders, company, kind, minimum, max(holding.maximum for holding in counted), said)


def grouped(holdings: Iterable[Holding], index: dict[URIRef, int], as_of: date) -> Grouped:
    """Return the statements that hold on a day, or may, by the stake that they are about."""
    found: Grouped = defaultdict(list)
    for holding in holdings:
        presence = holding.window.on(as_of)
        if presence is not Presence.NO:
            holders = tuple(sorted({index[holder] for holder in holding.holders}))
            found[holders, index[holding.company], holding.kind].append((holding, presence))
    return found


def before(holdings: Iterable[Holding], index: dict[URIRef, int], as_of: date) -> dict[Key, Holding]:
    """Return, for each stake, the statement which no longer holds that gave the same holders most."""
    found: dict[Key, Holding] = {}
    for holding in holdings:
        if holding.window.until is not None and holding.window.until <= as_of:
            key = tuple(sorted({index[holder] for holder in holding.holders})), index[holding.company], holding.kind
            if key not in found or holding.minimum > found[key].minimum:
                found[key] = holding
    return found
