"""Who stands behind a company: its holders, and those above them behind whom nobody else is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rdflib import URIRef

from ..finding import OwnershipStatus
from .closure import above
from .graph import OwnershipGraph
from .integrated import owned
from .levels import Seeds
from .model import Kind, name_of
from .reading import stands
from .spread import Mode
from .stake import Stake
from .verdicts import decide

_MOST = 400  # parties above a company up to which chains are multiplied exactly


@dataclass(frozen=True, slots=True)
class Direct:
    """A stake in a company, with the names of the lists its holders stand on.

    Attributes:
        holders: Who has it; several where it is held jointly.
        kind: What it gives: shares, votes, board or control.
        minimum: Least share, in millionths of one percent.
        maximum: Greatest share.
        lists: Lists that one of the holders stands on, on the day.
        says: What the sources say of themselves.
    """

    holders: tuple[URIRef, ...]
    kind: str
    minimum: int
    maximum: int
    lists: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ultimate:
    """A party above a company that is listed, a natural person, or has no recorded owner itself.

    Attributes:
        party: Who it is.
        person: Whether it is a natural person.
        lists: The lists it stands on, on the day.
        least: The least part of the company it has by shares multiplied along all chains, from 0 to 1; nothing where
            too many parties stand above the company to multiply exactly.
        most: The greatest such part.
        alone: What each regime that is applied would say of the company if this party alone were listed, with what it
            then holds, a stake of a caught company counting in full.
    """

    party: URIRef
    person: bool
    lists: tuple[str, ...]
    least: Fraction | None
    most: Fraction | None
    alone: dict[str, OwnershipStatus]


def direct(graph: OwnershipGraph, party: URIRef) -> tuple[Direct, ...]:
    """Return the stakes in a company, the largest first."""
    stakes = [graph.stakes[number] for number in graph.stakes_in(graph.index[party])]
    return tuple(_direct(graph, stake) for stake in sorted(stakes, key=_largest))


def _largest(stake: Stake) -> tuple[int, int, tuple[int, ...]]:
    return stake.kind, -stake.maximum, stake.holders


def _direct(graph: OwnershipGraph, stake: Stake) -> Direct:
    lists = sorted({name for holder in stake.holders for name in _lists(graph, holder)})
    holders = tuple(graph.parties[holder] for holder in stake.holders)
    notes = tuple(dict.fromkeys(filter(None, (graph.records.note(holding.iri) for holding in stake.statements))))
    return Direct(holders, stake.kind.name.lower(), stake.minimum, stake.maximum, tuple(lists), notes)


def _lists(graph: OwnershipGraph, party: int) -> Iterator[str]:
    return (name_of(listing.list) for listing, _ in graph.listed(party))


def ultimate(graph: OwnershipGraph, party: URIRef, limit: int = 50) -> tuple[Ultimate, ...]:
    """Return who stands behind a company at any depth, those who may have most of it first.

    Args:
        graph: The graph of the day.
        party: The company.
        limit: How many to return at most; listed ones come before others when there are more.
    """
    company = graph.index[party]
    nodes, _ = above(graph, company)
    ends = [node for node in nodes - {company} if _is_end(graph, node)]
    kept = sorted(ends, key=lambda node: (not graph.listed(node), node))[:limit]
    found = [_ultimate(graph, node, company, exact=len(nodes) <= _MOST) for node in kept]
    return tuple(sorted(found, key=lambda one: (-(one.most or 0), not one.lists, one.party)))


def _is_end(graph: OwnershipGraph, node: int) -> bool:
    return bool(graph.listed(node)) or node in graph.persons or not any(True for _ in graph.stakes_in(node))


def _ultimate(graph: OwnershipGraph, node: int, company: int, *, exact: bool) -> Ultimate:
    least, most = (owned(graph, node, company, mode) for mode in (Mode.MUST, Mode.MAY)) if exact else (None, None)
    alone = {
        version.name: decide(graph, version, Seeds(frozenset((node,)), frozenset()), company).status
        for version in graph.regimes.values()
        if version is not None and stands(version) and version.pass_through != "multiply"
    }
    return Ultimate(
        graph.parties[node], node in graph.persons, tuple(sorted(set(_lists(graph, node)))), least, most, alone
    )


def register(graph: OwnershipGraph, party: URIRef) -> tuple[int, bool]:
    """Return how much of a company is held by recorded holders at least, and whether its register is complete."""
    company = graph.index[party]
    shares = [graph.stakes[number] for number in graph.stakes_in(company)]
    return sum(stake.minimum for stake in shares if stake.kind is Kind.SHARES), company in graph.complete
