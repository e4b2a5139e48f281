"""Deciding for regimes that multiply shares along chains, such as tests of beneficial ownership."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..finding import OwnershipStatus
from .closure import above
from .graph import OwnershipGraph
from .integrated import owned, units
from .levels import CAUGHT, CLEAR, NOT_IN_FORCE, POSSIBLY, REVIEW, Seeds
from .model import WHOLE, Kind, percent
from .reading import stands
from .regime import Regime
from .result import Result
from .spread import Mode


def decide(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Result:
    """Return what a regime that multiplies shares along chains says of a company: whether anybody owns enough of it."""
    nodes, numbers = above(graph, party)
    owners = sorted((seeds.of(Mode.MAY) & nodes) - {party})
    need = Fraction(regime.need, WHOLE)
    low, high = (_greatest(graph, owners, party, mode) for mode in (Mode.MUST, Mode.MAY))
    doubts = tuple(_doubts(graph, regime, party, numbers, need))
    if low[0] >= need or high[0] >= need:
        would_be = REVIEW if _broken(graph, nodes) else CAUGHT if low[0] >= need else POSSIBLY
    else:
        would_be = REVIEW if doubts else CLEAR
    share, owner = low if would_be == CAUGHT else high
    mode = Mode.MUST if would_be == CAUGHT else Mode.MAY
    reasons = (*_says(graph, regime, owner, share, would_be), *dict.fromkeys(_told(graph, regime, doubts)))
    what = would_be if stands(regime) else NOT_IN_FORCE
    status = OwnershipStatus(what, units(low[0]), units(high[0]), regime.threshold, reasons)
    flow = (owner, _needed(graph, owner, party, numbers, mode, need)) if share >= need else (owner, doubts)
    return Result(party, regime, status, would_be, flow=flow if flow[1] else None)


def _greatest(graph: OwnershipGraph, owners: Iterable[int], party: int, mode: Mode) -> tuple[Fraction, int]:
    """Return the greatest share that one owner has, and that owner."""
    shares = [(owned(graph, owner, party, mode), -owner) for owner in owners]
    share, owner = max(shares, default=(Fraction(0), 0))
    return share, -owner


def _broken(graph: OwnershipGraph, nodes: Iterable[int]) -> bool:
    """Tell whether the register of a company above contradicts itself."""
    return any(
        sum(graph.stakes[n].minimum for n in graph.stakes_in(node) if graph.stakes[n].kind is Kind.SHARES) > WHOLE
        or node in graph.flawed
        for node in nodes
    )


def _doubts(graph: OwnershipGraph, regime: Regime, party: int, numbers: Iterable[int], need: Fraction) -> Iterator[int]:
    """Yield the stakes that a person must judge: control of the company, or of one that owns enough of it."""
    if regime.control_limb == "none":
        return
    for number in numbers:
        stake = graph.stakes[number]
        company = stake.company
        enough = company == party or owned(graph, company, party, Mode.MAY) >= need
        if stake.kind in (Kind.BOARD, Kind.CONTROL) and enough:
            yield number


def _told(graph: OwnershipGraph, regime: Regime, doubts: Iterable[int]) -> Iterator[str]:
    for number in doubts:
        holders = " and ".join(map(graph.label, graph.stakes[number].holders))
        company = graph.label(graph.stakes[number].company)
        yield f"{holders} is said to control {company}; whether that is control under {regime.name} is to be judged"


def _needed(
    graph: OwnershipGraph, owner: int, party: int, numbers: Iterable[int], mode: Mode, need: Fraction
) -> tuple[int, ...]:
    """Return stakes that carry enough of the share, none of which can be left out."""
    used = {n for n in numbers if graph.stakes[n].kind is Kind.SHARES and graph.stakes[n].maximum}
    for number in sorted(used, key=lambda n: (graph.stakes[n].minimum, n)):
        if owned(graph, owner, party, mode, used - {number}) >= need:
            used.discard(number)
    return tuple(sorted(used))


def _says(graph: OwnershipGraph, regime: Regime, owner: int, share: Fraction, would_be: str) -> Iterator[str]:
    if share:
        verb = "owns" if would_be == CAUGHT else "may own up to"
        name, part = graph.label(owner), percent(units(share))
        yield f"{name} {verb} {part} along all chains; {regime.name} asks for {regime.asks}"
    elif would_be == CLEAR:
        yield f"nobody who counts is known to own any part of it; {regime.name} asks for {regime.asks}"
    if not stands(regime):
        yield f"{regime.name} is not applied on this day; were it in force, the answer would be {would_be}"
