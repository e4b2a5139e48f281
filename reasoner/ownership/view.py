"""A slice of the ownership graph around one party, for pictures and for JSON: owners above, companies below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from ...errors import NotFoundError
from ...ontology import token
from .assessment import Assessment
from .graph import OwnershipGraph
from .levels import CLEAR, NOT_IN_FORCE
from .model import name_of
from .proof import stakes_of
from .stake import Stake


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A party: its name, the lists it stands on that day, and what each regime says of it because of its owners."""

    iri: URIRef
    label: str
    lists: tuple[str, ...]
    statuses: dict[str, str]


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """A stake of one holder; shares in millionths of one percent.

    Attributes:
        holder: Who has it.
        held: In which company.
        minimum: Least share.
        maximum: Greatest share.
        kind: What it gives: shares, votes, board or control.
        valid_from: The first day on which it holds, where it is known.
        valid_until: The first day on which it no longer does, where it is known.
        source: What the source says of itself.
        triggering: Regimes whose verdict on the company held rests on it.
    """

    holder: URIRef
    held: URIRef
    minimum: int
    maximum: int
    kind: str
    valid_from: date | None
    valid_until: date | None
    source: str
    triggering: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnershipView:
    """What stands above and below one party, and whether something was left out for lack of room."""

    entity: URIRef
    as_of: date
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    truncated: bool


def view(
    graph: OwnershipGraph, assessment: Assessment, entity: URIRef, *, depth: int = 10, limit: int = 150
) -> OwnershipView:
    """Return the owners of a party at any depth and the companies below it.

    Args:
        graph: The graph of the day.
        assessment: What the regimes say of its parties.
        entity: The party in the middle.
        depth: How many holdings away from it a party may be.
        limit: How many parties to show at most; the nearest come first.

    Raises:
        NotFoundError: No statement on ownership names the party.
    """
    if entity not in graph.index:
        raise NotFoundError(f"no statement on ownership names `{token(entity)}`", help="load its holdings")
    centre = graph.index[entity]
    up = _walk(centre, lambda party: _owners(graph, party), depth)
    down = _walk(centre, lambda party: _companies(graph, party), depth)
    near = sorted(
        {party: min(up.get(party, depth), down.get(party, depth)) for party in up | down}.items(), key=_nearest
    )
    shown = {party for party, _ in near[:limit]}
    triggering = _triggering(assessment, shown)
    return OwnershipView(
        entity=graph.parties[centre],
        as_of=graph.as_of,
        nodes=tuple(_node(graph, assessment, party) for party, _ in near[:limit]),
        edges=tuple(_edges(graph, shown, triggering)),
        truncated=len(near) > limit,
    )


def _nearest(item: tuple[int, int]) -> tuple[int, int]:
    party, distance = item
    return distance, party


def _walk(start: int, following: Callable[[int], Iterable[int]], depth: int) -> dict[int, int]:
    """Return the parties that can be reached, each with its distance."""
    distance, waiting = {start: 0}, [start]
    for party in waiting:  # grows while it is walked
        if distance[party] < depth:
            for other in following(party):
                if other not in distance:
                    distance[other] = distance[party] + 1
                    waiting.append(other)
    return distance


def _owners(graph: OwnershipGraph, party: int) -> Iterator[int]:
    for number in graph.stakes_in(party):
        yield from graph.stakes[number].holders


def _companies(graph: OwnershipGraph, party: int) -> Iterator[int]:
    for number in graph.stakes_of(party):
        yield graph.stakes[number].company


def _triggering(assessment: Assessment, shown: set[int]) -> dict[int, frozenset[str]]:
    """Return, for each stake, the regimes whose verdict on the company held rests on it."""
    found: dict[int, set[str]] = {}
    for regime in assessment.regimes:
        for party in shown:
            result = assessment.result(regime, party)
            if result.status.status not in (CLEAR, NOT_IN_FORCE):
                for stake in stakes_of(result):
                    if assessment.graph.stakes[stake].company == party:
                        found.setdefault(stake, set()).add(name_of(regime))
    return {stake: frozenset(names) for stake, names in found.items()}


def _node(graph: OwnershipGraph, assessment: Assessment, party: int) -> ViewNode:
    lists = sorted({name_of(listing.list) for listing, _ in graph.listed(party)})
    statuses = {name_of(regime): assessment.result(regime, party).status.status for regime in assessment.regimes}
    return ViewNode(graph.parties[party], graph.label(party), tuple(lists), statuses)


def _edges(graph: OwnershipGraph, shown: set[int], triggering: dict[int, frozenset[str]]) -> Iterator[ViewEdge]:
    for company in sorted(shown):
        for number in graph.stakes_in(company):
            stake = graph.stakes[number]
            for holder in stake.holders:
                if holder in shown:
                    yield _edge(graph, stake, holder, triggering.get(number, frozenset()))


def _edge(graph: OwnershipGraph, stake: Stake, holder: int, triggering: frozenset[str]) -> ViewEdge:
    windows = [holding.window for holding in stake.statements]
    since = [window.since for window in windows]
    until = [window.until for window in windows]
    return ViewEdge(
        holder=graph.parties[holder],
        held=graph.parties[stake.company],
        minimum=stake.minimum,
        maximum=stake.maximum,
        kind=stake.kind.name.lower(),
        valid_from=None if None in since else min(day for day in since if day is not None),
        valid_until=None if None in until else max(day for day in until if day is not None),
        source="; ".join(
            dict.fromkeys(filter(None, (graph.records.note(holding.iri) for holding in stake.statements)))
        ),
        triggering=triggering,
    )
