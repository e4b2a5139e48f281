"""Giving every party that a statement on ownership names a number; records of one party share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from .holdings import Holdings, iri_of
from .records import Records


def number(records: Records) -> tuple[tuple[URIRef, ...], dict[URIRef, int]]:
    """Return the parties in order of their numbers, and the number of each under each of its records."""
    same = {str(iri): str(representative) for iri, representative in records.same.items()}
    named = set(_named(records))
    parties = tuple(iri_of(text) for text in sorted({same.get(text, text) for text in named}))
    index = dict(zip(parties, range(len(parties)), strict=True))
    for text, representative in same.items():
        if iri_of(representative) in index:
            index[iri_of(text)] = index[iri_of(representative)]
    return parties, index


def _named(records: Records) -> Iterator[str]:
    yield from map(str, records.parties)
    yield from _of(records.holdings if isinstance(records.holdings, Holdings) else Holdings(records.holdings))
    for arrangement in records.arrangements:
        yield from map(str, arrangement.parties)


def _of(holdings: Holdings) -> Iterable[str]:
    plain = holdings.plain
    used = {*plain.holder.tolist(), *plain.company.tolist()}
    yield from (plain.names[code] for code in used)
    for holding in holdings.odd:
        yield from map(str, (*holding.holders, holding.company))
