"""What a step of a proof rests on: the statements of sources and of law, each turned into a leaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import RDF, URIRef

from ...ontology import CLEW
from ...statements import Statement
from ..derivation import Derivation
from .closure import Part
from .graph import OwnershipGraph
from .levels import Run
from .model import WHOLE, Holding, Kind, Listing
from .proof import witness
from .regime import Regime
from .spread import Mode

Producer = Callable[[Statement], Derivation]


class Sources:
    """Yields the leaves of a proof."""

    def __init__(self, graph: OwnershipGraph, regime: Regime, party: URIRef, fact: Producer) -> None:
        """Remember the graph, the version of the regime, the record asked about, and what makes a statement a leaf."""
        self._graph = graph
        self._asked = {graph.index[party]: party}
        self._regime = regime
        self.fact = fact

    def stake(self, part: Part, mode: Mode | None) -> Iterator[Derivation]:
        """Yield what a source states about a stake: the company, the holders and, for a mode, the end that counts."""
        stake = self._graph.stakes[part.stake]
        holding = witness(self._graph, part.stake, mode or Mode.MUST)
        yield self.fact((holding.iri, CLEW.heldIn, holding.company))
        yield from self._same(holding.company, stake.company)
        for holder in holding.holders:
            yield self.fact((holding.iri, CLEW.holder, holder))
            yield from self._same(holder, self._graph.index[holder])
        if stake.kind is not Kind.SHARES and holding.said is not None:
            yield self.fact((holding.iri, CLEW.holdingKind, holding.said))
        if stake.kind in (Kind.BOARD, Kind.CONTROL) or not holding.known:
            return
        if part.cell[1] is Kind.CONTROL and stake.before is not None:
            yield from self._before(stake.before)
        elif mode is Mode.MUST and holding.minimum:
            yield self.fact((holding.iri, CLEW.shareMinimum, holding.minimum))
        elif mode is Mode.MAY and holding.maximum < WHOLE:
            yield self.fact((holding.iri, CLEW.shareMaximum, holding.maximum))

    def _before(self, holding: Holding) -> Iterator[Derivation]:
        """Yield what a source stated of a stake that was larger before."""
        yield self.fact((holding.iri, CLEW.heldIn, holding.company))
        for holder in holding.holders:
            yield self.fact((holding.iri, CLEW.holder, holder))
        yield self.fact((holding.iri, CLEW.shareMinimum, holding.minimum))
        if holding.window.until is not None:
            yield self.fact((holding.iri, CLEW.validUntil, holding.window.until))

    def _same(self, record: URIRef, party: int) -> Iterator[Derivation]:
        """Yield why a record is about a party that goes by another record."""
        for statement in self._graph.records.identity(record, self.name(party)):
            yield self.fact(statement)

    def pact(self, part: Part, hand: int) -> Iterator[Derivation]:
        """Yield why a stake counts for somebody who does not hold it: a joint arrangement with a holder."""
        stake = self._graph.stakes[part.stake]
        for pact in self._graph.pacts_on(stake.company):
            partners = [holder for holder in stake.holders if holder in pact.parties]
            if hand in pact.parties and partners:
                for party in (hand, partners[0]):
                    yield self.fact((pact.iri, CLEW.arrangementParty, self._named(pact.iri, party)))
                if pact.company is not None:
                    yield self.fact((pact.iri, CLEW.arrangementOn, self._on(pact.iri)))
                return

    def _named(self, arrangement: URIRef, party: int) -> URIRef:
        found = next(one for one in self._graph.records.arrangements if one.iri == arrangement)
        return next(iri for iri in found.parties if self._graph.index[iri] == party)

    def _on(self, arrangement: URIRef) -> URIRef:
        company = next(one.company for one in self._graph.records.arrangements if one.iri == arrangement)
        assert company is not None
        return company

    def listed(self, party: int) -> Iterator[Derivation]:
        """Yield why a party counts without owners: its entry on a list, or that it is a natural person."""
        listing = self.entry(party)
        if listing is not None:
            yield from self._same(listing.party, party)
            yield from map(self.fact, listing.statements())
            for programme in sorted(listing.programmes & self._regime.seed_programmes)[:1]:
                yield self.fact((listing.iri, CLEW.underProgramme, programme))
        for iri in sorted(self._graph.records.persons):
            if not self._regime.seed_lists and self._graph.index.get(iri) == party:
                yield self.fact((iri, RDF.type, CLEW.Person))

    def entry(self, party: int) -> Listing | None:
        """Return the entry by which a party counts; nothing where it was only taken as listed."""
        entries = [(presence, one) for one, presence in self._graph.listed(party) if self._regime.extends(one)]
        return min(entries, key=lambda item: (-item[0], item[1].iri))[1] if entries else None

    def law(self, run: Run, counted: list[Part]) -> Iterator[Derivation]:
        """Yield the test of the regime, and the lists and programmes it takes its listed parties from."""
        yield from self.test()
        hands = {hand for part in counted for hand in part.hands if hand in run.seeds}
        entries = [entry for hand in sorted(hands) if (entry := self.entry(hand)) is not None]
        for on in sorted({entry.list for entry in entries}):
            yield self.fact((self._regime.iri, CLEW.seedList, on))
        programmes = {min(entry.programmes & self._regime.seed_programmes, default=None) for entry in entries}
        for programme in sorted(one for one in programmes if one is not None):
            yield self.fact((self._regime.iri, CLEW.seedProgramme, programme))

    def test(self) -> Iterator[Derivation]:
        """Yield the threshold of the regime, and how it is compared with."""
        yield self.fact((self._regime.iri, CLEW.threshold, self._regime.threshold))
        yield self.fact((self._regime.iri, CLEW.comparison, self._regime.comparison))

    def name(self, party: int) -> URIRef:
        """Return the record by which a proof speaks of a party: the one asked about, or the one that stands for all."""
        return self._asked.get(party, self._graph.parties[party])

    def register(self, company: int) -> URIRef:
        """Return the record of a company that a register statement is about."""
        records = self._graph.records
        return next(iri for iri in sorted(records.complete) if self._graph.index.get(iri) == company)
