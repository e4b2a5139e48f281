"""Making the ownership graph of one day from the statements of all days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from rdflib import URIRef

from .graph import OwnershipGraph, Pact
from .model import Listing
from .numbering import number
from .records import Records
from .regime import Regime
from .stakes import stakes_on
from .window import Presence


def build(records: Records, as_of: date) -> OwnershipGraph:
    """Return the graph of one day from the statements of all days."""
    parties, index = number(records)
    stakes = stakes_on(records.holdings, index, as_of)
    columns = stakes.columns
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
        flawed=stakes.flawed,
        persons=frozenset(index[iri] for iri in records.persons if iri in index),
        regimes=versions(records.regimes, as_of),
        aliases=records.members(),
    )


def versions(regimes: Iterable[Regime], as_of: date) -> dict[URIRef, Regime | None]:
    """Return the version of each regime that a day calls for; nothing where it has none on that day."""
    found: dict[URIRef, Regime | None] = {}
    for regime in regimes:
        found.setdefault(regime.of, None)
        if regime.window.on(as_of) is not Presence.NO:
            found[regime.of] = regime
    return found


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
