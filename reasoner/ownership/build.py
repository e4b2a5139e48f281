"""Making the ownership graph of one day from the statements of all days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from rdflib import URIRef

from .graph import Columns, OwnershipGraph, Pact
from .model import Listing
from .records import Records
from .regime import Regime
from .stake import Stake, before, grouped, hull
from .window import Presence


def build(records: Records, as_of: date) -> OwnershipGraph:
    """Return the graph of one day from the statements of all days."""
    parties, index = _number(records)
    found = grouped(records.holdings, index, as_of)
    earlier = before(records.holdings, index, as_of)
    stakes = tuple(
        replace(hull(*key, found[key]), before=earlier[key]) if key in earlier else hull(*key, found[key])
        for key in sorted(found)
    )
    columns = _columns(stakes)
    counted = np.bincount(columns.company, minlength=len(parties))
    return OwnershipGraph(
        as_of=as_of,
        records=records,
        parties=parties,
        index=index,
        stakes=stakes,
        columns=columns,
        start=np.concatenate(([0], np.cumsum(counted))).astype(np.int64),
        held=np.argsort(columns.company, kind="stable").astype(np.int64),
        listings=_listings(records, index, as_of),
        pacts=tuple(_pacts(records, index, as_of)),
        complete=frozenset(index[iri] for iri in records.complete if iri in index),
        flawed=frozenset(
            key[1] for key, statements in found.items() if any(not holding.sound for holding, _ in statements)
        ),
        persons=frozenset(index[iri] for iri in records.persons if iri in index),
        regimes=versions(records.regimes, as_of),
        aliases=_aliases(records),
    )


def versions(regimes: Iterable[Regime], as_of: date) -> dict[URIRef, Regime | None]:
    """Return the version of each regime that a day calls for; nothing where it has none on that day."""
    found: dict[URIRef, Regime | None] = {}
    for regime in regimes:
        found.setdefault(regime.of, None)
        if regime.window.on(as_of) is not Presence.NO:
            found[regime.of] = regime
    return found


def _aliases(records: Records) -> dict[URIRef, tuple[URIRef, ...]]:
    found: dict[URIRef, list[URIRef]] = defaultdict(list)
    for iri, representative in records.same.items():
        found[representative].append(iri)
    return {representative: tuple(members) for representative, members in found.items()}


def _columns(stakes: Sequence[Stake]) -> Columns:
    rows = [
        (
            stake.holders[0] if len(stake.holders) == 1 else -1,
            stake.company,
            stake.kind,
            stake.minimum,
            stake.maximum,
            stake.former,
        )
        for stake in stakes
    ]
    table = np.array(rows, np.int64).reshape(-1, 6)
    return Columns(*(np.ascontiguousarray(column) for column in table.T))


def _number(records: Records) -> tuple[tuple[URIRef, ...], dict[URIRef, int]]:
    """Give every party that a statement on ownership names a number; records of one party share it."""
    named: set[URIRef] = set(records.parties)
    for holding in records.holdings:
        named.update(holding.holders)
        named.add(holding.company)
    for arrangement in records.arrangements:
        named.update(arrangement.parties)
    same = records.same
    parties = tuple(sorted({same.get(iri, iri) for iri in named}))
    index = {iri: number for number, iri in enumerate(parties)}
    for iri, representative in same.items():
        if representative in index:
            index[iri] = index[representative]
    return parties, index


def _listings(
    records: Records, index: dict[URIRef, int], as_of: date
) -> dict[int, tuple[tuple[Listing, Presence], ...]]:
    found: dict[int, list[tuple[Listing, Presence]]] = defaultdict(list)
    for listing in records.listings:
        presence = listing.window.on(as_of)
        if listing.party in index and presence is not Presence.NO:
            found[index[listing.party]].append((listing, presence))
    return {party: tuple(entries) for party, entries in found.items()}


def _pacts(records: Records, index: dict[URIRef, int], as_of: date) -> Iterator[Pact]:
    for arrangement in records.arrangements:
        presence = arrangement.window.on(as_of)
        if presence is not Presence.NO:
            company = None if arrangement.company is None else index.get(arrangement.company, -1)
            parties = tuple(sorted({index[party] for party in arrangement.parties}))
            yield Pact(arrangement.iri, parties, company, presence is Presence.YES)
