"""The verdicts after one stake has changed, without asking again about anybody it cannot touch.

A stake says something of the company it is in and of those below it. The verdicts on all others are taken over; those
on the companies below are asked again when somebody needs them.
"""

from __future__ import annotations

from dataclasses import replace

from .assessment import Assessment
from .graph import OwnershipGraph
from .stakes import Stakes


def updated(found: Assessment, stake: int, minimum: int, maximum: int) -> Assessment:
    """Return the verdicts as they are when one stake has another share.

    Args:
        found: The verdicts before.
        stake: The number of the stake.
        minimum: Its least share now, in millionths of one percent; 0 and 0 when it is gone.
        maximum: Its greatest share now.
    """
    graph = found.graph
    stakes = graph.stakes
    assert isinstance(stakes, Stakes)
    touched = below(graph, int(graph.columns.company[stake]))
    changed = stakes.changed(stake, minimum, maximum)
    return found.carried(replace(graph, stakes=changed, columns=changed.columns, tables={}), touched)


def below(graph: OwnershipGraph, company: int) -> frozenset[int]:
    """Return a company and all companies below it, by holdings at any depth or by joint arrangements."""
    seen, waiting = {company}, [company]
    while waiting:
        party = waiting.pop()
        companies = {int(graph.columns.company[number]) for number in graph.stakes_of(party)}
        for pact in graph.pacts:
            if party in pact.parties:
                partners = (number for partner in pact.parties for number in graph.stakes_of(partner))
                companies |= {int(graph.columns.company[number]) for number in partners}
        waiting += companies - seen
        seen |= companies
    return frozenset(seen)
