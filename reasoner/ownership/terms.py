"""The licence terms behind a verdict: those of every listed party that stands behind a company through its owners.

A second pass over what the verdict has reached: from the company up through every stake that counts, as far as a
listed party, whose own entry governs. Terms are gathered and never weighed, because entries word them freely; where
they differ, the most restrictive of them applies (for the BIS rule: 90 FR 47201).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from ...ontology import CLEW
from ...statements import Text
from .graph import OwnershipGraph
from .levels import Run
from .model import name_of
from .regime import Regime
from .result import Result


@dataclass(frozen=True, slots=True)
class Terms:
    """The licence terms of one entry.

    Attributes:
        party: The listed party.
        listing: Its entry.
        list: The list.
        requirement: What needs a licence, in the words of the entry.
        policy: How applications are reviewed, in the words of the entry.
    """

    party: URIRef
    listing: URIRef
    list: str
    requirement: str
    policy: str


def terms(graph: OwnershipGraph, result: Result) -> tuple[Terms, ...]:
    """Return the licence terms of all listed parties that stand behind a company; none where entries state none."""
    if result.run is None or result.version is None:
        return ()
    found: dict[Terms, None] = {}
    for party in sorted(behind(result.run)):
        for one in _of(graph, result.version, party):
            found[one] = None
    return tuple(found)


def says(found: tuple[Terms, ...], regime: Regime) -> str:
    """Return what follows from terms, as a sentence."""
    if not found:
        return ""
    if len({(one.requirement, one.policy) for one in found}) == 1:
        return f"the terms of the entries behind it apply: {_words(found[0])} ({regime.citation})"
    return f"entries with different terms stand behind it; the most restrictive of them applies ({regime.citation})"


def _words(one: Terms) -> str:
    return "; ".join(filter(None, (one.requirement, one.policy)))


def behind(run: Run) -> set[int]:
    """Return the listed parties that stand behind a company through stakes which count; each ends the way up."""
    company, reached = run.closure.target, run.reached
    seeds = run.seeds.union(*(lower.seeds for lower in run.below))
    found, seen, waiting = set[int](), {company}, [company]
    while waiting:
        held = waiting.pop()
        hands = {
            hand
            for part in run.closure.parts
            if part.cell[0] == held and part.maximum
            for hand in part.hands
            if hand in reached and hand not in seen
        }
        seen |= hands
        found |= hands & seeds
        waiting += hands - seeds
    return found


def _of(graph: OwnershipGraph, regime: Regime, party: int) -> Iterator[Terms]:
    for listing, _ in graph.listed(party):
        if regime.extends(listing):
            requirement, policy = (
                "; ".join(_text(value) for value in graph.records.about(listing.iri, term))
                for term in (CLEW.licenceRequirement, CLEW.licencePolicy)
            )
            if requirement or policy:
                yield Terms(listing.party, listing.iri, name_of(listing.list), requirement, policy)


def _text(value: object) -> str:
    return value.words if isinstance(value, Text) else str(value)
