"""All holdings of a dataset as columns, each made into a statement only when somebody asks for it.

A register has millions of stakes and a question is about a few. What is plain (one holder, known dates, one row) stays
in arrays; what is not (jointly held, dates that are not certain, several values) is made at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray
from rdflib import URIRef

from .model import Holding, Kind
from .window import ALWAYS, Window

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """Plain holdings as columns, one entry a holding.

    Attributes:
        nodes: The IRIs of the statements.
        names: The IRIs of holders and companies, in any order.
        holder: Places of holders in `names`.
        company: Places of companies in `names`.
        kind: What each gives.
        said: Places in `kinds` of the kind as the source states it.
        kinds: Kinds as sources state them; nothing for none.
        minimum: Least shares, in millionths of one percent.
        maximum: Greatest shares.
        known: Whether the source says anything about the share.
        since: First days as proleptic ordinals, 0 when open.
        until: First days on which they no longer hold, 0 when open.
    """

    nodes: Sequence[str]
    names: Sequence[str]
    holder: Codes
    company: Codes
    kind: Codes
    said: Codes
    kinds: Sequence[URIRef | None]
    minimum: Ints
    maximum: Ints
    known: NDArray[np.bool_]
    since: Codes
    until: Codes

    def holding(self, place: int) -> Holding:
        """Return one holding as a statement."""
        since, until = int(self.since[place]), int(self.until[place])
        window = ALWAYS
        if since or until:
            ends = (date.fromordinal(day) if day else None for day in (since, until))
            window = Window(since=next(ends), until=next(ends))
        return Holding(
            iri_of(self.nodes[place]),
            (iri_of(self.names[self.holder[place]]),),
            iri_of(self.names[self.company[place]]),
            Kind(int(self.kind[place])),
            int(self.minimum[place]),
            int(self.maximum[place]),
            bool(self.known[place]),
            True,
            window,
            self.kinds[self.said[place]],
        )


def iri_of(text: str) -> URIRef:
    """Return text that came out of a dataset as an IRI, without looking at its characters once more."""
    return str.__new__(URIRef, text)


def nothing() -> Plain:
    """Return no holdings."""
    none, flags = np.zeros(0, np.int32), np.zeros(0, np.bool_)
    shares = np.zeros(0, np.int64)
    return Plain((), (), none, none, none, none, (), shares, shares, flags, none, none)


class Holdings(Sequence[Holding]):
    """The holdings of a dataset: plain ones as columns, and behind them those that are not plain."""

    def __init__(self, odd: Iterable[Holding] = (), plain: Plain | None = None) -> None:
        """Keep holdings; a few that somebody has made already are all taken as not plain."""
        self.plain = plain or nothing()
        self.odd = tuple(odd)
        self._inside: dict[str, list[int]] | None = None
        self._order: Ints | None = None

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.plain.nodes) + len(self.odd)

    @overload
    def __getitem__(self, place: int) -> Holding: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Holding]: ...

    def __getitem__(self, place: int | slice) -> Holding | Sequence[Holding]:
        """Return one of them, or several."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        count = len(self.plain.nodes)
        return self.plain.holding(place) if place < count else self.odd[place - count]

    def within(self, companies: Iterable[URIRef]) -> Iterator[Holding]:
        """Yield the holdings in companies, found without looking at all the others."""
        if self._inside is None or self._order is None:
            self._order = np.argsort(self.plain.company, kind="stable").astype(np.int64)
            self._inside = {}
            for place, holding in enumerate(self.odd):
                self._inside.setdefault(str(holding.company), []).append(place)
        sorted_codes = self.plain.company[self._order]
        codes = self._codes()
        for company in companies:
            code = codes.get(str(company))
            if code is not None:
                first, last = np.searchsorted(sorted_codes, [code, code + 1])
                yield from map(self.plain.holding, self._order[first:last].tolist())
            yield from (self.odd[place] for place in self._inside.get(str(company), ()))

    def _codes(self) -> dict[str, int]:
        if not hasattr(self, "_code"):
            self._code = {name: code for code, name in enumerate(self.plain.names)}
        return self._code
