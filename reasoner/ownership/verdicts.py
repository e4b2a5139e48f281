"""Deciding what a regime says of one party, with the reasons a reader should see beside the status."""

from __future__ import annotations

from collections.abc import Iterator

from ...ontology import mint, token
from ..finding import OwnershipStatus
from .closure import above
from .graph import OwnershipGraph
from .levels import CAUGHT, CLEAR, NOT_IN_FORCE, REVIEW, Run, Seeds, levels
from .model import WHOLE, Kind, name_of, percent, span
from .reading import stands
from .regime import Regime
from .result import Result
from .scope import scope_reasons
from .spread import Mode
from .stake import Stake

_NOT_VERIFIED = mint("legal", "not_verified")


def decide(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Result:
    """Return what a regime whose shares cascade says of a party because of its owners."""
    every = list(levels(graph, regime, seeds, party))
    run = next((run for runs in every for run in runs if party in run.reached), None)
    would_be = CLEAR if run is None else run.status
    low = max((run.held() for run in every[0]), default=0)
    counted = every[3] if would_be == REVIEW else every[2]
    high = max((run.held() for run in counted), default=0)
    nothing = (
        ()
        if run is not None
        else (f"listed or caught parties hold {_upto(high)}; {regime.name} asks for {regime.asks}",)
    )
    scope = scope_reasons(graph, regime, party) if would_be != CLEAR else ()
    facts = (*nothing, *_reasons(graph, regime, seeds, party, run), *_aside(graph, party))
    reasons = (*_legal(regime, would_be), *scope, *facts)
    status = OwnershipStatus(would_be if stands(regime) else NOT_IN_FORCE, low, high, regime.threshold, reasons)
    return Result(party, regime, status, would_be, run)


def _legal(regime: Regime, would_be: str) -> Iterator[str]:
    state = token(regime.legal_status).partition(":")[2].replace("_", " ")
    if not stands(regime):
        yield f"{regime.name} is {state} on this day; were it in force, the answer would be {would_be}"
    elif regime.legal_status == _NOT_VERIFIED:
        yield f"the state of {regime.name} on this day is not verified; it is applied as if in force"


def _aside(graph: OwnershipGraph, party: int) -> Iterator[str]:
    """Yield which records of holdings in a company, or in one above it, were set aside and are not in the answer."""
    if graph.records.aside:
        nodes, _ = above(graph, party)
        for company, reasons in graph.records.aside.items():
            if graph.index.get(company) in nodes:
                yield from (f"a record of a holding in {graph.name(company)} was set aside: {why}" for why in reasons)


def _reasons(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int, run: Run | None) -> Iterator[str]:
    if run is None:
        yield from warnings(graph, regime, seeds, party)
        return
    names = " + ".join(
        f"{_size(stake.kind, stake.minimum, stake.maximum)} {' and '.join(map(graph.label, stake.holders))}"
        for stake, part in ((graph.stakes[part.stake], part) for part in run.closure.parts)
        if stake.company == party and any(hand in run.reached for hand in part.hands) and party not in stake.holders
    )
    if run.status == CAUGHT:
        yield f"held by listed or caught parties: {names}; {regime.name} asks for {regime.asks}"
    elif run.status == REVIEW:
        yield from dict.fromkeys(judgements(graph, regime, run))
    else:
        yield f"may be held by listed or caught parties: {names}; {regime.name} asks for {regime.asks}"


def _upto(most: int) -> str:
    return f"{percent(most)} at most" if most else "nothing"


def _size(kind: Kind, minimum: int, maximum: int) -> str:
    if kind in (Kind.BOARD, Kind.CONTROL):
        return "the board by" if kind is Kind.BOARD else "control by"
    return span(minimum, maximum) + (" of the votes" if kind is Kind.VOTES else "")


def judgements(graph: OwnershipGraph, regime: Regime, run: Run) -> Iterator[str]:
    """Yield what a person must judge where only the wide reading reaches a party."""
    reached = run.reached
    for part in run.closure.parts:
        stake, company = graph.stakes[part.stake], graph.label(part.cell[0])
        if part.cell[0] not in reached or not any(hand in reached for hand in part.hands):
            continue
        holders = " and ".join(map(graph.label, stake.holders))
        if part.cell[1] is Kind.CONTROL and stake.kind is not Kind.CONTROL:
            yield (
                f"{holders} held {percent(stake.former)} of {company} before and holds "
                f"{span(stake.minimum, stake.maximum)} now; whether control stayed is to be judged under {regime.name}"
            )
        elif stake.kind in (Kind.BOARD, Kind.CONTROL):
            yield f"{holders} is said to control {company}; whether that is control under {regime.name} is to be judged"
        elif stake.kind is Kind.VOTES and regime.control_limb != "yes":
            yield f"{holders} has votes in {company}; {regime.name} speaks of ownership"
        elif not run.closure.cells[part.cell].consistent:
            yield f"the register of {company} contradicts itself: its shares cannot be as stated"
        elif len(part.hands) > 1 and not all(hand in reached for hand in stake.holders):
            yield f"whether rights that {holders} share with others in {company} count in full is to be judged"
    if regime.aggregation == "unspecified":
        yield f"{regime.name} does not say whether the shares of different listed parties add up"
    if regime.pass_through == "unspecified":
        yield f"{regime.name} does not say how stakes held through companies count"


def warnings(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Iterator[str]:
    """Yield what a reader should see beside a clear answer: what listed parties hold that is not enough, and more."""
    stakes = [graph.stakes[number] for number in graph.stakes_in(party)]
    if not stakes:
        yield "no owner is recorded"
        return
    listed = seeds.of(Mode.MAY)
    for stake in stakes:
        yield from _beside(graph, regime, [holder for holder in stake.holders if holder in listed], stake)
        yield from _other_programmes(graph, regime, [holder for holder in stake.holders if holder not in listed])
        if party in stake.holders and stake.maximum:
            yield f"{span(stake.minimum, stake.maximum)} is held by the company itself, which founds nothing"
    shares = [stake for stake in stakes if stake.kind is Kind.SHARES]
    recorded = sum(stake.minimum for stake in shares)
    if shares and recorded < WHOLE and party not in graph.complete:
        yield f"holders of {percent(WHOLE - recorded)} are not recorded for certain"


def _other_programmes(graph: OwnershipGraph, regime: Regime, holders: list[int]) -> Iterator[str]:
    for holder in holders:
        for listing, _ in graph.listed(holder):
            if listing.list in regime.seed_lists and not regime.extends(listing):
                under = ", ".join(sorted(map(name_of, listing.programmes))) or "no stated programme"
                name = graph.label(holder)
                yield f"{name} is on {name_of(listing.list)} under {under}, which {regime.name} does not extend"


def _beside(graph: OwnershipGraph, regime: Regime, listed: list[int], stake: Stake) -> Iterator[str]:
    for holder in listed:
        name = graph.label(holder)
        if stake.kind in (Kind.BOARD, Kind.CONTROL):
            yield f"{name} is listed and said to control the company; {regime.name} does not ask about control"
        else:
            what = span(stake.minimum, stake.maximum) + (" of the votes" if stake.kind is Kind.VOTES else "")
            yield f"{name} is listed and holds {what}, less than {regime.name} asks for"
