"""What would change a verdict: sales that clear a company, stakes that would catch it, facts that would settle it.

Every answer is the verdict itself asked again with one thing changed, so that it can never disagree with the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from . import beneficial
from .closure import above
from .graph import OwnershipGraph
from .levels import CAUGHT, CLEAR, POSSIBLY, REVIEW, Seeds, grade, levels
from .model import WHOLE, Kind, percent, span
from .regime import Regime
from .spread import Mode
from .verdicts import judgements
from .window import Presence


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale of one stake, to somebody who does not count, that makes a company clear.

    Attributes:
        holders: Who sells.
        company: In which company.
        holding: A statement of the stake.
        share: The smallest part that must be sold, in millionths of one percent.
    """

    holders: tuple[URIRef, ...]
    company: URIRef
    holding: URIRef
    share: int


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a company is from another answer.

    Attributes:
        need: The smallest share that is enough.
        held: What listed and caught parties hold of the company at least.
        most: What they may hold at most.
        slack: How much more than enough is held, or, below 0, how much is lacking.
        reach: The highest threshold under which the company would be caught; 0 where there is none.
        sales: Every single sale that would make it clear, the smallest first.
        added: The smallest stake of a listed or caught party that would be enough beside what is held; 0 where it is
            caught already.
        says: The same as a sentence.
    """

    need: int
    held: int
    most: int
    slack: int
    reach: int
    sales: tuple[Sale, ...]
    added: int
    says: str


def margin(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Margin:
    """Return how far a company is from another answer, and the smallest single changes that bring it there."""
    if regime.pass_through == "multiply":
        return _multiplied(graph, regime, seeds, party)
    every = list(levels(graph, regime, seeds, party))
    held = max((run.held() for run in every[0]), default=0)
    most = max((run.held() for run in every[2]), default=0)
    sales = tuple(sorted(_sales(graph, regime, seeds, party), key=lambda sale: (sale.share, sale.holding)))
    reach = _reach(graph, regime, seeds, party)
    added = max(0, regime.need - held)
    says = _says(graph, regime, held, most, sales, added)
    return Margin(regime.need, held, most, held - regime.need, reach, sales, added, says)


def _multiplied(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Margin:
    """Return how far a company is from another answer where shares multiply; what sales would do is not computed."""
    status = beneficial.decide(graph, regime, seeds, party).status
    held, most, added = status.minimum, status.maximum, max(0, regime.need - status.minimum)
    says = f"nobody who counts owns more than {span(held, most)} along all chains; {regime.name} asks for {regime.asks}"
    return Margin(regime.need, held, most, held - regime.need, held, (), added, says)


def _says(graph: OwnershipGraph, regime: Regime, held: int, most: int, sales: tuple[Sale, ...], added: int) -> str:
    said = f"listed or caught parties hold {span(held, most)}; {regime.name} asks for {regime.asks}"
    if added:
        return f"{said}; {percent(added)} more in such hands would be enough"
    if not sales:
        return f"{said}; no single sale would clear it"
    sale = sales[0]
    holders = " and ".join(map(graph.name, sale.holders))
    return f"{said}; it would be clear if {holders} sold {percent(sale.share)} of {graph.name(sale.company)}"


def _reach(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> int:
    """Return the highest threshold under which a company is caught; a lower one never catches less."""
    listed = seeds.of(Mode.MAY) - {party}
    low, high = 0, WHOLE if listed & above(graph, party)[0] else 0
    while low < high:
        middle = (low + high + 1) // 2
        if grade(graph, regime, seeds, party, middle) == CAUGHT:
            low = middle
        else:
            high = middle - 1
    return low


def _sales(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Iterator[Sale]:
    if grade(graph, regime, seeds, party) == CLEAR:
        return
    for number in _counting(graph, regime, seeds, party):
        stake = graph.stakes[number]
        least = _least_sale(graph, regime, seeds, party, number)
        if least:
            holders = tuple(graph.parties[holder] for holder in stake.holders)
            yield Sale(holders, graph.parties[stake.company], stake.statements[0].iri, least)


def _counting(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> list[int]:
    """Return the stakes of parties that count in companies that count; to sell any other changes nothing."""
    found: dict[int, None] = {}
    for runs in levels(graph, regime, seeds, party):
        for run in runs:
            for part in run.closure.parts:
                if part.cell[0] in run.reached and any(hand in run.reached for hand in part.hands):
                    found[part.stake] = None
    return list(found)


def _least_sale(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int, number: int) -> int:
    """Return the smallest part of a stake whose sale makes a company clear; 0 where not even all of it does."""
    stake = graph.stakes[number]

    def clears(sold: int) -> bool:
        left = {number: (max(0, stake.minimum - sold), max(0, stake.maximum - sold))}
        return grade(graph, regime, seeds, party, changed=left) == CLEAR

    if not clears(stake.maximum):
        return 0
    if stake.kind in (Kind.BOARD, Kind.CONTROL):
        return stake.maximum
    low, high = 1, stake.maximum
    while low < high:
        middle = (low + high) // 2
        if clears(middle):
            high = middle
        else:
            low = middle + 1
    return low


def missing(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> tuple[str, ...]:
    """Return what to find out, or to judge, before a company is caught or clear."""
    status = grade(graph, regime, seeds, party)
    if status == POSSIBLY:
        return tuple(dict.fromkeys((*_shares(graph, regime, seeds, party), *_dates(graph, regime, seeds, party))))
    if status == REVIEW:
        runs = (run for runs in levels(graph, regime, seeds, party) for run in runs if party in run.reached)
        return tuple(dict.fromkeys(judgements(graph, regime, next(runs))))
    return ()


def _shares(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Iterator[str]:
    """Yield the stakes whose interval, resolved one way or the other, would move the answer; else all that are open."""
    numbers = [n for n in above(graph, party)[1] if graph.stakes[n].minimum < graph.stakes[n].maximum]
    moving = [number for number in numbers if _moves(graph, regime, seeds, party, number)]
    for number in moving or numbers:
        stake = graph.stakes[number]
        holders, company = " and ".join(map(graph.label, stake.holders)), graph.label(stake.company)
        known = (
            "" if (stake.minimum, stake.maximum) == (0, WHOLE) else f" (so far {span(stake.minimum, stake.maximum)})"
        )
        what = "the votes" if stake.kind is Kind.VOTES else "the share"
        yield f"{what} of {holders} in {company} on {graph.as_of}{known}"


def _moves(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int, number: int) -> bool:
    stake = graph.stakes[number]
    ends = (stake.minimum, stake.maximum)
    return any(grade(graph, regime, seeds, party, changed={number: (end, end)}) != POSSIBLY for end in ends)


def _dates(graph: OwnershipGraph, regime: Regime, seeds: Seeds, party: int) -> Iterator[str]:
    nodes, _ = above(graph, party)
    for number in sorted(seeds.possible & nodes):
        for listing, presence in graph.listed(number):
            if presence is Presence.MAYBE and regime.extends(listing):
                yield f"whether {graph.label(number)} was listed on {graph.as_of}"
