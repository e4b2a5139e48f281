"""What a dataset states about ownership, on any day: holdings, listings, arrangements, registers, regimes.

Every question put to the dataset is a named query in `queries/ownership`. Nothing is left out or added up here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rdflib import OWL, RDFS, URIRef

from ...dataset import Dataset, Row
from ...ontology import CLEW, token
from ...queries.catalogue import query
from ...statements import Statement, Text, Value
from .model import Arrangement, Holding, Listing
from .regime import Regime
from .rows import arrangements_of, by_subject, iri_of, listings_of, regime_of
from .tsv import holdings

About = Callable[[URIRef, URIRef], Iterable[Value]]
"""Returns the values of a predicate of a thing."""


def _nothing(subject: URIRef, predicate: URIRef) -> Iterable[Value]:
    return ()


@dataclass(frozen=True, slots=True)
class Records:
    """The statements on ownership of a dataset, without regard to a day.

    Attributes:
        holdings: Every stake that is not a summary of a chain.
        listings: Every entry on a list.
        arrangements: Every joint arrangement.
        complete: Companies whose holders are all recorded.
        same: For a record that is about the same party as others, the one that stands for all of them.
        alike: For each such record, the statements that say so, as (one record, the other).
        regimes: Every version of every regime.
        persons: Holders that are natural persons.
        parties: Parties of cases, also those nobody holds a stake in.
        about: What else is stated of a thing, asked when somebody needs it: names, countries, terms of entries.
        aside: For a company, why records of holdings in it were set aside.
        labels: Names of parties that were asked for.
    """

    holdings: Sequence[Holding] = ()
    listings: tuple[Listing, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    complete: frozenset[URIRef] = frozenset()
    same: dict[URIRef, URIRef] = field(default_factory=dict)
    alike: dict[URIRef, tuple[tuple[URIRef, URIRef], ...]] = field(default_factory=dict)
    regimes: tuple[Regime, ...] = ()
    persons: frozenset[URIRef] = frozenset()
    parties: tuple[URIRef, ...] = ()
    about: About = _nothing
    aside: Mapping[URIRef, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[URIRef, str] = field(default_factory=dict, compare=False, repr=False)

    def name(self, iri: URIRef) -> str:
        """Return the name of a party, or the short form of its IRI."""
        if iri not in self.labels:
            # Of several names the first in order, so that the same data always gives the same.
            self.labels[iri] = min(map(_words, self.about(iri, RDFS.label)), default="")
        return self.labels[iri] or token(iri)

    def members(self) -> dict[URIRef, tuple[URIRef, ...]]:
        """Return, for each party with several records, all of them, under the one that stands for them."""
        found: dict[URIRef, list[URIRef]] = defaultdict(list)
        for iri, representative in self.same.items():
            found[representative].append(iri)
        return {representative: tuple(records) for representative, records in found.items()}

    def note(self, holding: URIRef) -> str:
        """Return what the source of a statement says of itself."""
        return "; ".join(sorted(map(_words, self.about(holding, CLEW.sourceNote))))

    def identity(self, one: URIRef, other: URIRef) -> tuple[Statement, ...]:
        """Return the statements by which two records are about one party; none where they are the same record."""
        if one == other:
            return ()
        found: dict[URIRef, tuple[Statement, ...]] = {one: ()}
        waiting = [one]
        for record in waiting:  # grows while it is walked
            for first, second in self.alike.get(record, ()):
                beyond = second if record == first else first
                if beyond not in found:
                    found[beyond] = (*found[record], (first, OWL.sameAs, second))
                    waiting.append(beyond)
        return found.get(other, ())


def records(data: Dataset) -> Records:
    """Read everything a dataset states about ownership.

    Raises:
        InputError: A version of a regime lacks a parameter.
    """
    pairs = tuple(sorted((iri_of(row["one"]), iri_of(row["other"])) for row in _rows(data, "identities")))
    return Records(
        holdings=holdings(data),
        listings=tuple(listings_of(_rows(data, "listings"))),
        arrangements=tuple(arrangements_of(_rows(data, "arrangements"))),
        complete=frozenset(iri_of(row["company"]) for row in _rows(data, "registers")),
        same=clusters(pairs),
        alike=_alike(pairs),
        regimes=regimes(data),
        persons=frozenset(iri_of(row["party"]) for row in _rows(data, "persons")),
        parties=tuple(sorted({iri_of(row["party"]) for row in _rows(data, "parties")})),
        about=data.objects,
    )


def regimes(data: Dataset) -> tuple[Regime, ...]:
    """Return every version of every ownership regime that a dataset states, by regime and first day."""
    narrowed: dict[URIRef, set[URIRef]] = defaultdict(set)
    for row in _rows(data, "programmes"):
        narrowed[iri_of(row["version"])].add(iri_of(row["list"]))
    stated = by_subject(_rows(data, "regimes"), "version")
    found = [regime_of(iri, properties, frozenset(narrowed[iri])) for iri, properties in stated.items()]
    return tuple(sorted(found, key=lambda regime: (regime.of, regime.window.since or date.min, regime.iri)))


def clusters(pairs: Iterable[tuple[URIRef, URIRef]]) -> dict[URIRef, URIRef]:
    """Return, for every record that is said to be the same as another, the one that stands for its whole group."""
    parent: dict[URIRef, URIRef] = {}

    def root(node: URIRef) -> URIRef:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {node: root(node) for node in sorted(parent)}


def _alike(pairs: Iterable[tuple[URIRef, URIRef]]) -> dict[URIRef, tuple[tuple[URIRef, URIRef], ...]]:
    found: dict[URIRef, list[tuple[URIRef, URIRef]]] = defaultdict(list)
    for pair in pairs:
        for record in pair:
            found[record].append(pair)
    return {record: tuple(said) for record, said in found.items()}


def _words(value: Value) -> str:
    return value.words if isinstance(value, Text) else str(value)


def _rows(data: Dataset, name: str) -> list[Row]:
    return data.rows(query(f"ownership/{name}").text)
