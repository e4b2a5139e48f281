"""Diversion: chains of shipments from the reach of a law to a place under its embargo, graded and with their proofs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from rdflib import URIRef

from ...dataset import Dataset
from ...ontology import CLEW, token
from ...statements import Statement
from ..derivation import Derivation
from .chains import Core, detect
from .contradictions import Contradiction, contradictions
from .goods import Goods, goods
from .groups import Control
from .matching import Matcher
from .model import Mark, Shipment, shipments
from .network import Flags, Network, network
from .places import COMPREHENSIVE, SECTORAL, Atlas, Embargo
from .quantities import Convention, Diverted, Entry, diverted
from .settings import Settings, Zone, settings, zones
from .strength import Strength
from .walk import Chain, Cut, Walker

Producer = Callable[[Statement], Derivation]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which chains are asked for.

    Attributes:
        since: First day on which the last shipment of a chain may arrive; nothing for any.
        until: Last day on which it may.
        code: Digits that the customs code of the goods begins with; nothing for all goods.
        window: Longest time that goods lie at one party, in days; nothing for what the settings state.
        convention: How goods that lie together are told apart.
    """

    since: date | None = None
    until: date | None = None
    code: str = ""
    window: int | None = None
    convention: Convention = Convention.FIFO


@dataclass(frozen=True, slots=True)
class Diversion:
    """A chain of shipments that may be, or is, diversion.

    Attributes:
        zone: Whose law follows the goods.
        strength: How strongly it stands.
        shipments: The shipments from the origin to the end.
        goods: The goods class they share.
        embargo: The embargo at the end.
        day: The day on which law is asked about.
        contradictions: What speaks against the declarations of their transactions.
        lacks: What is not known, or does not fit; nothing of it is left for `strong`.
        quantities: For each party in between: how much went on.
        count: How many chains with fitting quantities end in the same shipment.
        complete: Whether all of them were looked at.
        path: The ordered tokens that tell it.
        says: It as a sentence.
    """

    zone: Zone
    strength: Strength
    shipments: tuple[Shipment, ...]
    goods: URIRef
    embargo: Embargo
    day: date
    contradictions: tuple[Contradiction, ...]
    lacks: tuple[str, ...]
    quantities: tuple[tuple[URIRef, Diverted], ...]
    count: int
    complete: bool
    path: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search for diversion.

    Attributes:
        diversions: One for each final consignment and law, the strongest first.
        cuts: For each law, what the bounds of the search left out.
        shipments: How many shipments there are.
        marks: How many of them lack what.
        settings: The bounds that were used.
    """

    diversions: tuple[Diversion, ...]
    cuts: dict[str, Cut]
    shipments: int
    marks: dict[Mark, int]
    settings: Settings


@dataclass(slots=True)
class Trade:
    """The shipments of a dataset with everything a search needs, read once."""

    data: Dataset
    as_of: date
    bounds: Settings = field(default_factory=settings)
    _contradictions: dict[URIRef, tuple[Contradiction, ...]] = field(default_factory=dict)

    shipments: tuple[Shipment, ...] = field(init=False)
    goods: Goods = field(init=False)
    control: Control = field(init=False)
    atlas: Atlas = field(init=False)

    def __post_init__(self) -> None:
        """Read the dataset."""
        self.shipments, self.goods = shipments(self.data), goods(self.data)
        self.control = Control.read(self.data, self.bounds.majority)
        self.atlas = Atlas.read(self.data)

    def contradictions(self, transaction: URIRef) -> tuple[Contradiction, ...]:
        """Return what speaks against the declarations of a transaction."""
        if transaction not in self._contradictions:
            self._contradictions[transaction] = contradictions(self.data, transaction)
        return self._contradictions[transaction]


def diversions(trade: Trade, asked: Asked | None = None) -> Found:
    """Return the chains that may be diversion, one for each final consignment and law.

    Args:
        trade: The shipments.
        asked: Which chains are asked for; all when not given.
    """
    asked = asked or Asked()
    bounds = trade.bounds if asked.window is None else replace(trade.bounds, window=asked.window)
    found = [_Search(trade, asked, bounds, zone) for zone in zones(trade.as_of)] if trade.shipments else []
    best: dict[tuple[str, URIRef], Diversion] = {}
    for search in found:
        for one in search.diversions():
            key = one.zone.name, one.shipments[-1].consignment
            best[key] = min(one, best.get(key, one), key=_order)
    counts = {mark: sum(mark in one.marks for one in trade.shipments) for mark in Mark}
    return Found(
        tuple(sorted(best.values(), key=_order)),
        {search.zone.name: search.cut for search in found},
        len(trade.shipments),
        {mark: count for mark, count in counts.items() if count},
        bounds,
    )


def _order(one: Diversion) -> tuple[object, ...]:
    return one.strength.rank, len(one.lacks), len(one.shipments), one.shipments[-1].iri, one.zone.name, one.goods


class _Search:
    """The search under the law of one zone."""

    def __init__(self, trade: Trade, asked: Asked, bounds: Settings, zone: Zone) -> None:
        self.trade, self.asked, self.bounds, self.zone = trade, asked, bounds, zone
        self._ends: dict[int, Embargo] = {}
        origin, target = self._origin(), self._target()
        matcher = Matcher(self.network.rows, self.network.periods, bounds.window, self.network.as_of)
        self.core: Core = detect(matcher, origin, target, bounds.steps)
        self.chains, self.cut = Walker(matcher, self.core, origin, bounds).chains()

    @cached_property
    def network(self) -> Network:
        wanted = [one for one in self.trade.shipments if self._wanted(one)]
        return network(wanted, self.trade.goods, self.trade.control, self.trade.as_of)

    def _wanted(self, one: Shipment) -> bool:
        codes = self.trade.goods.codes.get(one.item, ()) if one.item else ()
        return not self.asked.code or any(token(code).partition(":")[2].startswith(self.asked.code) for code in codes)

    def _origin(self) -> Flags:
        atlas, zone = self.trade.atlas, self.zone
        return self._flags(lambda one, day: any(atlas.in_zone(zone, at, day) is not None for at in one.origin))

    def _target(self) -> Flags:
        def ends(one: Shipment, day: date) -> bool:
            late = self.asked.until is not None and one.arrival is not None and one.arrival > self.asked.until
            early = self.asked.since is not None and one.arrival is not None and one.arrival < self.asked.since
            return not (late or early) and self._embargo(one, day) is not None

        return self._flags(ends)

    def _flags(self, holds: Callable[[Shipment, date], bool]) -> Flags:
        """Return for each row whether something holds of its shipment on its day."""
        answers = [holds(one, one.day(self.trade.as_of)) for one in self.network.shipments]
        return np.array([answers[at] for at in self.network.rows.shipment.tolist()], np.bool_)

    def _embargo(self, one: Shipment, day: date) -> Embargo | None:
        """Return the embargo under which the end of a shipment is restricted for its goods; the widest one first."""
        found = [each for place in one.destination for each in self.trade.atlas.embargoes(place, day)]
        kinds = (COMPREHENSIVE, SECTORAL) if one.item in self.trade.goods.listed else (COMPREHENSIVE,)
        mine = [each for each in found if each.jurisdiction in self.zone.jurisdictions and each.kind in kinds]
        return min(mine, key=lambda each: (kinds.index(each.kind), len(each.within), each.row), default=None)

    def diversions(self) -> Iterator[Diversion]:
        for chain in self.chains.values():
            one = self._diversion(chain)
            if one is not None:
                yield one

    def _diversion(self, chain: Chain) -> Diversion | None:
        rows, net = self.network.rows, self.network
        parts = tuple(net.shipments[at] for at in rows.shipment[list(chain.rows)].tolist())
        last = parts[-1]
        day = last.day(self.trade.as_of)
        embargo = self._embargo(last, day)
        assert embargo is not None
        kind = net.classes[int(rows.goods[chain.rows[0]])]
        licensed = [t for t in _transactions(parts) if self.trade.data.objects(t, CLEW.hasAuthorisation)]
        told = tuple(each for t in _transactions(parts) for each in self.trade.contradictions(t))
        if len(parts) == 1:
            if licensed:
                return None  # whether the licence covers it is for the rules of the transaction to say
            strength, lacks = self._straight(last)
        else:
            lacks = tuple(self._lacks(parts, kind, chain, told, licensed))
            strength = Strength.POSSIBLE if lacks else Strength.STRONG
        return Diversion(
            self.zone, strength, parts, kind, embargo, day, told, lacks, self._quantities(parts, chain),
            chain.count, chain.complete, _path(parts, embargo), _sentence(parts, embargo, strength, lacks),
        )  # fmt: skip

    def _straight(self, one: Shipment) -> tuple[Strength, tuple[str, ...]]:
        """Return how strongly one shipment straight to a restricted place stands."""
        lacks = ("the day of the shipment",) if Mark.NO_DATE in one.marks and one.asked is None else ()
        return (Strength.POSSIBLE if lacks else Strength.CERTAIN), lacks

    def _lacks(
        self,
        parts: Sequence[Shipment],
        kind: URIRef,
        chain: Chain,
        told: Sequence[Contradiction],
        licensed: Sequence[URIRef],
    ) -> Iterator[str]:
        """Yield what keeps a chain from being more than possible."""
        if not told:
            yield "a fact that contradicts what was declared, or that somebody knew"
        if licensed:
            yield "what the stated authorisation covers"
        if not chain.fits:
            yield "quantities that fit"
        if any(kind not in self.trade.goods.codes.get(one.item, ()) for one in parts if one.item):
            yield "one customs code from end to end"
        for one, two in itertools.pairwise(parts):
            if _stated(one, two):
                continue
            yield from self._gap(one, two)

    def _gap(self, one: Shipment, two: Shipment) -> Iterator[str]:
        """Yield what is not known of a link that no source states."""
        where = f"between {token(one.iri)} and {token(two.iri)}"
        if one.arrival is None or two.departure is None:
            yield f"the days {where}"
        elif (two.departure - one.arrival).days > self.bounds.short:
            yield f"a wait of at most {self.bounds.short} days {where}"
        if None in (one.quantity, two.quantity) or one.unit is None or one.unit != two.unit:
            yield f"quantities in one unit {where}"

    def _quantities(self, parts: Sequence[Shipment], chain: Chain) -> tuple[tuple[URIRef, Diverted], ...]:
        """Return for each party between two shipments how much went on, as far as quantities and days are known."""
        return tuple(
            (two.consignor, self._ledger(row))
            for two, row, one in zip(parts[1:], chain.rows[1:], parts, strict=False)
            if two.consignor and not _stated(one, two) and two.quantity is not None and two.departure is not None
        )

    def _ledger(self, row: int) -> Diverted:
        """Return what the ledger of the sender of a row says, for its group, goods and unit."""
        rows, period = self.network.rows, int(self.network.periods.of(self.network.rows.departure[[row]], 0)[0])
        group = self.network.periods.groups[period]
        mine, same = group[rows.consignor[row]], (rows.goods == rows.goods[row]) & (rows.unit == rows.unit[row])
        same &= (rows.quantity >= 0) & (rows.departure >= 0)
        comes = same & (rows.consignee >= 0) & (group[np.maximum(rows.consignee, 0)] == mine)
        goes = same & (rows.consignor >= 0) & (group[np.maximum(rows.consignor, 0)] == mine) & ~comes
        entries = [
            Entry(int(rows.arrival[at]), True, int(rows.quantity[at]), bool(self.core.forward.hops[at] > 0))
            for at in np.flatnonzero(comes).tolist()
        ] + [
            Entry(int(rows.departure[at]), False, int(rows.quantity[at]), bool(self.core.backward.hops[at] > 0))
            for at in np.flatnonzero(goes).tolist()
        ]
        return diverted(entries, self.asked.convention, window=self.bounds.window)


def _stated(one: Shipment, two: Shipment) -> bool:
    """Tell whether a source states that one shipment goes on as another."""
    return two.before == one.iri and two.item == one.item


def _transactions(parts: Sequence[Shipment]) -> list[URIRef]:
    return list(dict.fromkeys(one.transaction for one in parts))


def _path(parts: Sequence[Shipment], embargo: Embargo) -> tuple[str, ...]:
    """Return the tokens of a chain: places and parties in their order, then the embargo."""
    steps: list[URIRef | None] = [parts[0].consignor, *parts[0].origin]
    for one in parts:
        steps += [one.consignee, *one.destination]
    return (*dict.fromkeys(token(step) for step in steps if step is not None), token(embargo.row))


def _sentence(parts: Sequence[Shipment], embargo: Embargo, strength: Strength, lacks: Sequence[str]) -> str:
    hands = [one.consignee for one in parts[:-1] if one.consignee]
    through = f" through {' and '.join(map(token, hands))}" if hands else ""
    start = ", ".join(map(token, parts[0].origin)) or "an origin that is not stated"
    said = (
        f"goods go from {start}{through} to {token(embargo.place)}, embargoed under {embargo.jurisdiction}: {strength}"
    )
    return f"{said}; not known: {'; '.join(lacks)}" if lacks else said


__all__ = ["Asked", "Diversion", "Found", "Trade", "diversions"]
