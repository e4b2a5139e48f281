"""The ownership graph of one day: parties, stakes and entries on lists that hold on it, in arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from rdflib import URIRef

from .model import Listing
from .records import Records
from .regime import Regime
from .stake import Stake
from .stakes import Columns, Ints
from .window import Presence


@dataclass(frozen=True, slots=True)
class Pact:
    """A joint arrangement on the day, with the numbers of its parties and of its company."""

    iri: URIRef
    parties: tuple[int, ...]
    company: int | None
    certain: bool


@dataclass(frozen=True, slots=True)
class OwnershipGraph:
    """Parties and stakes of one day. Parties have numbers; records of one party share a number.

    Attributes:
        as_of: The day.
        records: The statements it was made from.
        parties: The party with each number.
        index: The number of each party, under each of its records.
        stakes: Every stake of the day.
        columns: The same as arrays.
        start: For each company, where the stakes in it begin in `held`, and one more at the end.
        held: Numbers of stakes, by the company they are in.
        listings: For each listed party, the entries that hold on the day, or may.
        pacts: Joint arrangements of the day.
        complete: Companies whose holders are all recorded.
        flawed: Companies with a stake that cannot be as it is stated.
        persons: Natural persons.
        regimes: For each regime, the version of the day; nothing where there is none.
        aliases: For each party with several records, all of them.
        tables: What the kernel prepared from it.
    """

    as_of: date
    records: Records
    parties: tuple[URIRef, ...]
    index: dict[URIRef, int]
    stakes: Sequence[Stake]
    columns: Columns
    start: Ints
    held: Ints
    listings: dict[int, tuple[tuple[Listing, Presence], ...]]
    pacts: tuple[Pact, ...]
    complete: frozenset[int]
    flawed: frozenset[int]
    persons: frozenset[int]
    regimes: dict[URIRef, Regime | None]
    aliases: dict[URIRef, tuple[URIRef, ...]] = field(default_factory=dict)
    tables: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def stakes_in(self, company: int) -> Iterator[int]:
        """Yield the numbers of the stakes in a company."""
        yield from self.held[self.start[company] : self.start[company + 1]].tolist()

    def stakes_of(self, party: int) -> tuple[int, ...]:
        """Return the numbers of the stakes that a party has, alone or jointly."""
        if "of" not in self.tables:
            joint: dict[int, list[int]] = defaultdict(list)
            for number in np.flatnonzero(self.columns.holder < 0).tolist():
                for holder in self.stakes[number].holders:
                    joint[holder].append(number)
            order = np.argsort(self.columns.holder, kind="stable")
            self.tables["of"] = order, self.columns.holder[order], joint
        order, holders, joint = self.tables["of"]
        first, last = np.searchsorted(holders, [party, party + 1])
        return (*order[first:last].tolist(), *joint.get(party, ()))

    def label(self, party: int) -> str:
        """Return the name of a party, or the short form of its IRI."""
        return self.name(self.parties[party])

    def name(self, iri: URIRef) -> str:
        """Return the name of a party or one of its records, or the short form of its IRI."""
        return self.records.name(iri)

    def records_of(self, party: int) -> tuple[URIRef, ...]:
        """Return all records of a party, the one that stands for them first."""
        first = self.parties[party]
        return (first, *sorted(iri for iri in self.aliases.get(first, ()) if iri != first))

    def listed(self, party: int) -> tuple[tuple[Listing, Presence], ...]:
        """Return the entries of a party on lists that hold on the day, or may."""
        return self.listings.get(party, ())

    def pacts_on(self, company: int) -> list[Pact]:
        """Return the joint arrangements about a company."""
        return [pact for pact in self.pacts if pact.company is None or pact.company == company]
